"""Whatever comes in, what is wrong is told in our words; nothing else happens."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from stepwell.errors import Invalid
from stepwell.records import filters
from stepwell.records.asking import Asking
from stepwell.records.binding import bind
from stepwell.records.bound import matches
from stepwell.records.definition import read
from stepwell.records.filling import fill_new
from stepwell.records.stored import to_raw
from stepwell.records.types import Field, Kind, RecordType
from stepwell.records.values import UnfitError, coerce, to_plain

ASKING = Asking(datetime(2026, 11, 25, tzinfo=UTC), person="ada")
KINDS = [kind for kind in get_args(Kind) if kind != "calculated"]
FIELDS = tuple(
    Field(name=f"f_{kind}", type=kind, to="account" if kind in {"link", "lookup"} else "") for kind in KINDS
)
TYPE = RecordType(name="thing", fields=FIELDS)
TYPES = {"thing": TYPE, "account": RecordType(name="account", fields=(Field(name="city", type="text"),))}

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.decimals(allow_nan=False),
    st.datetimes(), st.dates(), st.times(), st.binary(max_size=5), st.from_regex(r"[0-9T:+.\-Z /]{1,25}"),
)  # fmt: skip
json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(st.sampled_from(FIELDS), st.one_of(scalars, json))
def test_any_value_fits_or_is_unfit_and_what_fits_can_be_kept_and_shown(field: Field, given: Any) -> None:
    try:
        value = coerce(field, given)
    except UnfitError:
        return
    if field.type != "links":
        raw = to_raw(field, value)
        assert (
            raw is None or -(2**63) <= raw < 2**63 if isinstance(raw, int) else raw is None or "\0" not in raw
        )
    to_plain(field, value)


@given(
    st.dictionaries(
        st.one_of(st.sampled_from([field.name for field in FIELDS]), st.text(max_size=10)), json, max_size=5
    )
)
def test_any_record_is_filled_or_its_problems_are_told(given: dict[str, Any]) -> None:
    found = fill_new(TYPE, given, ASKING)
    assert all(problem.rule and problem.message.startswith("Expected") for problem in found.problems)


names = st.one_of(
    st.sampled_from([*(field.name for field in FIELDS), "f_link.city", "f_lookup.city", "id"]),
    st.text(max_size=10),
)
conditions = st.fixed_dictionaries(
    {"field": names},
    optional={"op": st.one_of(st.sampled_from(filters.OPS), st.text(max_size=5)), "value": json},
)
filter_like = st.recursive(
    st.one_of(conditions, json),
    lambda inner: st.dictionaries(
        st.sampled_from(["all", "any", "none"]), st.lists(inner, max_size=3), max_size=2
    ),
    max_leaves=6,
)


@given(filter_like)
def test_any_filter_is_carried_out_or_refused(data: Any) -> None:
    with suppress(Invalid):
        bound = bind(filters.read(data), TYPE, TYPES, ASKING)
        matches(bound, dict.fromkeys(field.name for field in FIELDS))


settings = st.one_of(json, st.text(max_size=10), st.integers(-5, 2000), st.booleans())
field_like = st.dictionaries(
    st.sampled_from(["name", "type", "label", "required", "unique", "indexed", "length", "digits", "default", "minimum",
                     "maximum", "to", "on_delete", "formula", "result", "holds", "was", "nonsense"]),
    st.one_of(settings, st.sampled_from(KINDS), st.sampled_from(["a", "b", "account"])),
)  # fmt: skip
type_like = st.dictionaries(
    st.sampled_from(["name", "label", "kind", "fields", "title", "key", "owner", "nonsense"]),
    st.one_of(settings, st.lists(field_like, max_size=4), st.just("thing"), st.just("lookup")),
)


@given(type_like)
def test_any_definition_is_read_or_its_problems_are_told(data: Any) -> None:
    with suppress(Invalid):
        assert read(data, TYPES).record_type.name
