"""A page as the server checks it: its inputs in their groups and lists, its buttons, its layout.

``stepwell.forms.read`` makes it of a page schema once; then it is shared and never changes. What only the
renderer needs (texts, columns, looks) stays in the schema.
"""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from stepwell import feel
from stepwell.feel.builtins.pattern_machine import Pattern

Path = tuple[str, ...]
Bound = int | Decimal | feel.Expression | None
Switch = bool | feel.Expression

Names = dict[str, "Names | None"]
"""What may be sent: a key with what is inside it, or None where a value stands."""


class Rules(Struct, frozen=True):
    """What ``validate`` of an input asks. Lengths count characters, without white space at the ends."""

    required: bool = False
    min_length: Bound = None
    max_length: Bound = None
    min: Bound = None
    max: Bound = None
    pattern: Pattern | None = None
    pattern_text: str = ""
    pattern_message: str = ""
    validation_type: Literal["", "email", "phone"] = ""


class Options(Struct, frozen=True):
    """Where the values that may be chosen come from: ``fixed`` (by their keys, see ``values.key_of``), the page data
    at ``key``, or an expression.
    """

    fixed: dict[object, object] | None = None
    key: str = ""
    expression: feel.Expression | None = None


class Choice(Struct, frozen=True):
    """Which records may be chosen. ``condition`` is a filter as data; its texts after ``=`` are FEEL."""

    record_type: str
    condition: object = None


class Numeric(Struct, frozen=True):
    """How a number is written: ``digits`` behind the point at most, a multiple of ``increment``."""

    digits: int | None = None
    increment: Bound = None
    as_text: bool = False


class Input(Struct, frozen=True):
    """A component that has a value, at ``path`` in what is around it (the page, or the item of a list).

    ``several``: the value is a list, of one at most unless ``multiple``. ``default`` is decoded JSON.
    ``formula``: the server computes the value.
    """

    type: str
    key: str
    path: Path
    label: str = ""
    hide: feel.Expression | None = None
    readonly: Switch = False
    disabled: Switch = False
    rules: Rules = Rules()
    options: Options | None = None
    choice: Choice | None = None
    numeric: Numeric | None = None
    subtype: Literal["date", "time", "datetime"] = "date"
    not_past: bool = False
    several: bool = False
    multiple: Switch = True
    default: object = None
    formula: feel.Expression | None = None

    @property
    def empty(self) -> object:
        """What stands for no value."""
        if self.several:
            return []
        return {"textfield": "", "textarea": "", "checkbox": False}.get(self.type)


class Group(Struct, frozen=True):
    """Components that are shown or hidden together; their paths begin with the group's own."""

    id: str
    hide: feel.Expression | None
    inner: tuple["Component", ...]


class DynamicList(Struct, frozen=True):
    """Components that are there once for each item of the list at ``path``.

    ``repetitions`` are shown at the beginning; ``fixed``: their number can not be changed.
    """

    key: str
    path: Path
    hide: feel.Expression | None
    inner: tuple["Component", ...]
    names: Names
    label: str = ""
    least: int = 0
    most: int = 1_000
    repetitions: int = 1
    fixed: bool = False


Component = Input | Group | DynamicList


class Button(Struct, frozen=True):
    """A way to leave the page; pressed, its ``code`` is the outcome if it ``completes``.

    ``validates``: what is required must be there. ``signal`` is thrown by name when it is pressed.
    """

    code: str
    label: str = ""
    style: str = "primary"
    completes: bool = True
    validates: bool = True
    signal: str = ""
    shown_if: feel.Expression | None = None


class Part(Struct, frozen=True):
    """A tab or a step: its title and the ids of the components in it."""

    title: str
    groups: tuple[str, ...]


class Layout(Struct, frozen=True):
    """How the groups of a page are arranged; of ``steps`` one opens after the other, each when the last is right."""

    kind: Literal["tabs", "steps"]
    parts: tuple[Part, ...]


class Page(Struct, frozen=True):
    """A page. ``ids`` has the components at the top by their id.

    ``reads`` are the names of the data that it shows or asks; ``hides``: a component can be hidden;
    ``computes``: something depends on the data; ``locks``: a value can not be changed by the person.
    """

    components: tuple[Component, ...]
    buttons: tuple[Button, ...]
    names: Names
    ids: dict[str, tuple[Component, ...]]
    layout: Layout | None = None
    reads: frozenset[str] = frozenset()
    hides: bool = False
    computes: bool = False
    locks: bool = False

    def button(self, code: str) -> Button | None:
        """The button of this code."""
        return next((button for button in self.buttons if button.code == code), None)
