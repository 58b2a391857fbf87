"""``stepwell user``, ``role`` and ``token``: people managed on the machine."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import stepwell
from stepwell.cli import api_tokens, people, roles
from stepwell.identity import Right
from stepwell.services import passwords
from stepwell.services.api_tokens import Scope
from tests.cli.conftest import MODELS, Say

PAGE = MODELS.parents[1] / "docs" / "people.md"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the input: a password."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n" * 5))


@pytest.fixture
def ada(sqlite_template: Path, tmp_path: Path, say: Say) -> str:
    (tmp_path / "stepwell.db").write_bytes(sqlite_template.read_bytes())
    assert say("role", "add", "clerks", "--right", "operate").status == 0
    assert say("user", "add", "ada", "--display-name", "Ada Byron", "--role", "clerks").status == 0
    return "ada"


def kept(name: str) -> str:
    with stepwell.open() as engine, engine.store.reading() as session:
        found: str = session.read("select password from person where name = ?", name)[0][0]
    return found


def test_the_password_is_the_first_line_of_the_input(say: Say, ada: str) -> None:
    assert passwords.is_right(kept(ada), PASSWORD)


def test_without_a_password_nobody_is_added(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    said = say("user", "add", "bob")
    assert (said.status, "(password.missing)" in said.err) == (2, True)


def test_an_easy_password_is_refused(say: Say, ada: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    said = say("user", "add", "bob")
    assert (said.status, "at least 10 characters" in said.err) == (1, True)


def test_a_person_for_a_system_needs_no_password(say: Say, ada: str) -> None:
    assert say("user", "add", "reports", "--no-password").status == 0
    assert kept("reports") == ""


@pytest.mark.parametrize(("second", "status"), [(PASSWORD, 0), ("something else", 1)])
def test_at_a_terminal_the_password_is_typed_twice(
    say: Say, ada: str, monkeypatch: pytest.MonkeyPatch, second: str, status: int
) -> None:
    answers = iter([PASSWORD, second])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    said = say("user", "add", "bob")
    assert said.status == status
    assert ("(password.different)" in said.err) is bool(status)


def test_people_are_listed(say: Say, ada: str) -> None:
    say("user", "add", "bob", "--no-password", "--manager", "ada")
    assert [item["name"] for item in say("user", "list", "--json").json["items"]] == ["ada", "bob"]
    assert [item["name"] for item in say("user", "list", "--role", "clerks", "--json").json["items"]] == [
        "ada"
    ]
    shown = say("user", "list", "--search", "byron").out
    assert "Ada Byron" in shown
    assert "bob" not in shown


def test_a_person_is_disabled_and_enabled(say: Say, ada: str) -> None:
    assert say("user", "disable", "ada").out == "Disabled ada.\n"
    assert "disabled" in say("user", "list").out
    assert say("user", "enable", "ada", "--json").json["is_active"] is True


def test_a_password_is_set_anew(say: Say, ada: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("another good one\n"))
    assert say("user", "password", "ada").status == 0
    assert passwords.is_right(kept(ada), "another good one")


def test_roles_are_added_and_listed_with_their_rights(say: Say, ada: str) -> None:
    said = say("role", "add", "packers", "--parent", "clerks", "--right", "design", "--label", "Who packs")
    assert said.out == "Added role packers. It gives the right to design.\n"
    assert say("role", "add", "first-aid", "--functional", "--json").json["kind"] == "functional"
    shown = say("role", "list").out
    assert all(word in shown for word in ("packers", "clerks", "design", "Who packs", "functional"))


def test_members_are_put_in_and_taken_out(say: Say, ada: str) -> None:
    say("role", "add", "packers")
    assert say("role", "member", "add", "packers", "ada").out == "Put into packers: ada\n"
    assert say("role", "member", "add", "packers", "ada").out.endswith("nobody, all was so before\n")
    assert say("role", "member", "remove", "packers", "ada", "--json").json["people"] == ["ada"]


def test_an_api_token_is_shown_once_and_revoked(say: Say, ada: str) -> None:
    made = say("token", "add", "ada", "--name", "reports", "--scope", "act", "--json").json
    assert made["secret"].startswith("stw_")
    shown = say("token", "list", "ada").out
    assert "reports" in shown
    assert made["secret"] not in shown
    assert say("token", "revoke", made["id"]).status == 0
    assert "None." in say("token", "list", "ada").out


def test_an_api_token_can_live_for_ever(say: Say, ada: str) -> None:
    assert "until" not in say("token", "add", "ada", "--days", "0").out
    assert "for ever" in say("token", "list", "ada").out


@pytest.mark.parametrize(("words", "status", "code"), [
    ("user add Ada --no-password", 1, "input.invalid"), ("user disable zeus", 1, "person.unknown"),
    ("user password zeus", 1, "person.unknown"), ("role add a --right rule", 2, "value.invalid"),
    ("role add clerks", 1, "role.exists"), ("role member add gods ada", 1, "role.unknown"),
    ("token add zeus", 1, "person.unknown"), ("token add ada --scope much", 2, "value.invalid"),
    ("token revoke x", 1, "api-token.unknown"), ("user add", 2, "argument.missing"),
])  # fmt: skip
def test_what_does_not_fit_is_told_with_its_code(
    say: Say, ada: str, words: str, status: int, code: str
) -> None:
    said = say(*words.split())
    assert (said.status, f"({code})" in said.err) == (status, True), said.err


def test_the_choices_of_the_command_line_are_those_of_the_product() -> None:
    assert get_args(Right) == roles.RIGHTS
    assert get_args(Scope) == get_args(api_tokens.Scope)
    assert people.password.__doc__


def test_the_commands_of_the_page_work_one_after_the_other(tmp_path: Path) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
    program = f"{sys.executable} -c 'from stepwell.main import run; run()' \"$@\""
    script = f"set -e\nstepwell() {{ {program}; }}\n" + "".join(blocks)
    environment = os.environ | {"PYTHONPATH": str(MODELS.parents[1] / "src")}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(blocks) == 5


def test_who_changed_what_is_listed_the_newest_first(say: Say, ada: str) -> None:
    say("role", "member", "remove", "clerks", "ada", "--actor", "eve")
    said = say("audit")
    assert said.status == 0
    lines = said.out.splitlines()
    assert re.search(r"eve +role.members-removed +clerks +people ada", lines[1]), said.out
    assert [line for line in lines if "person.added" in line and "display_name Ada Byron" in line]
    assert PASSWORD not in said.out


def test_changes_are_found_by_who_and_what(say: Say, ada: str) -> None:
    say("token", "add", "ada")
    found = say("audit", "--action", "api-token", "--json").json["items"]
    assert [(item["action"], item["subject"]) for item in found] == [("api-token.added", "ada")]
    assert say("audit", "--by", "nobody").out == "No changes.\n"


def test_changes_are_listed_page_by_page(say: Say, ada: str) -> None:
    first = say("audit", "--limit", "1", "--json").json
    rest = say("audit", "--after", first["after"], "--json").json
    assert (len(first["items"]), rest["after"]) == (1, None)
