"""Nobody can keep the server busy with a page or with what is sent for one."""

from typing import Any

import pytest

from stepwell import forms
from stepwell.errors import Invalid
from tests.effort import at_most
from tests.forms.pages import DONE, around, field, items, page, schema, text

SECONDS = 5.0
"""Of the processor, whatever else the machine does; each takes less than a tenth of it."""


ODD: dict[str, Any] = {
    "unknown properties": {
        "components": [{"type": "text", **{f"p{n}": 1 for n in range(40_000)}}],
        "buttons": DONE,
    },
    "unknown types": schema(*[{"type": "o" * 50_000}] * 900),
    "doubled options": schema(*[field("select", f"k{n}", values=["a", "a"] * 400) for n in range(50)]),
    "unknown groups": schema(layout={"tabs": [{"title": "t", "groups": [f"g{n}" for n in range(30_000)]}]}),
    "doubled keys": schema(*[text("a")] * 999),
    "broken FEEL": schema(*[text() | {"conditional": {"hide": "=" + "(" * 5_000}}] * 90),
}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_page_is_refused_in_no_time(what: str) -> None:
    with at_most(SECONDS), pytest.raises(Invalid):
        forms.read(ODD[what])


WIDE = page(*[text(f"f{n}") for n in range(900)])
LONG = page(field("checklist", values=list(range(1_000))), text("t", pattern="^(a+)+$"))
ROWS = page(
    field("number", "limit"),
    items(
        field("number", "n", validate={"max": "=sum(for i in 1..500 return i)"}),
        text("t") | {"conditional": {"hide": "=count(rows) < 0"}},
    ),
)
SENT: dict[str, tuple[forms.Page, dict[str, Any]]] = {
    "unknown fields": (WIDE, {f"x{n}": 1 for n in range(40_000)}),
    "wrong types": (WIDE, {f"f{n}": n for n in range(900)}),
    "options": (LONG, {"x": [*range(1, 1_000), "no"]}),
    "a pattern": (LONG, {"t": "a" * 10_000 + "b"}),
    "rows": (ROWS, {"rows": [{"n": 10**6, "t": "y"}] * 1_000}),
    "too many rows": (ROWS, {"rows": [{}] * 20_000}),
}


@pytest.mark.parametrize("what", SENT)
def test_odd_input_is_refused_in_no_time(what: str) -> None:
    shown, values = SENT[what]
    begun = around(shown)
    with at_most(SECONDS), pytest.raises(Invalid):
        forms.check(shown, forms.Sent("done", values), begun)
