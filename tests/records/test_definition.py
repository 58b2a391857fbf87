"""D1: a record type as its author writes it."""

from typing import Any

import pytest

from stepwell.errors import Invalid
from stepwell.records.definition import read, to_plain
from stepwell.records.types import RecordType

STATUS = RecordType(name="status", kind="lookup")
ACCOUNT = RecordType(name="account")
KNOWN = {"status": STATUS, "account": ACCOUNT}


def wrong(**given: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        read({"name": "case", **given}, KNOWN)
    return [(problem.field, problem.rule) for problem in refused.value.problems]


def of_field(**given: Any) -> list[tuple[str, str]]:
    return wrong(fields=[{"name": "f", "type": "text", **given}])


def test_what_was_read_is_written_the_same() -> None:
    written = {
        "name": "case",
        "label": "Case ☂",
        "plural": "Cases ☂",
        "title": "subject",
        "key": "number",
        "owner": "owner",
        "fields": [
            {"name": "subject", "type": "text", "required": True, "label": "Subject"},
            {"name": "number", "type": "integer", "unique": True, "minimum": 1},
            {"name": "owner", "type": "text", "holds": "person", "default": "me"},
            {"name": "account", "type": "link", "to": "account", "on_delete": "clear"},
            {"name": "status", "type": "lookup", "to": "status", "default": "open"},
            {"name": "others", "type": "links"},
            {"name": "total", "type": "calculated", "formula": "number * 2", "result": "integer"},
        ],
    }
    assert to_plain(read(written, KNOWN).record_type) == written


@pytest.mark.parametrize(
    "name", ["", "Case", "1case", "c" * 41, "späti", "a b", "a;drop table", 'x"y', None, 5]
)
def test_names_are_small_letters_digits_and_underscores(name: Any) -> None:
    assert ("fields[0].name", "name.invalid") in of_field(name=name) or of_field(name=name)[0][
        1
    ] == "definition.type"


@pytest.mark.parametrize("name", ["select", "table", "order", "group", "user", "where", "rec_case", "usr_x"])
def test_no_word_of_sql_is_in_the_way_of_a_name(name: str) -> None:
    found = read({"name": name, "fields": [{"name": name, "type": "text"}]}, KNOWN)
    assert found.record_type.fields[0].name == name


@pytest.mark.parametrize("name", ["id", "revision", "created_at", "created_by", "changed_at", "changed_by"])
def test_what_every_record_has_can_not_be_a_field(name: str) -> None:
    assert of_field(name=name) == [("fields[0].name", "name.taken")]


def test_a_field_can_not_stand_there_twice() -> None:
    assert wrong(fields=[{"name": "f", "type": "text"}, {"name": "f", "type": "date"}]) == [
        ("fields[1].name", "name.taken")
    ]


@pytest.mark.parametrize(("given", "field"), [
    ({"length": 0}, "length"), ({"length": 1001}, "length"), ({"length": 401, "unique": True}, "length"),
    ({"type": "money", "digits": 10}, "digits"), ({"holds": "person", "type": "integer"}, "holds"),
    ({"type": "link"}, "to"), ({"type": "link", "to": "nobody"}, "to"), ({"type": "link", "to": "status"}, "to"),
    ({"type": "lookup", "to": "account"}, "to"), ({"to": "account"}, "to"),
    ({"on_delete": "clear"}, "on_delete"), ({"type": "links", "on_delete": "delete"}, "on_delete"),
    ({"type": "link", "to": "account", "on_delete": "clear", "required": True}, "on_delete"),
    ({"type": "long_text", "unique": True}, "unique"), ({"type": "file", "indexed": True}, "indexed"),
    ({"type": "yes_no", "unique": True}, "unique"), ({"formula": "1"}, "formula"),
    ({"type": "calculated"}, "formula"), ({"type": "calculated", "formula": "1", "result": "link"}, "result"),
    ({"type": "calculated", "formula": "1", "required": True}, "formula"),
    ({"type": "integer", "minimum": 5, "maximum": 1}, "minimum"), ({"minimum": 5}, "minimum"),
    ({"type": "integer", "minimum": "x"}, "minimum"), ({"type": "integer", "default": "x"}, "default"),
    ({"type": "link", "to": "account", "default": 1}, "default"), ({"label": "x" * 201}, "label"),
])  # fmt: skip
def test_settings_that_do_not_go_together(given: dict[str, Any], field: str) -> None:
    assert of_field(**given) == [(f"fields[0].{field}", "definition.unfit")]


def test_unknown_and_wrong_settings_are_all_told() -> None:
    assert of_field(requird=True, length="long") == [
        ("fields[0].requird", "definition.unknown"),
        ("fields[0].length", "definition.type"),
    ]
    assert of_field(type="txt") == [("fields[0].type", "definition.choice")]


@pytest.mark.parametrize(("given", "field"), [
    ({"title": "nothing"}, "title"), ({"key": "f"}, "key"), ({"owner": "f"}, "owner"),
])  # fmt: skip
def test_title_key_and_owner_name_fields_that_can_be_that(given: dict[str, str], field: str) -> None:
    assert wrong(fields=[{"name": "f", "type": "text"}], **given) == [(field, "definition.unfit")]


def test_a_lookup_has_its_four_fields_and_may_have_more() -> None:
    found = read(
        {"name": "result", "kind": "lookup", "fields": [{"name": "is_good", "type": "yes_no"}]}, KNOWN
    )
    assert [field.name for field in found.record_type.all_fields] == [
        "code",
        "label",
        "order",
        "active",
        "is_good",
    ]
    assert wrong(kind="lookup", fields=[{"name": "code", "type": "text"}]) == [
        ("fields[0].name", "name.taken")
    ]


def test_a_type_may_link_to_itself() -> None:
    read({"name": "case", "fields": [{"name": "parent", "type": "link", "to": "case"}]}, KNOWN)


def test_too_many_fields_are_refused() -> None:
    fields = [{"name": f"f{number}", "type": "text"} for number in range(201)]
    assert wrong(fields=fields) == [("fields", "record-type.too-many")]


def test_the_former_name_of_a_renamed_field_is_no_part_of_the_type() -> None:
    found = read({"name": "case", "fields": [{"name": "new", "type": "text", "was": "old"}]}, KNOWN)
    assert found.renamed == {"new": "old"}
    assert to_plain(found.record_type) == {"name": "case", "fields": [{"name": "new", "type": "text"}]}


def test_what_is_no_record_type_at_all_is_refused() -> None:
    assert wrong(fields="all", kind="thing") == [("fields", "definition.type"), ("kind", "record-type.kind")]
    assert wrong(fields=["x"]) == [("fields[0]", "field.invalid")]
