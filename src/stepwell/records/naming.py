"""Names that authors and callers give: which ones can be, and how a message shows what was found."""

import re
from collections.abc import Iterable

LONGEST_NAME = 40
LONGEST_LABEL = 200
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def is_name(text: object) -> bool:
    """Whether a text can name a record type or a field: small letters, digits and _, a letter first."""
    return isinstance(text, str) and len(text) <= LONGEST_NAME and NAME.match(text) is not None


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint at the known name that looks most like it; empty if none does."""
    from difflib import get_close_matches

    found = get_close_matches(name.lower(), list(known), 1, 0.6)
    return f"Did you mean '{found[0]}'?" if found else ""


def shown(value: object) -> str:
    """A value that was found, short enough for a message."""
    text = value if isinstance(value, str) else repr(value)
    short = text if len(text) <= 60 else text[:60] + "…"
    return f"'{short}'" if isinstance(value, str) else short


def is_clean(text: str) -> bool:
    """Whether both databases can keep a text: neither NUL nor half of a surrogate pair is in it."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
