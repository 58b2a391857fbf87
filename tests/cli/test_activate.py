"""``stepwell activate``: an older version of a process."""

from pathlib import Path

import pytest

from tests.cli.conftest import Say

pytestmark = pytest.mark.usefixtures("order")


def test_an_older_version_is_brought_back(say: Say, order: Path, tmp_path: Path) -> None:
    (tmp_path / "order.bpmn").write_text(order.read_text().replace("Approve the order", "Approve it"))
    say("deploy", "order.bpmn")
    assert say("activate", "order", "1").out == "New instances of order run version 1.\n"
    say("start", "order", "--set", "amount=200")
    assert say("tasks", "--json").json["items"][0]["version"] == 1


def test_a_version_that_is_not_there_is_told(say: Say) -> None:
    said = say("activate", "order", "7")
    assert (said.status, "version 7" in said.err) == (1, True)
