"""The first minute: a tour through the demonstration, with the real thing."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Arrive, Demo, Person
from tests.web.test_for_everybody import SCREENS, visit


def card(person: Person) -> Locator:
    return person.page.get_by_role("region", name="Tour")


def says(person: Person, words: str) -> None:
    expect(card(person).get_by_role("status")).to_contain_text(words)


def tab_to(page: Page, name: str) -> None:
    """Go on with the tabulator until this has the focus."""
    expect(page.get_by_role("button", name=name).first).to_be_enabled()
    for _ in range(60):
        if page.evaluate("document.activeElement?.innerText?.trim() ?? ''").startswith(name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by the keyboard.")


def into(page: Page, label: str, text: str) -> None:
    """Go on with the tabulator into a field, and fill it."""
    expect(page.get_by_label(label).first).to_be_visible()
    for _ in range(60):
        found = page.evaluate("document.activeElement?.labels?.[0]?.innerText ?? ''")
        if found.startswith(label):
            page.keyboard.type(text)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{label} is not reached by the keyboard.")


def walk(person: Person) -> None:
    """Walk the tour from its beginning to its end, with the keyboard alone."""
    page = person.page
    expect(card(person).get_by_role("button", name="Begin")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Run process")).to_be_focused()
    says(person, "Press Run process")
    page.keyboard.press("Enter")
    says(person, "Choose Welcome a new customer")
    expect(page.get_by_label("Search processes")).to_be_focused()
    page.keyboard.type("welcome")
    page.keyboard.press("Enter")
    says(person, "Press Start")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    person.sees("Who is the new customer?")
    expect(card(person)).to_contain_text("2 of 3")
    says(person, "Fill in what has a star")
    into(page, "Company", "Keys and Co")
    into(page, "City", "Oslo")
    tab_to(page, "Keep it")
    page.keyboard.press("Enter")
    person.sees("Whom do we talk to at Keys and Co?")
    into(page, "Name", "Ann Ames")
    into(page, "E-mail", "ann@example.org")
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    person.sees("What does Keys and Co need first?")
    says(person, "Choose an answer")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    person.sees("Send the catalogue to Ann Ames")
    expect(card(person)).to_contain_text("3 of 3")
    tab_to(page, "Perform later")
    page.keyboard.press("Enter")
    says(person, "then press Reschedule")
    tab_to(page, "Reschedule")
    page.keyboard.press("Enter")
    says(person, "That is all")
    expect(card(person).get_by_role("button", name="Done")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(person)).to_have_count(0)


def test_t7_the_tour_is_walked_with_the_keyboard_alone(demo: Demo, arrive: Arrive) -> None:
    tom = arrive(demo, "tom", has_tour=True)
    walk(tom)
    tom.page.reload()
    expect(tom.page.get_by_role("heading", name="Hello, Tom Okafor")).to_be_visible()
    expect(card(tom)).to_have_count(0)


def test_the_tour_is_skipped_and_shown_again(demo: Demo, arrive: Arrive) -> None:
    samir = arrive(demo, "samir", has_tour=True)
    page = samir.page
    samir.press("Skip the tour")
    page.reload()
    expect(page.get_by_role("heading", name="Hello, Samir Haddad")).to_be_visible()
    page.get_by_role("button", name="settings and log out").click()
    page.get_by_role("menuitem", name="Show the tour").click()
    expect(card(samir)).to_contain_text("Welcome to Stepwell")


def test_the_tour_blocks_nothing_and_finds_the_way_back(demo: Demo, arrive: Arrive) -> None:
    vera = arrive(demo, "vera", has_tour=True)
    vera.press("Begin")
    vera.press("Run process")
    says(vera, "Choose Welcome a new customer")
    expect(vera.page.get_by_label("Search processes")).to_be_focused()
    vera.page.keyboard.press("Escape")
    says(vera, "Press Run process")
    vera.page.get_by_role("link", name="Activities").click()
    expect(vera.page.get_by_role("heading", name="Activities")).to_be_visible()
    vera.page.reload()
    says(vera, "Press Run process")
    vera.press("Run process")
    vera.page.get_by_role("button", name="Review a document").first.click()
    says(vera, "This is another process")
    vera.press("Back to the list")
    vera.page.get_by_role("button", name="Welcome a new customer").first.click()
    says(vera, "Press Start")
    vera.press("Start")
    vera.sees("Who is the new customer?")
    vera.press("Close")
    says(vera, "Your steps wait here")
    vera.press("Go there")
    expect(vera.panel.get_by_role("link", name="Who is the new customer?")).to_be_focused()


def test_who_may_not_run_it_has_no_tour(demo: Demo, arrive: Arrive) -> None:
    paul = arrive(demo, "paul", has_tour=True)
    expect(paul.page.get_by_role("heading", name="Hello, Paul Adeyemi")).to_be_visible()
    paul.page.get_by_role("button", name="settings and log out").click()
    expect(paul.page.get_by_role("menuitem", name="Log out")).to_be_visible()
    expect(paul.page.get_by_role("menuitem", name="Show the tour")).to_have_count(0)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_tour_has_no_serious_finding(demo: Demo, arrive: Arrive, screen: dict[str, Any]) -> None:
    seen: dict[str, list[str]] = {}
    nora = arrive(demo, "nora", has_tour=True, **screen)
    expect(card(nora)).to_be_visible()
    visit(nora, "the beginning of the tour", seen)
    nora.press("Begin")
    says(nora, "Press Run process")
    visit(nora, "the tour", seen)
    nora.press("Run process")
    nora.page.get_by_role("button", name="Welcome a new customer").first.click()
    says(nora, "Press Start")
    visit(nora, "the tour over a dialog", seen)
    assert not seen, "\n".join(f"{place}: {one}" for place, found in seen.items() for one in found)
