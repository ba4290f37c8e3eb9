"""Words for articles that kill the processes that work on them."""

WORKER_DIED = "worker_died"


def describe_death(key: str) -> str:
    """Detail of the reject of an article (input_id, or hash of its body) whose worker process died each time."""
    return (
        "the process at work on it died each time, also with this article alone: "
        f"`quotidian reproduce {key}` runs it by itself and takes it back where that goes well"
    )
