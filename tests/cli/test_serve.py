"""``stepwell serve``: what it makes of its options; the server itself is tried in tests/api."""

import pytest

from stepwell import serving
from stepwell.config import Settings
from tests.cli.conftest import Say

Served = list[tuple[Settings, bool]]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    calls: Served = []
    monkeypatch.setattr(serving, "serve", lambda settings, demo: calls.append((settings, demo)))
    return calls


def test_options_win_over_the_environment(say: Say, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWELL_PORT", "1111")
    assert say("serve", "--port", "0", "--host", "::1", "--database", "sqlite:///x.db", "--demo").status == 0
    [(settings, demo)] = served
    assert (settings.port, settings.host, settings.database_url, demo) == (0, "::1", "sqlite:///x.db", True)


def test_without_options_the_environment_counts(
    say: Say, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEPWELL_PORT", "1111")
    say("serve")
    assert (served[0][0].port, served[0][1]) == (1111, False)
