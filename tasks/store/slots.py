"""Values of slotted dataclasses as rows."""

from typing import Any


def read_slots(item: Any) -> dict[str, Any]:
    """Field -> value of a dataclass with slots, the values as they are (`asdict` would copy them)."""
    return {name: getattr(item, name) for name in item.__slots__}
