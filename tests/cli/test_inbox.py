"""``stepwell inbox``: what a person has to do."""

import pytest

from tests.cli.conftest import Say

pytestmark = pytest.mark.usefixtures("order")


@pytest.fixture
def sally(say: Say) -> str:
    """Somebody in sales, with one step offered."""
    say("role", "add", "sales")
    say("user", "add", "sally", "--role", "sales", "--no-password")
    say("start", "order", "--set", "amount=200")
    return "sally"


def test_an_inbox_shows_what_a_person_may_take(say: Say, sally: str) -> None:
    found = say("inbox", sally, "--sort", "due", "--json").json
    assert [item["role"] for item in found["items"]] == ["sales"]
    assert "(sales)" in say("inbox", sally).out


def test_an_inbox_is_searched(say: Say, sally: str) -> None:
    assert "Nothing to do." in say("inbox", sally, "--search", "nothing like it").out


def test_what_colleagues_took_is_shown_in_its_place(say: Say, sally: str) -> None:
    assert say("inbox", sally, "--taken", "--json").json["items"] == []


def test_nobody_has_the_inbox_of_nobody(say: Say) -> None:
    said = say("inbox", "nobody")
    assert (said.status, "person 'nobody'" in said.err) == (1, True)
