"""Applications on the command line: deployed from a folder, and written back."""

from pathlib import Path

import pytest

from tests.cli.conftest import Say
from tests.services.applications.small import application


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for path, text in application().items():
        (tmp_path / "shop" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "shop" / path).write_text(text)
    return tmp_path / "shop"


def test_a_folder_with_an_application_is_deployed_once(say: Say, shop: Path) -> None:
    first = say("deploy", "shop")
    assert first.status == 0, first.err
    assert "+ record type customer" in first.out
    assert "The shop: nothing to change." in say("deploy", "shop").out


def test_a_dry_run_says_what_would_change_and_how_to_do_it(say: Say, shop: Path) -> None:
    said = say("deploy", "shop", "--dry-run")
    assert "things would change." in said.out
    assert "deploy shop" in said.out.splitlines()[-1]
    assert "customer" not in [item["name"] for item in say("record-types", "--json").json]


def test_problems_are_told_with_file_and_line(say: Say, shop: Path) -> None:
    (shop / "users.yaml").write_text("ada:\n  email: nowhere\n  password: secret\n")
    said = say("deploy", "shop")
    assert said.status == 1
    assert "users.yaml line 2 ada.email: Expected an e-mail address" in said.err
    assert "users.yaml line 3 ada.password" in said.err
    assert "stepwell user password NAME" in said.err


@pytest.mark.parametrize("word", ["deploy", "check"])
def test_a_file_without_a_place_hides_no_other_problem(say: Say, shop: Path, word: str) -> None:
    (shop / "evil.sh").write_text("rm")
    (shop / "users.yaml").write_text("ada:\n  password: secret\n")
    said = say(word, "shop")
    assert said.status == 1
    told = said.out + said.err
    assert "evil.sh" in told
    assert "users.yaml" in told


def test_what_is_gone_is_listed_and_pruned(say: Say, shop: Path) -> None:
    say("deploy", "shop")
    (shop / "processes" / "move.bpmn").unlink()
    assert "kept: process move" in say("deploy", "shop").out
    assert "- process move" in say("deploy", "shop", "--prune").out


def test_an_export_writes_the_folder_back(say: Say, shop: Path) -> None:
    say("deploy", "shop")
    assert "Nothing to change in shop." in say("export", "shop").out
    (shop / "roles.yaml").unlink()
    assert say("export", "shop", "--json").json["changed"] == ["roles.yaml"]


@pytest.mark.parametrize(
    "words",
    [
        ("deploy", "shop", "shop/processes/move.bpmn"),
        ("deploy", "shop/processes", "--prune"),
        ("deploy", "shop", "--with-data"),
    ],
)
def test_what_can_not_be_meant_is_wrong_use(say: Say, shop: Path, words: tuple[str, ...]) -> None:
    assert say(*words).status == 2


def test_a_folder_without_an_application_is_its_processes(say: Say, shop: Path) -> None:
    (shop / "app.yaml").unlink()
    (shop / "processes" / "greet.bpmn").unlink()
    (shop / "processes" / "move.bpmn").write_text(
        (shop / "processes" / "move.bpmn").read_text().replace('<stepwell:page ref="move"/>', "")
    )
    assert [item["process_id"] for item in say("deploy", "shop", "--json").json[0]["processes"]] == ["move"]


def test_a_check_of_an_application_needs_no_database(say: Say, shop: Path) -> None:
    assert "Nothing wrong in shop" in say("check", "shop").out
    (shop / "users.yaml").write_text("ada:\n  roles: clerks\n")
    said = say("check", "shop")
    assert said.status == 1
    assert "shop/users.yaml:2 error  yaml.unfit" in said.out
    assert not (shop.parent / "stepwell.db").exists()
