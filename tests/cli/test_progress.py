"""Progress is for a person at a terminal, and on stderr."""

import sys

import pytest

from stepwell.cli.desk import Desk
from stepwell.cli.progress import bar, each


def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_a_terminal_shows_a_bar_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at_a_terminal(monkeypatch)
    with bar(Desk(), "Copying") as advance:
        advance(1, 2)
    said = capsys.readouterr()
    assert "Copying" in said.err
    assert said.out == ""


def test_a_program_sees_no_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    at_a_terminal(monkeypatch)
    assert list(each(Desk(json=True), "Copying", [1, 2])) == [1, 2]
    assert capsys.readouterr().err == ""


def test_a_file_sees_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(each(Desk(), "Copying", [1, 2])) == [1, 2]
    assert capsys.readouterr().err == ""
