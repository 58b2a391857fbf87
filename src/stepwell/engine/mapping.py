"""How data moves into an element and out of it (BPMN 2.0, 10.4.2; inputs and outputs of an author)."""

from stepwell import feel
from stepwell.engine.definition import Lookup, Mapping
from stepwell.engine.events import VariablesSet
from stepwell.engine.run import At, Run, Stuck
from stepwell.engine.values import Values, is_plain

LONGEST_NAME = 255  # characters, as callers of the API may give


def inputs(run: Run, at: At) -> dict[str, object]:
    """The inputs of the element, each seeing those before it."""
    return evaluate(run, at.element.inputs, run.lookup(at.key or at.scope))


def evaluate(run: Run, mappings: tuple[Mapping, ...], outer: Lookup) -> dict[str, object]:
    values: dict[str, object] = {}
    lookup = over(values, outer)
    for mapping in mappings:
        values[mapping.name] = mapping.text.value(lookup, run.time)
    return values


def over(values: dict[str, object], outer: Lookup) -> Lookup:
    """A lookup that finds ``values`` before what lies outside."""

    def lookup(name: str) -> object:
        return values[name] if name in values else outer(name)

    return lookup


def set_local(run: Run, scope: int, values: dict[str, object]) -> None:
    """Give variables of exactly this scope new values."""
    if values:
        run.emit(variables_set(scope, values))


def absorb(run: Run, at: At, result: object) -> None:
    """Let what an element produced become variables.

    With outputs, these alone are set; they see the entries of the result and the whole as ``result``.
    Without, the entries of a context are set as they are.
    """
    entries = result if isinstance(result, dict) else {}
    if at.element.outputs:
        outer = over({"result": result}, run.lookup(at.key or at.scope))
        spread(run, at, evaluate(run, at.element.outputs, over(entries, outer)))
    elif entries:
        for name in entries:
            expect_variable(at, name)
        spread(run, at, entries)


def expect_variable(at: At, name: str) -> None:
    """Names that begin with # or @ are the core's own, and one has to be there."""
    if name[:1] in ("", "#", "@"):
        raise Stuck(
            "variable.name",
            f"Expected {at.element.id} to give names that begin with neither # nor @, but one is '{name}'.",
        )


def spread(run: Run, at: At, values: dict[str, object]) -> None:
    """Set each variable where it lives: the nearest scope that has it, otherwise the outermost one.

    New variables of a round of a multi-instance stay in the round, so that rounds do not disturb each other.
    """
    if at.scope == 0 and not at.round:
        set_local(run, 0, values)
        return
    by_scope: dict[int, dict[str, object]] = {}
    for name, value in values.items():
        by_scope.setdefault(owner(run, at, name), {})[name] = value
    for scope, part in by_scope.items():
        set_local(run, scope, part)


def owner(run: Run, at: At, name: str) -> int:
    """The scope in which what an element gives ``name`` is set."""
    state = run.state
    scope = at.key if at.round else at.scope
    own = None
    while True:
        if name in state.local(scope):
            return scope
        if scope == 0:
            return 0 if own is None else own
        if own is None and is_isolated(run, scope):
            own = scope
        scope = state.elements[scope].scope


def is_isolated(run: Run, key: int) -> bool:
    """Whether the element instance is a round of a multi-instance."""
    at = run.at(key)
    return at.round and at.element.loop is not None and at.element.loop.kind != "standard"


def as_text(value: object) -> str:
    """A value as an author's text shows it; null is empty. Stuck when it has the character NUL."""
    text = "" if value is None else feel.format_value(value)
    if "\0" in text:  # columns of PostgreSQL can not keep it
        found = text[:200]
        raise Stuck("text.invalid", f"Expected text without the character NUL, but found '{found}'.")
    return text


def as_name(value: object) -> str:
    """A text by which others are found (a name, key or role), as long as an index and a caller take it."""
    text = as_text(value)
    if len(text) > LONGEST_NAME:
        message = (
            f"Expected a name or key of at most {LONGEST_NAME} characters, but found one of {len(text)}."
        )
        raise Stuck("text.too-long", message)
    return text


def variables_set(scope: int, values: dict[str, object]) -> VariablesSet:
    """The event for these values."""
    for value in values.values():
        if not is_plain(value):
            plain = {name: value for name, value in values.items() if is_plain(value)}
            others = {name: value for name, value in values.items() if name not in plain}
            return VariablesSet(scope, plain, Values(others))  # type: ignore[arg-type]
    return VariablesSet(scope, values)  # type: ignore[arg-type]
