"""From the tree to closures: what every compiling function needs, and which one compiles what."""

from collections.abc import Callable
from typing import Any, Final

from stepwell.feel.frame import FIRST_SLOT, Code, Fail, Frame, fail_leniently, fail_strictly
from stepwell.feel.syntax import Name, Syntax
from stepwell.feel.values import MISSING, Function

INPUT: Final = "?"


class Scope:
    """Names that an expression declares, and in which slot of the frame each is.

    ``element`` is the slot of a filter's element, whose own entries are names too; else -1.
    """

    __slots__ = ("element", "outer", "slots")

    def __init__(self, outer: "Scope | None", element: int = -1) -> None:
        self.outer = outer
        self.element = element
        self.slots: dict[str, int] = {}


class Compiler:
    """The state of compiling one text. ``free`` collects the variables that it may read, ``used`` the slots,
    ``inputs`` counts how often ``?``, the input value of a test, is read.
    """

    def __init__(self, functions: Callable[[str], Function | None], *, lenient: bool) -> None:
        self.fail: Fail = fail_leniently if lenient else fail_strictly
        self.function = functions
        self.lenient = lenient
        self.free: set[str] = set()
        self.used: set[int] = set()
        self.size = FIRST_SLOT
        self.inputs = 0
        self.scope: Scope | None = None

    def code(self, tree: Syntax) -> Code:
        """The closure that computes ``tree``."""
        return COMPILE[type(tree)](self, tree)

    def enter(self, element: int = -1) -> Scope:
        """Begin a scope; ``leave`` ends it."""
        self.scope = Scope(self.scope, element)
        return self.scope

    def leave(self) -> None:
        """End the scope begun last."""
        assert self.scope is not None
        self.scope = self.scope.outer

    def slot(self) -> int:
        """A slot of its own in the frame."""
        self.size += 1
        return self.size - 1

    def declare(self, name: str) -> int:
        """Declare ``name`` in the present scope; its slot."""
        assert self.scope is not None
        found = self.scope.slots[name] = self.slot()
        return found

    def global_name(self, tree: Syntax) -> str | None:
        """The variable that ``tree`` reads, when it is nothing but a name from outside of the expression."""
        if type(tree) is not Name or self.function(tree.name):
            return None
        scope = self.scope
        while scope is not None:
            if scope.element >= 0 or tree.name in scope.slots:
                return None
            scope = scope.outer
        self.free.add(tree.name)
        self.inputs += tree.name == INPUT
        return tree.name

    def is_local(self, name: str) -> bool:
        """Whether the expression itself declares ``name`` here."""
        scope = self.scope
        while scope is not None:
            if name in scope.slots:
                return True
            scope = scope.outer
        return False

    def read(self, name: str) -> Code:
        """The closure that reads ``name``: an entry of a filter's element, a slot, or a variable."""
        self.inputs += name == INPUT
        elements: list[int] = []
        scope = self.scope
        code: Code | None = None
        while scope is not None and code is None:
            if name in scope.slots:
                slot = scope.slots[name]
                self.used.add(slot)
                code = _slot(slot)
            elif scope.element >= 0:
                elements.append(scope.element)
            scope = scope.outer
        code = code or self._variable(name)
        for element in reversed(elements):
            code = _entry_or(element, name, code)
        return code

    def _variable(self, name: str) -> Code:
        self.free.add(name)
        function = self.function(name)

        def run(frame: Frame) -> Any:
            value = frame[0](name)
            return function if value is MISSING else value

        return run


def _slot(slot: int) -> Code:
    def run(frame: Frame) -> Any:
        return frame[slot]

    return run


def _entry_or(element: int, name: str, otherwise: Code) -> Code:
    def run(frame: Frame) -> Any:
        entries = frame[element]
        if type(entries) is dict and name in entries:
            return entries[name]
        return otherwise(frame)

    return run


Compiling = Callable[[Compiler, Any], Code]
COMPILE: Final[dict[type[Syntax], Compiling]] = {}


def compiles(*kinds: type[Syntax]) -> Callable[[Compiling], Compiling]:
    """Register how trees of these kinds are compiled."""

    def register(function: Compiling) -> Compiling:
        COMPILE.update(dict.fromkeys(kinds, function))
        return function

    return register
