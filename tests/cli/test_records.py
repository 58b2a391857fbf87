"""``stepwell record-types`` and ``records``."""

import json
from pathlib import Path

import pytest

import stepwell
from tests.cli.conftest import Say

ACCOUNT = {"name": "account", "label": "Account", "key": "name", "fields": [
    {"name": "name", "type": "text", "required": True, "unique": True}, {"name": "city", "type": "text"},
    {"name": "parent", "type": "link", "to": "account"}, {"name": "is_big", "type": "yes_no"},
]}  # fmt: skip


@pytest.fixture
def account(sqlite_template: Path, tmp_path: Path) -> Path:
    """A record type with two records, and a CSV file."""
    (tmp_path / "stepwell.db").write_bytes(sqlite_template.read_bytes())
    with stepwell.open(f"sqlite:///{tmp_path / 'stepwell.db'}") as engine:
        engine.records.put_type(ACCOUNT)
        acme = engine.records.add("account", {"name": "Acme", "city": "Oslo", "is_big": True})
        engine.records.add("account", {"name": "Beta", "parent": acme.id})
    (tmp_path / "more.csv").write_text("name,city\nAcme,Bergen\nGamma,\n")
    return tmp_path / "more.csv"


def test_without_types_the_list_says_where_to_read_on(say: Say) -> None:
    assert "docs/records.md" in say("record-types").out


def test_types_are_listed_and_one_is_shown_with_its_fields(say: Say, account: Path) -> None:
    assert "Account" in say("record-types").out
    shown = say("record-types", "account").out
    assert "link to account" in shown
    assert "required, unique" in shown
    assert say("record-types", "account", "--json").json["definition"] == ACCOUNT


def test_records_are_listed_by_how_they_are_called(say: Say, account: Path) -> None:
    said = say("records", "account")
    assert said.status == 0
    assert [line.split() for line in said.out.splitlines()] == [
        ["id", "name", "city", "parent", "is_big"], ["account/2", "Beta", "Acme", "no"], ["account/1", "Acme", "Oslo", "yes"],
    ]  # fmt: skip


def test_records_are_filtered_sorted_searched_and_paged(say: Say, account: Path) -> None:
    found = say(
        "records", "account", "list", "--filter", '{"field": "city", "value": "oslo"}', "--json"
    ).json["items"]
    assert [item["title"] for item in found] == ["Acme"]
    first = say("records", "account", "--sort", "name", "--limit", "1", "--columns", "name", "--json").json
    assert first["items"][0]["values"] == {"name": "Acme"}
    assert "Beta" in say("records", "account", "--sort", "name", "--after", first["after"]).out
    assert "No record fits." in say("records", "account", "--search", "nothing").out


def test_one_record_is_shown(say: Say, account: Path) -> None:
    assert "Acme" in say("records", "account", "show", "2").out
    assert say("records", "account", "show", "account/1", "--json").json["values"]["city"] == "Oslo"


def test_one_record_is_changed_by_who_acts(say: Say, account: Path) -> None:
    changed = say(
        "records", "account", "change", "1", "--set", "city=Bergen", "--set", "is_big=false", "--json"
    ).json
    assert (changed["values"]["city"], changed["values"]["is_big"]) == ("Bergen", False)
    assert (changed["revision"], changed["changed_by"]) == (2, "ada")


def test_a_step_ends_with_its_activity_if_that_is_said(say: Say, tmp_path: Path) -> None:
    (tmp_path / "visit.bpmn").write_text(say("example", "activityStep").out)
    say("deploy", "visit.bpmn")
    say("start", "call")
    [task] = say("tasks", "--json").json["items"]
    change = ("records", "activity", "change", task["activity"], "--set", "status=cancelled")
    refused = say(*change)
    assert (refused.status, task["id"] in refused.err) == (1, True)
    assert say(*change, "--cancel-step", "--json").json["values"]["status"] == "cancelled"


def test_a_file_is_tried_imported_and_exported(say: Say, account: Path, tmp_path: Path) -> None:
    assert "Would be added: 1, changed: 1" in say("records", "account", "import", str(account), "--trial").out
    assert say("records", "account", "import", str(account), "--json").json == {
        "added": 1, "changed": 1, "unchanged": 0, "is_trial": False,
    }  # fmt: skip
    out = say("records", "account", "export", "--columns", "city").out
    assert out == "name,city\nAcme,Bergen\nBeta,\nGamma,\n"
    assert say("records", "account", "export", str(tmp_path / "out.csv"), "--columns", "city").out == ""
    assert (tmp_path / "out.csv").read_text() == out


def test_what_is_wrong_with_a_file_is_told_line_by_line(say: Say, account: Path) -> None:
    account.write_text("name,parent\n,Acme\nx,Nobody\n")
    said = say("records", "account", "import", str(account))
    assert said.status == 1
    assert "line 3 parent" in said.err
    problems = json.loads(say("records", "account", "import", str(account), "--json").err)["problems"]
    assert [(one["line"], one["field"]) for one in problems] == [(3, "parent")]


@pytest.mark.parametrize(("words", "status", "code"), [
    (["nothing"], 1, "record-type.unknown"), (["account", "show"], 2, "argument.missing"),
    (["account", "show", "99"], 1, "record.unknown"), (["account", "import"], 2, "argument.missing"),
    (["account", "import", "nothing.csv"], 2, "file.missing"), (["account", "import", "."], 2, "file.missing"),
    (["account", "change"], 2, "argument.missing"), (["account", "change", "1"], 2, "argument.missing"),
    (["account", "change", "1", "--set", "town=x"], 1, "record.invalid"),
    (["account", "lst"], 2, "value.invalid"), (["account", "--filter", "{"], 2, "values.unreadable"),
    (["account", "--filter", '{"field": "x"}'], 1, "filter.invalid"),
])  # fmt: skip
def test_wrong_use_and_what_is_not_there(
    say: Say, account: Path, words: list[str], status: int, code: str
) -> None:
    said = say("records", *words)
    assert (said.status, f"({code})" in said.err) == (status, True), said.err
