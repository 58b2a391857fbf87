"""Named values on their way into the history."""

Plain = str | int | bool | None


class Values:
    """Named values on their way into the history (encoded there by the FEEL codec)."""

    __slots__ = ("map",)

    def __init__(self, map: dict[str, object]) -> None:
        self.map = map

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and self.map == other.map

    def __repr__(self) -> str:
        return f"Values({self.map!r})"

    __hash__ = None  # type: ignore[assignment]


def is_plain(value: object) -> bool:
    """Whether msgpack itself keeps the value exactly, in little space."""
    kind = type(value)
    if kind is int:
        return -(2**63) <= value < 2**63  # type: ignore[operator]
    return kind is bool or value is None or (kind is str and len(value) <= 1000)  # type: ignore[arg-type]
