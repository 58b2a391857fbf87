"""What the expressions of a page see: its data, and inside a list the item, what is around it, and its number.

As in the viewer an expression that can not be computed is null, and names that are not there are null.
"""

from datetime import datetime
from typing import Any

from stepwell import feel

_LIMITS = feel.Limits(steps=100_000, size=1_000_000)


class Scope:
    """The page, or one item of a list in it; ``numbers`` are the places of the item in the lists around it, from 1.

    ``memo`` keeps the options of the page that are the same everywhere in it.
    """

    __slots__ = ("around", "data", "memo", "now", "numbers", "this")

    def __init__(
        self, data: dict[str, Any], now: datetime, this: object = None, around: "Scope | None" = None
    ) -> None:
        self.data = data
        self.now = now
        self.this: object = data if around is None else this
        self.around = around
        self.numbers: list[int] = []
        self.memo: dict[str, dict[object, object]] = {} if around is None else around.memo

    def item(self, this: object, number: int) -> "Scope":
        """The scope of an item in this one."""
        scope = Scope(self.data, self.now, this, self)
        scope.numbers = [*self.numbers, number]
        return scope

    def value(self, name: str) -> object:
        """The variable of an expression by its name."""
        if isinstance(self.this, dict) and name in self.this:
            return self.this[name]
        if name in self.data:
            return self.data[name]
        if name == "this":
            return self.this
        if name == "parent":
            return None if self.around is None else self.around.this
        return self.numbers if name == "i" else feel.MISSING

    def evaluate(self, expression: feel.Expression) -> object:
        """What the expression gives here; null when it can not be computed."""
        try:
            return expression.evaluate(self.value, now=self.now, limits=_LIMITS)
        except feel.FeelError:
            return None

    def holds(self, switch: bool | feel.Expression | None) -> bool:
        """Whether a switch is on, or its expression is true and nothing else."""
        return switch is True if switch is None or isinstance(switch, bool) else self.evaluate(switch) is True
