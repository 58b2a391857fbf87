"""docs/settings.md: every setting with its meaning and default."""

from typing import get_args

from pydantic.fields import FieldInfo

from stepwell.config import Settings

HEAD = """# Settings

Generated from `src/stepwell/config.py` by `make docs`. Each setting is an environment variable; an empty one
counts as unset. A wrong value stops the start with a line that names it.

| variable | default | meaning |
|---|---|---|
"""


def settings_page() -> str:
    """The whole page."""
    rows = (
        f"| `STEPWELL_{name.upper()}` | {_default(field)} | {_meaning(field)} |\n"
        for name, field in Settings.model_fields.items()
    )
    return HEAD + "".join(rows)


def _default(field: FieldInfo) -> str:
    if isinstance(field.default, bool):
        return f"`{str(field.default).lower()}`"
    return "unset" if field.default is None else f"`{field.default}`"


def _meaning(field: FieldInfo) -> str:
    choices = [str(choice) for choice in get_args(field.annotation) if isinstance(choice, str)]
    return field.description or f"One of {', '.join(choices)}."
