"""The ids that people see: an instance is its number, anything inside it ``<instance>-<key>``."""

import re

from stepwell.errors import NotFound

_INSTANCE = re.compile(r"[1-9][0-9]{0,17}\Z")
_INNER = re.compile(r"([1-9][0-9]{0,17})-([0-9]{1,18})\Z")


def instance_number(given: str | int) -> int:
    """The number of an instance; ``NotFound`` for what can not be one."""
    if _INSTANCE.match(str(given)) is None:
        raise NotFound(
            "instance.unknown", f"Expected the id of an instance such as 17, but found {shown(given)}."
        )
    return int(given)


def not_open(id: str) -> NotFound:
    """That a step is over, or is not there for who asks."""
    return NotFound("user-task.not-open", f"Expected user task {id} to be open, but it is not.")


def inner_key(given: str, noun: str) -> tuple[int, int]:
    """The instance and the key of an id inside it; ``noun`` is what it should be (``user task``)."""
    found = _INNER.match(str(given))
    if found is None:
        code = f"{noun.replace(' ', '-')}.unknown"
        raise NotFound(code, f"Expected the id of {an(noun)} such as 17-3, but found {shown(given)}.")
    return int(found[1]), int(found[2])


def an(noun: str) -> str:
    """The noun with its article."""
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


def inner_id(instance: int, key: int) -> str:
    """How people see a key of an instance."""
    return f"{instance}-{key}"


def shown(given: object) -> str:
    """Something a caller gave, short enough for a message."""
    text = str(given)
    return repr(text if len(text) <= 60 else text[:60] + "…")
