"""Words for articles that are set aside: they kill the processes that work on them, or hold them up for ever."""

WORKER_DIED = "worker_died"
TOOK_TOO_LONG = "took_too_long"
WHY = {
    WORKER_DIED: "the process at work on it died each time",
    TOOK_TOO_LONG: "the work on it did not end within the limit of article_seconds",
}


def describe_set_aside(key: str, reason: str) -> str:
    """Detail of the reject of an article (input_id, or hash of its body) that was set aside."""
    return (
        f"{WHY[reason]}, also with this article alone: "
        f"`quotidian reproduce {key}` runs it by itself and takes it back where that goes well"
    )
