"""Random pages with input that fits them, and ways to spoil it."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.forms.pages import DONE

Draw = Any
WORDS = st.text("abcXYZ äß-", max_size=12)


@dataclass
class Sheet:
    """Components, what fits them, and where each value stands (as problems name it)."""

    components: list[dict[str, Any]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    places: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = field(default_factory=list)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "default", "components": self.components, "buttons": DONE}


@st.composite
def text(draw: Draw) -> tuple[dict[str, Any], Any]:
    value = draw(WORDS)
    length = len(value.strip())
    rules = {"minLength": draw(st.integers(0, length)), "maxLength": draw(st.integers(length, 20))}
    return {"type": draw(st.sampled_from(["textfield", "textarea"])), "validate": rules}, value


@st.composite
def number(draw: Draw) -> tuple[dict[str, Any], Any]:
    value = draw(st.integers(-1000, 1000))
    rules = {"min": draw(st.integers(-2000, value)), "max": draw(st.integers(value, 2000))}
    return {"type": "number", "validate": rules, "decimalDigits": draw(st.integers(0, 4))}, value


@st.composite
def option(draw: Draw) -> tuple[dict[str, Any], Any]:
    known = draw(st.lists(st.one_of(st.text("abc", min_size=1), st.integers(0, 9)), min_size=1, unique=True))
    kind = draw(st.sampled_from(["radio", "select", "checklist", "taglist"]))
    several = kind in ("checklist", "taglist")
    choice = st.lists(st.sampled_from(known), unique=True) if several else st.sampled_from(known)
    written = [{"value": one, "label": str(one)} if draw(st.booleans()) else one for one in known]
    return {"type": kind, "values": written}, draw(choice)


@st.composite
def moment(draw: Draw) -> tuple[dict[str, Any], Any]:
    subtype = draw(st.sampled_from(["date", "time", "datetime"]))
    day, clock = draw(st.dates()).isoformat(), draw(st.times()).isoformat("minutes")
    zone = draw(st.sampled_from(["", "Z", "+02:00"]))
    value = {"date": day, "time": clock + zone, "datetime": f"{day}T{clock}{zone}"}[subtype]
    return {"type": "datetime", "subtype": subtype}, value


@st.composite
def box(draw: Draw) -> tuple[dict[str, Any], Any]:
    return {"type": "checkbox"}, draw(st.booleans())


INPUT = st.one_of(text(), number(), option(), moment(), box())


@st.composite
def sheets(draw: Draw, depth: int = 2, where: str = "") -> Sheet:
    """A page, or what is in one of its groups and lists."""
    sheet = Sheet()
    for place in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["input"] * 3 + (["group", "list"] if depth else [])))
        name = f"f{place}"
        if kind == "input":
            component, value = draw(INPUT)
            component["key"] = name
            sheet.values[name] = value
            sheet.places.append((f"{where}{name}", sheet.values, name, component))
        elif kind == "group":
            inner = draw(sheets(depth - 1, f"{where}{name}."))
            component = {"type": "group", "path": name, "components": inner.components}
            sheet.values[name] = inner.values
            sheet.places += inner.places
        else:
            inner = draw(sheets(depth - 1, f"{where}{name}[0]."))
            component = {
                "type": "dynamiclist",
                "path": name,
                "isRepeating": True,
                "components": inner.components,
            }
            sheet.values[name] = [inner.values]
            sheet.places += inner.places
        sheet.components.append(component)
    return sheet


SPOILT: dict[str, list[Any]] = {
    "textfield": [5, True, ["a"], {"a": 1}, "x" * 21],
    "textarea": [5, False, ["a"], {"a": 1}, "y" * 21],
    "number": ["5", True, [1], {"a": 1}, 10**6, -(10**6), 0.00001],
    "radio": ["no such", ["a"], {"a": 1}, 99],
    "select": ["no such", ["a"], {"a": 1}, 99],
    "checklist": ["a", {"a": 1}, ["no such"], 7],
    "taglist": ["a", {"a": 1}, ["no such"], 7],
    "datetime": ["soon", 20300101, ["2030-01-01"], "2030-13-01", True],
    "checkbox": ["true", 1, [True], {"a": 1}],
}
"""For each component what never fits it."""

JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)
