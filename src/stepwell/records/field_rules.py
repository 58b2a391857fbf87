"""What a field may be: which settings go together."""

from collections.abc import Callable, Iterator

from stepwell.errors import Problem
from stepwell.records.naming import LONGEST_LABEL, nearest
from stepwell.records.types import EXACT, NUMBERS, RESULTS, Field, Types
from stepwell.records.values import LONGEST_INDEXED_TEXT, LONGEST_TEXT, UnfitError, coerce, expected

MOST_DIGITS = 9
LONGEST_FORMULA = 10_000
NO_INDEX = frozenset({"long_text", "links", "file"})


def field_problems(where: str, field: Field, types: Types) -> Iterator[Problem]:
    """Everything that is wrong with a field; ``types`` are all there are, its own among them."""
    for rule in _RULES:
        for name, message in rule(field, types):
            yield Problem(
                "definition.unfit", message, field=f"{where}.{name}", hint=_hint(name, field, types)
            )


def _hint(name: str, field: Field, types: Types) -> str:
    return nearest(field.to, types) if name == "to" else ""


Found = Iterator[tuple[str, str]]


def _sizes(field: Field, _: Types) -> Found:
    longest = LONGEST_INDEXED_TEXT if field.indexed or field.unique else LONGEST_TEXT
    if field.kind == "text" and not 1 <= field.length <= longest:
        yield "length", f"Expected the length of {field.name} from 1 to {longest}, but found {field.length}."
    if field.kind in EXACT and not 0 <= field.digits <= MOST_DIGITS:
        yield (
            "digits",
            f"Expected the digits of {field.name} from 0 to {MOST_DIGITS}, but found {field.digits}.",
        )
    if len(field.label) > LONGEST_LABEL:
        yield "label", f"Expected a label of at most {LONGEST_LABEL} characters for {field.name}."
    if field.holds and field.kind != "text":
        yield "holds", f"Expected a text to hold a {field.holds}, but {field.name} is {field.kind}."


def _target(field: Field, types: Types) -> Found:
    if field.type in {"lookup", "link"} or (field.type == "links" and field.to):
        wanted = "lookup" if field.type == "lookup" else "records"
        found = types.get(field.to)
        if found is None or found.kind != wanted:
            what = "a lookup" if wanted == "lookup" else "a record type"
            yield "to", f"Expected {field.name} to lead to {what}, but '{field.to}' is none."
    elif field.to:
        yield "to", f"Expected only a lookup or link to lead somewhere, but {field.name} is {field.type}."


def _going(field: Field, _: Types) -> Found:
    may = {"link": {"refuse", "clear", "delete"}, "links": {"refuse", "clear"}}.get(field.type, {"refuse"})
    if field.on_delete not in may:
        yield "on_delete", f"Expected on_delete of {field.name} to be {' or '.join(sorted(may))}."
    elif field.on_delete == "clear" and field.required:
        yield "on_delete", f"Expected {field.name} to be cleared or required, but it is both."


def _index(field: Field, _: Types) -> Found:
    for name in ("unique", "indexed"):
        if getattr(field, name) and (field.type in NO_INDEX or (name == "unique" and field.kind == "yes_no")):
            yield name, f"Expected {field.name} without {name}, which {field.type} can not be."
    if field.unique and field.type == "calculated":
        yield "unique", f"Expected {field.name} without unique, which what is calculated can not be."


def _formula(field: Field, _: Types) -> Found:
    if field.type != "calculated":
        if field.formula:
            yield (
                "formula",
                f"Expected a formula only for what is calculated, but {field.name} is {field.type}.",
            )
        return
    if not field.formula.strip() or len(field.formula) > LONGEST_FORMULA:
        yield "formula", f"Expected a formula of at most {LONGEST_FORMULA} characters for {field.name}."
    if field.result not in RESULTS:
        yield "result", f"Expected the result of {field.name} to be one of {', '.join(sorted(RESULTS))}."
    if field.required or field.default is not None:
        yield "formula", f"Expected {field.name} without required and default: it is calculated."


def _bounds(field: Field, _: Types) -> Found:
    given = {
        name: getattr(field, name) for name in ("minimum", "maximum") if getattr(field, name) is not None
    }
    if given and field.kind not in NUMBERS and field.kind != "date":
        yield (
            next(iter(given)),
            f"Expected bounds only for numbers and dates, but {field.name} is {field.kind}.",
        )
        return
    found = []
    for name, value in given.items():
        try:
            found.append(coerce(_free(field), value))
        except UnfitError as unfit:
            yield name, expected(field, unfit, value)
    if len(found) == 2 and found[0] > found[1]:  # type: ignore[operator]
        yield "minimum", f"Expected the minimum of {field.name} not to be above its maximum."


def _free(field: Field) -> Field:
    return Field(name=field.name, type=field.kind, digits=field.digits)


def _default(field: Field, _: Types) -> Found:
    special = {"date": "today", "date_time": "now"}.get(field.kind) or (
        "me" if field.holds == "person" else None
    )
    if field.default is None or (special and field.default == special):
        return
    if field.type in {"link", "links", "file"}:
        yield "default", f"Expected no default for {field.name}, which is {field.type}."
        return
    try:
        coerce(field, field.default)
    except UnfitError as unfit:
        yield "default", expected(field, unfit, field.default)


_RULES: tuple[Callable[[Field, Types], Found], ...] = (
    _sizes, _target, _going, _index, _formula, _bounds, _default,
)  # fmt: skip
