"""Door of the room: work store and links -> snapshot. See `publish.publish_snapshot`."""

from .publish import Published, publish_snapshot

__all__ = ["Published", "publish_snapshot"]
