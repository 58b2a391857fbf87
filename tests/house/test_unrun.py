"""A test that could not run is named, and counts as a failure where it must run."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ONE_TEST = """
    from dev.unrun import NO_SUITES, could_not_run

    def test_needs_much():
        could_not_run({reason})
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    for name in ("CI", "STEPWELL_SUITES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return pytester


def run(project: pytest.Pytester, reason: str) -> pytest.RunResult:
    project.makepyfile(ONE_TEST.format(reason=reason))
    return project.runpytest_subprocess("-p", "dev.unrun")


def test_it_is_named_with_its_reason_at_the_end(project: pytest.Pytester) -> None:
    said = run(project, "'no PostgreSQL'").stdout
    said.fnmatch_lines(["1 for this reason: no PostgreSQL", "*::test_needs_much"])


def test_it_does_not_fail_a_run_at_home(project: pytest.Pytester) -> None:
    assert run(project, "'no PostgreSQL'").ret == 0


def test_it_fails_a_run_of_ci(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert run(project, "'no PostgreSQL'").ret == 1


def test_suites_that_nobody_promised_do_not_fail_ci(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    assert run(project, "NO_SUITES").ret == 0


def test_suites_that_were_promised_fail_ci(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("STEPWELL_SUITES", "/nowhere")
    assert run(project, "NO_SUITES").ret == 1
