"""Searching everywhere, from the top bar."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Arrive, Demo
from tests.web.test_for_everybody import SCREENS, visit


def test_records_steps_and_processes_are_found_and_opened_by_keyboard(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="tom")
    tom = arrive(demo, "tom")
    page = tom.page
    expect(page.get_by_role("button", name="Search records")).to_be_visible()
    page.keyboard.press("/")
    field = page.get_by_role("textbox", name="Search everywhere")
    field.fill("new customer")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("region", name="Steps for you").get_by_role("button").first).to_be_visible()
    page.keyboard.press("Enter")
    tom.sees("Who is the new customer?")
    tom.press("Close")
    page.keyboard.press("Control+k")
    field.fill("order")
    processes = dialog.get_by_role("region", name="Processes to run")
    expect(processes.get_by_role("button", name="Order", exact=True)).to_be_visible()
    processes.get_by_role("button", name="Order", exact=True).click()
    expect(page.get_by_role("dialog", name="Order")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    field.fill("Old Insurance")
    accounts = dialog.get_by_role("region", name="Accounts")
    expect(accounts.get_by_role("button", name="Old Insurance")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/records/"))


def test_nothing_found_says_so(demo: Demo, arrive: Arrive) -> None:
    page = arrive(demo, "ines").page
    page.get_by_role("button", name="Search records").click()
    page.get_by_role("textbox", name="Search everywhere").fill("xyzzy")
    expect(page.get_by_text("Nothing has “xyzzy” in it.")).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_the_search_has_no_serious_finding(demo: Demo, arrive: Arrive, screen: dict[str, Any]) -> None:
    seen: dict[str, list[str]] = {}
    nora = arrive(demo, "nora", **screen)
    page = nora.page
    expect(page.get_by_role("button", name="Run process")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("textbox", name="Search everywhere").fill("oslo")
    expect(page.get_by_role("region", name="Accounts").get_by_role("button").first).to_be_visible()
    visit(nora, "the search", seen)
    assert not seen, seen
