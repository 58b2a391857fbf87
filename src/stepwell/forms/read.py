"""Read a page schema of unknown origin: form-js 1.23, and what we add to it.

Everything wrong is told at once, each with its place in the schema (``components[2].validate.min``).
"""

from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from stepwell import feel
from stepwell.errors import Invalid, Problem
from stepwell.feel.errors import line_and_column
from stepwell.forms.build import Place, build
from stepwell.forms.components import COMPONENTS, SCHEMA_VERSION, TOP
from stepwell.forms.draft import Draft, complain, near, show
from stepwell.forms.frame import buttons_of, check_buttons, check_layout, layout_of
from stepwell.forms.page import Component, Names, Page
from stepwell.forms.properties import check_names, check_property, check_validate
from stepwell.forms.reading_names import Reads, read_names
from stepwell.forms.sizes import MAX_DEPTH, MAX_PARTS, is_small

MAX_CHARACTERS = 500_000
MAX_COMPONENTS = 1_000
_DECODER = msgspec.json.Decoder(float_hook=lambda text: feel.from_json(Decimal(text)))
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_CHOICES = ("values", "valuesKey", "valuesExpression")


def read(schema: object, buttons: object = None) -> Page:
    """The page of a decoded schema, with these ``buttons`` if its own are not meant.

    Raises ``Invalid`` with all problems.
    """
    draft = Draft()
    if buttons is not None and isinstance(schema, dict):
        schema = {**schema, "buttons": buttons}
    page = _page(draft, schema) if _is_small(draft, schema) else None
    if page is None or draft.problems:
        raise refusal(draft.problems)
    return page


def read_text(text: str | bytes) -> Page:
    """The page of a schema as JSON text. Raises ``Invalid`` with all problems."""
    return read(decode(text))


@lru_cache(maxsize=128)
def stored(text: bytes) -> Page:
    """The page of a schema that ``encode`` wrote; read once while it is in use."""
    return read_text(text)


def encode(schema: dict[str, Any]) -> bytes:
    """A schema as JSON text, its numbers as exact as they were read."""
    return _ENCODER.encode(schema)


def decode(text: str | bytes) -> Any:
    """The JSON of a schema; raises ``Invalid`` with the line and column where it breaks off."""
    if len(text) > MAX_CHARACTERS:
        message = f"Expected a page of at most {MAX_CHARACTERS} characters but it has {len(text)}."
        raise refusal([Problem("page.too-large", message)])
    try:
        return _DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, feel.FeelError) as fault:
        raise refusal([_malformed(text, str(fault))]) from None
    except RecursionError:
        raise refusal([Problem("page.too-large", "Expected JSON that is less deep.")]) from None


def refusal(problems: list[Problem]) -> Invalid:
    """What is said of a page that can not be used."""
    return Invalid(
        "page.invalid", "Expected a page that can be shown and checked, but it has faults.", problems
    )


def _malformed(text: str | bytes, fault: str) -> Problem:
    said, _, at = fault.partition(" (byte ")
    raw = text.encode(errors="replace") if isinstance(text, str) else text
    before = raw[: int(at.rstrip(")"))] if at.rstrip(")").isdigit() else raw
    line, column = line_and_column(before.decode(errors="replace"), len(before))
    message = f"Expected a page as JSON but it breaks off in line {line}, column {column}: {said}."
    return Problem("page.malformed", message, line=line, column=column)


def _is_small(draft: Draft, schema: object) -> bool:
    small = is_small(schema)
    if not small:
        message = f"Expected a page of at most {MAX_PARTS} parts, {MAX_DEPTH} deep, but it is larger."
        complain(draft, "page.too-large", "", message)
    return small


def _page(draft: Draft, schema: Any) -> Page | None:
    if not isinstance(schema, dict) or not isinstance(schema.get("components"), list):
        message = f"Expected a page with a list of components but found {show(schema)} without."
        complain(draft, "page.not-a-page", "components", message)
        return None
    check_names(draft, "", schema, TOP)
    if schema.get("type", "default") != "default":
        message = f"Expected the type of the page to be default but it is {show(schema['type'])}."
        complain(draft, "page.value", "type", message)
    if not _is_known(schema.get("schemaVersion", 1)):
        found = f"but it is {show(schema['schemaVersion'])}."
        message = f"Expected schemaVersion to be a whole number up to {SCHEMA_VERSION} {found}"
        complain(draft, "page.version", "schemaVersion", message, hint="Save it with form-js 1.23 or older.")
    _check_components(draft, "components", schema["components"])
    check_buttons(draft, schema.get("buttons"))
    check_layout(draft, schema)
    return None if draft.problems else _built(draft, schema)


