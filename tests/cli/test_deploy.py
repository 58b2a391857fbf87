"""``stepwell deploy`` and ``db``."""

from collections.abc import Callable
from pathlib import Path

import pytest

import stepwell
from tests.cli.conftest import MODELS, Say


def test_a_changed_file_is_a_new_version(say: Say, order: Path, tmp_path: Path) -> None:
    (tmp_path / "order.bpmn").write_text(order.read_text().replace("Order handling", "Orders"))
    assert [item["version"] for item in say("deploy", "order.bpmn", "--json").json[0]["processes"]] == [2, 2]


def test_an_unchanged_file_keeps_its_version(say: Say, order: Path) -> None:
    assert "as before" in say("deploy", str(order)).out


def test_nothing_is_deployed_if_one_file_is_wrong(say: Say, tmp_path: Path) -> None:
    good, bad = tmp_path / "a.bpmn", tmp_path / "b.bpmn"
    good.write_text((MODELS / "order.bpmn").read_text())
    bad.write_text("<a/>")
    said = say("deploy", str(good), str(bad))
    assert (said.status, said.out) == (1, "")
    assert "b.bpmn:1" in said.err.replace("\n", "")
    assert said.err.splitlines()[-1].endswith("nothing was deployed. (deployment.invalid)")
    assert say("start", "order").status == 1


def test_a_program_reads_the_problems_of_a_deployment(say: Say, tmp_path: Path) -> None:
    (tmp_path / "b.bpmn").write_text("<a/>")
    said = say("deploy", "b.bpmn", "--json")
    assert said.out == ""
    assert '"file": "b.bpmn"' in said.err


@pytest.mark.parametrize("again", [False, True])
def test_upgrade_may_be_repeated(say: Say, empty_database_url: str, again: bool) -> None:
    said = [say("--database", empty_database_url, "db", "upgrade") for _ in range(1 + again)][-1]
    assert said.status == 0
    assert ("already" in said.out) is again


def test_a_backup_is_a_whole_database(say: Say, order: Path, tmp_path: Path) -> None:
    say("start", "shipping")
    assert say("db", "backup", "copy.db").status == 0
    with stepwell.open(f"sqlite:///{tmp_path / 'copy.db'}") as engine:
        assert engine.instance("1").process_id == "shipping"


def test_postgresql_is_backed_up_by_its_own_program(say: Say, postgresql_url: Callable[[], str]) -> None:
    said = say("--database", postgresql_url(), "db", "backup", "copy.db")
    assert said.status == 1
    assert "pg_dump" in said.err
