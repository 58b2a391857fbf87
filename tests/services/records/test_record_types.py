"""D1: record types are made, changed and removed while everything runs; no value is ever lost unsaid."""

from typing import Any

import pytest

from stepwell.errors import Conflict, Forbidden, Invalid, NotFound
from stepwell.identity import STEPWELL, Actor
from stepwell.services.records import record_types
from stepwell.services.records.record_types import Change
from stepwell.store.records import catalogue
from tests.services.records.conftest import ACCOUNT, CASE, Shop


def thing(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": "thing", "fields": list(fields), **more}


def text(name: str = "f", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "text", **more}


def in_the_way(shop: Shop, definition: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(Invalid) as refused:
        shop.define(definition, **more)
    assert refused.value.code == "record-type.in-the-way"
    return [(problem.field, problem.rule, problem.message) for problem in refused.value.problems]


def columns(shop: Shop) -> set[str]:
    with shop.engine.store.reading() as session:
        return set(catalogue.load(session).tables["thing"].layout.names)


def test_d1_a_type_is_there_as_soon_as_it_is_made(empty: Shop) -> None:
    assert empty.define(thing(text())).done == "made"
    empty.add("thing", f="x")
    assert empty.titles("thing") == ["x"]


@pytest.mark.parametrize("name", ["select", "order", "table", "user", "group", "sqlite_sequence", "pg_class"])
def test_d1_words_of_sql_are_names_as_any_other(empty: Shop, name: str) -> None:
    empty.define(
        {
            "name": name,
            "label": "☂" * 200,
            "fields": [text(name, unique=True), {"name": "where", "type": "date", "indexed": True}],
        }
    )
    empty.add(name, **{name: "x", "where": "2026-01-01"})
    condition = {"all": [{"field": name, "value": "X"}, {"field": "where", "op": ">", "value": "2025-01-01"}]}
    assert empty.titles(name, filter=condition, sort=("where", f"-{name}")) == ["x"]


def test_d1_names_as_long_as_they_can_be(empty: Shop) -> None:
    long = "n" * 40
    empty.define({"name": long, "fields": [text(f"{'f' * 39}{number}", unique=True) for number in range(3)]})
    empty.add(long, **{f"{'f' * 39}1": "x"})
    empty.define({"name": long, "fields": [text("g" * 40, was=f"{'f' * 39}1", indexed=True)]})
    assert empty.titles(long, filter={"field": "g" * 40, "value": "x"}) == ["x"]


def test_d1_the_same_definition_again_changes_nothing(shop: Shop) -> None:
    for definition in (ACCOUNT, CASE):
        done = shop.define(definition)
        assert (done.done, done.revision) == ("nothing", 1)


def test_d1_fields_are_added_and_old_records_have_them_empty(empty: Shop) -> None:
    empty.define(thing(text()))
    old = empty.add("thing", f="x")
    done = empty.define(
        thing(
            text(),
            {"name": "n", "type": "integer"},
            {"name": "b", "type": "yes_no", "default": True},
            {"name": "l", "type": "links"},
        )
    )
    assert done.alterations == ("add n", "add b", "add l")
    assert empty.load(old).values == {"f": "x", "n": None, "b": True, "l": []}


def test_d1_a_required_field_needs_a_default_for_the_records_that_are_there(empty: Shop) -> None:
    empty.define(thing(text()))
    old = empty.add("thing", f="x")
    [(field, rule, message)] = in_the_way(empty, thing(text(), text("g", required=True)))
    assert (field, rule) == ("g", "field.required")
    assert "1 records" in message
    empty.define(thing(text(), text("g", required=True, default="new")))
    assert empty.load(old).values["g"] == "new"
    assert empty.titles("thing", filter={"field": "g", "op": "=", "value": "NEW"}) == ["x"]


def test_d1_a_renamed_field_keeps_its_values_and_its_index(empty: Shop) -> None:
    empty.define(thing(text(unique=True)))
    old = empty.add("thing", f="x")
    assert empty.define(thing(text("g", was="f", unique=True))).alterations == ("rename f to g",)
    assert empty.load(old).values == {"g": "x"}
    with pytest.raises(Invalid):
        empty.add("thing", g="X")
    assert empty.define(thing(text("g", was="f", unique=True))).done == "nothing"


def test_d1_a_field_with_values_is_removed_only_when_that_is_said(empty: Shop) -> None:
    empty.define(thing(text(), {"name": "l", "type": "links"}))
    old = empty.add("thing", f="x")
    empty.change(old, l=[old["id"]])
    assert [(field, rule) for field, rule, _ in in_the_way(empty, thing(text("g")))] == [
        ("f", "field.holds-values"),
        ("l", "field.holds-values"),
    ]
    empty.define(thing(text("g")), with_data=True)
    assert empty.load(old).values == {"g": None}


def test_d1_an_empty_field_is_removed_without_more_ado(empty: Shop) -> None:
    empty.define(thing(text(), text("g", indexed=True), {"name": "b", "type": "yes_no"}))
    empty.add("thing", f="x")
    empty.define(thing(text()))
    assert not any("usr_g" in name or "usr_b" in name for name in columns(empty))


def test_d1_a_name_can_be_taken_again_for_something_else(empty: Shop) -> None:
    empty.define(thing(text(), text("g", default="x")))
    empty.add("thing", f="1")
    empty.titles("thing")
    empty.define(thing(text()), with_data=True)
    empty.define(thing(text(), {"name": "g", "type": "integer"}))
    made = empty.add("thing", f="2", g=5)
    assert empty.load(made).values["g"] == 5
    assert [empty.load(one).values["g"] for one in (made,)] == [5]


def test_d1_values_become_another_kind_when_nothing_is_lost(empty: Shop) -> None:
    empty.define(thing(text(indexed=True), text("g")))
    found = [empty.add("thing", f=value, g="2026-01-02") for value in ("1", "25", "")]
    empty.define(thing({"name": "f", "type": "money", "indexed": True}, {"name": "g", "type": "date"}))
    assert [empty.load(one).values["f"] for one in found] == ["1.00", "25.00", None]
    assert len(empty.titles("thing", filter={"field": "f", "op": ">", "value": 2})) == 1
    empty.define(thing({"name": "f", "type": "decimal", "digits": 4}, text("g", unique=False)))
    assert [empty.load(one).values["f"] for one in found] == ["1.0000", "25.0000", None]


def test_d1_values_that_would_be_lost_are_counted_and_shown(empty: Shop) -> None:
    empty.define(thing(text()))
    for value in ("1", "x", "007", "y" * 20, None):
        empty.add("thing", f=value)
    [(field, rule, message)] = in_the_way(empty, thing({"name": "f", "type": "integer"}))
    assert (field, rule) == ("f", "field.values-in-the-way")
    assert "3 do not" in message
    assert "007" in message
    [(_, rule, message)] = in_the_way(empty, thing(text(length=10)))
    assert (rule, "1 do not" in message) == ("field.values-in-the-way", True)
    assert sorted(empty.titles("thing")) == ["", "007", "1", "x", "y" * 20]


def test_d1_a_value_that_becomes_required_must_be_in_every_record(empty: Shop) -> None:
    empty.define(thing(text()))
    empty.add("thing")
    empty.add("thing", f="x")
    [(field, rule, message)] = in_the_way(empty, thing(text(required=True)))
    assert (field, rule, "1 have none" in message) == ("f", "field.required", True)


def test_d1_values_that_become_unique_must_be_different(empty: Shop) -> None:
    empty.define(thing(text()))
    for value in ("a", "A", "b", None, None):
        empty.add("thing", f=value)
    [(field, rule, message)] = in_the_way(empty, thing(text(unique=True)))
    assert (field, rule) == ("f", "field.not-unique")
    assert "a (2 times)" in message


def test_d1_texts_become_codes_of_a_lookup_that_has_them(shop: Shop) -> None:
    shop.define(thing(text()))
    for value in ("open", "shut", "other"):
        shop.add("thing", f=value)
    lookup = {"name": "f", "type": "lookup", "to": "status"}
    assert [rule for _, rule, _ in in_the_way(shop, thing(lookup))] == ["field.values-in-the-way"]
    shop.add("status", code="other", label="Other")
    shop.define(thing(lookup))
    assert len(shop.titles("thing", filter={"field": "f.label", "value": "Other"})) == 1


def test_d1_another_formula_is_worked_out_for_all_records(empty: Shop) -> None:
    total = {"name": "t", "type": "calculated", "formula": "n * 2", "result": "integer"}
    number = {"name": "n", "type": "integer"}
    empty.define(thing(number, total))
    old = empty.add("thing", n=5)
    empty.define(thing(number, {**total, "formula": 'string(n) + "!"', "result": "text"}))
    assert empty.load(old).values["t"] == "5!"
    assert empty.titles("thing", filter={"field": "t", "value": "5!"}) == ["5!"]


@pytest.mark.parametrize(
    ("formula", "rule"),
    [("n +", "formula.syntax"), ("m * 2", "formula.unknown-name"), ("t", "formula.unknown-name")],
)
def test_d1_a_formula_that_can_not_be_worked_out_is_refused(empty: Shop, formula: str, rule: str) -> None:
    with pytest.raises(Invalid) as refused:
        empty.define(
            thing({"name": "n", "type": "integer"}, {"name": "t", "type": "calculated", "formula": formula})
        )
    assert [problem.rule for problem in refused.value.problems] == [rule]


def test_a_formula_that_names_a_renamed_field_is_in_the_way(empty: Shop) -> None:
    empty.define(thing({"name": "n", "type": "integer"}, {"name": "t", "type": "calculated", "formula": "n"}))
    with pytest.raises(Invalid):
        empty.define(
            thing(
                {"name": "m", "type": "integer", "was": "n"},
                {"name": "t", "type": "calculated", "formula": "n"},
            )
        )


def test_what_is_refused_changes_nothing_at_all(empty: Shop) -> None:
    empty.define(thing(text()))
    empty.add("thing", f="x")
    before = columns(empty)
    with pytest.raises(Invalid):
        empty.define(thing({"name": "f", "type": "integer"}, text("g")))
    assert columns(empty) == before
    assert empty.titles("thing") == ["x"]


def test_a_type_to_which_others_lead_is_not_removed(shop: Shop) -> None:
    with pytest.raises(Conflict) as refused:
        record_types.remove(shop.engine.store, "account", Change(actor=STEPWELL, with_data=True))
    assert "case.account" in refused.value.message


def test_a_type_with_records_is_removed_only_when_that_is_said(shop: Shop) -> None:
    shop.add("case", subject="x")
    with pytest.raises(Conflict):
        record_types.remove(shop.engine.store, "case", Change(actor=STEPWELL))
    record_types.remove(shop.engine.store, "case", Change(actor=STEPWELL, with_data=True))
    with pytest.raises(NotFound):
        shop.titles("case")
    assert shop.define(CASE).done == "made"
    assert shop.titles("case") == []


def test_only_who_administers_changes_types(empty: Shop) -> None:
    designer = Actor("dan", rights=frozenset({"design", "operate"}))
    with pytest.raises(Forbidden):
        record_types.put(empty.engine.store, thing(text()), Change(actor=designer))


def test_the_same_change_again_is_answered_as_the_first_time(empty: Shop) -> None:
    assert empty.define(thing(text()), key="k1") == empty.define(thing(text()), key="k1")


def test_another_process_learns_of_a_change_at_once(empty: Shop, database_url: str) -> None:
    import stepwell
    from stepwell.services.records import reading
    from stepwell.services.records.reading import ListAsked

    with stepwell.open(database_url, upgrade=False) as other:
        empty.define(thing(text()))
        empty.add("thing", f="x")
        first = reading.page(other.store, STEPWELL, ListAsked(type="thing"))
        empty.define(thing(text("g", was="f"), {"name": "n", "type": "integer"}))
        second = reading.page(other.store, STEPWELL, ListAsked(type="thing"))
    assert [page.items[0].values for page in (first, second)] == [{"f": "x"}, {"g": "x", "n": None}]
