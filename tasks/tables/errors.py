"""What can go wrong in a way that a user can mend: one sentence that says what to do, and an exit code."""


class QuotidianError(Exception):
    """A problem to tell the user in one sentence, without a traceback."""

    exit_code = 1


class UsageError(QuotidianError):
    """What was asked for cannot be done as asked."""

    exit_code = 2
