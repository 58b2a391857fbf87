"""A pytest plugin: a test that could not run is named at the end, and fails the run when ``CI=true``.

Lack of the third-party suites fails it only when STEPWELL_SUITES promises them.
"""

import os
from typing import NoReturn

import pytest

NO_SUITES = "the third-party suites are not here (STEPWELL_SUITES names their folder)"


def could_not_run(reason: str) -> NoReturn:
    """Ends a test for lack of something outside of the repository."""
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    missed = _missed(terminalreporter)
    if not missed:
        return
    terminalreporter.section("could not run", red=True, bold=True)
    for reason, names in missed.items():
        terminalreporter.line(f"{len(names)} for this reason: {reason}")
        for name in names:
            terminalreporter.line(f"    {name}")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or not isinstance(reporter, pytest.TerminalReporter):
        return
    promised = "STEPWELL_SUITES" in os.environ
    if session.exitstatus == 0 and any(promised or reason != NO_SUITES for reason in _missed(reporter)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _missed(reporter: pytest.TerminalReporter) -> dict[str, list[str]]:
    """The names of the tests that did not run, by reason."""
    by_reason: dict[str, list[str]] = {}
    for report in reporter.stats.get("skipped", ()):
        said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        by_reason.setdefault(said.removeprefix("Skipped: "), []).append(report.nodeid)
    return by_reason
