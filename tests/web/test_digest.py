"""How often a mail sums up what is open: chosen in the settings."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.web.conftest import Arrive, Demo, Person, demonstration
from tests.web.test_for_everybody import SCREENS, visit


def choice(person: Person) -> Locator:
    found = person.page.get_by_role("radiogroup", name="Summary by e-mail")
    expect(found).to_be_visible()
    return found


def test_a_summary_by_mail_is_chosen_and_holds_at_once(demo: Demo, arrive: Arrive) -> None:
    tom = arrive(demo, "tom", path="/settings")
    page = tom.page
    expect(page.get_by_text("A mail can sum up")).to_be_visible()
    choice(tom).get_by_text("Daily", exact=True).click()
    expect(page.get_by_text("every morning at 07:00 in your time zone, to tom@example.org")).to_be_visible()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(choice(tom).get_by_role("radio", name="Daily")).to_be_checked()
    choice(tom).get_by_role("radio", name="Daily").press("ArrowRight")
    expect(page.get_by_text("on Mondays at 07:00 in your time zone")).to_be_visible()
    page.get_by_label("Language", exact=True).select_option("de")
    mine = page.get_by_role("radiogroup", name="Überblick per E-Mail")
    expect(mine.get_by_role("radio", name="Wöchentlich")).to_be_checked()
    expect(page.get_by_text("montags um 07:00 Uhr in Ihrer Zeitzone")).to_be_visible()


def test_who_has_no_address_is_told_why_nothing_can_come(demo: Demo, arrive: Arrive) -> None:
    added = demo.server.client.post("/people", json={"name": "pim", "password": demo.password})
    assert added.status_code == 201, added.text
    pim = arrive(demo, "pim", path="/settings")
    expect(pim.page.get_by_text("No e-mail address of yours is known here.")).to_be_visible()
    expect(choice(pim).get_by_role("radio", name="Daily")).to_be_disabled()


@pytest.mark.parametrize("screen", SCREENS)
def test_the_choice_has_no_serious_finding(demo: Demo, arrive: Arrive, screen: dict[str, Any]) -> None:
    seen: dict[str, list[str]] = {}
    samir = arrive(demo, "samir", path="/settings", **screen)
    expect(choice(samir)).to_be_visible()
    visit(samir, "settings", seen)
    assert not seen, "\n".join(f"{place}: {one}" for place, found in seen.items() for one in found)


def test_without_a_mail_server_the_choice_says_so(arrive: Arrive, tmp_path: Path) -> None:
    with demonstration(f"sqlite:///{tmp_path / 'stepwell.db'}", tmp_path, smtp_host="localhost") as demo:
        tom = arrive(demo, "tom", path="/settings")
        expect(tom.page.get_by_text("This installation sends no e-mail.")).to_be_visible()
        expect(choice(tom).get_by_role("radio", name="Daily")).to_be_disabled()