def _is_known(version: object) -> bool:
    return isinstance(version, int) and not isinstance(version, bool) and 1 <= version <= SCHEMA_VERSION


def _check_components(draft: Draft, where: str, components: Any) -> None:
    if not isinstance(components, list):
        complain(draft, "page.value", where, f"Expected {where} to be a list but it is {show(components)}.")
        return
    draft.components += len(components)
    if draft.components > MAX_COMPONENTS:
        message = f"Expected at most {MAX_COMPONENTS} components but there are more."
        complain(draft, "page.too-large", where, message)
        return
    for number, component in enumerate(components):
        _check_component(draft, f"{where}[{number}]", component)


def _check_component(draft: Draft, where: str, written: Any) -> None:
    kind = written.get("type") if isinstance(written, dict) else None
    known = COMPONENTS.get(kind) if isinstance(kind, str) else None
    if known is None:
        message = f"Expected a component of form-js 1.23 in {where} but its type is {show(kind)}"
        hint = f"The types are {', '.join(sorted(COMPONENTS))}."
        complain(
            draft,
            "page.type-unknown",
            f"{where}.type",
            message + f"{near(str(kind), COMPONENTS)}.",
            hint=hint,
        )
        return
    check_names(draft, where, written, known.properties)
    for name in (*known.required, *(["key"] if _has_value(written) else [])):
        if written.get(name) in (None, "") and (name != "key" or known.keyed):
            message = f"Expected {name} in {where}, which is of the type {kind}, but there is none."
            complain(draft, "page.property-missing", f"{where}.{name}", message)
    for name in (name for name in written if name in known.properties):
        if written[name] is not None:
            check_property(draft, f"{where}.{name}", name, written[name])
    _check_whole(draft, where, written)


def _has_value(written: dict[str, Any]) -> bool:
    return bool(written["type"] == "recordlist" and written.get("choice", "none") != "none")


def _check_whole(draft: Draft, where: str, written: dict[str, Any]) -> None:
    """What concerns several properties of a component."""
    if "validate" in written:
        check_validate(draft, f"{where}.validate", written["type"], written["validate"])
    if COMPONENTS[written["type"]].holds:
        _check_components(draft, f"{where}.components", written.get("components", []))
    if "values" in COMPONENTS[written["type"]].properties:
        _check_choices(draft, where, written)
    if written["type"] == "dynamiclist":
        _check_list(draft, where, written)


def _check_choices(draft: Draft, where: str, written: dict[str, Any]) -> None:
    given = [name for name in _CHOICES if written.get(name) not in (None, "")]
    if len(given) != 1:
        found = " and ".join(given) or "there is none"
        message = f"Expected one of {', '.join(_CHOICES)} in {where} but found {found}."
        complain(draft, "page.options", where, message)


def _check_list(draft: Draft, where: str, written: dict[str, Any]) -> None:
    if written.get("isRepeating") is not True:
        message = (
            f"Expected isRepeating to be true in {where} but it is not, and the items would not be shown."
        )
        complain(draft, "page.not-repeating", f"{where}.isRepeating", message)
    least, most = written.get("minRepetitions", 0), written.get("maxRepetitions", 1_000)
    if type(least) is int and type(most) is int and not least <= most <= 1_000:
        message = f"Expected minRepetitions, maxRepetitions and 1000 to grow in {where} but they do not."
        complain(draft, "page.value", f"{where}.maxRepetitions", message)


def _built(draft: Draft, schema: dict[str, Any]) -> Page | None:
    names: Names = {}
    found = list(build(draft, schema["components"], Place("components", (), names)))
    ids: dict[str, tuple[Component, ...]] = {}
    for id, component in found:
        ids[id] = (*ids.get(id, ()), component)
    _check_ids(draft, schema["components"], "components", set())
    reads = Reads()
    read_names(schema["components"], reads)
    reads.add(button.get("shownIf") for button in schema["buttons"])
    return Page(
        components=tuple(component for _, component in found),
        buttons=buttons_of(schema),
        names=names,
        ids=ids,
        layout=layout_of(schema),
        reads=frozenset(reads.names | names.keys()),
        hides=reads.hides,
        computes=reads.computes,
        locks=reads.locks,
    )


def _check_ids(draft: Draft, components: list[dict[str, Any]], where: str, seen: set[str]) -> None:
    for number, component in enumerate(components):
        id, place = component.get("id"), f"{where}[{number}]"
        if id and id in seen:
            message = f"Expected each id once but {id!r} is there again in {place}."
            complain(draft, "page.id-doubled", f"{place}.id", message)
        seen.add(id or "")
        _check_ids(draft, component.get("components") or [], f"{place}.components", seen)
