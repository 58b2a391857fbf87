"""Every page for everybody: axe-core finds nothing serious, in light and dark, wide and narrow."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dev.web import WEB
from tests.web.conftest import Arrive, Demo, Person

AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
ENDED = """document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .forEach((one) => one.finish())"""
SERIOUS = {"serious", "critical"}
SCREENS = [
    pytest.param({"color_scheme": "light"}, id="light"),
    pytest.param({"color_scheme": "dark", "viewport": {"width": 390, "height": 844}}, id="dark-narrow"),
]


def findings(page: Page) -> list[str]:
    """What axe-core finds on the page as it is now, each with the first element that it names."""
    page.evaluate(ENDED)
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
    ]


def is_as_wide_as_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def visit(person: Person, place: str, seen: dict[str, list[str]]) -> None:
    assert is_as_wide_as_the_screen(person.page), f"{place} scrolls sideways"
    if found := findings(person.page):
        seen[place] = found


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_has_a_serious_finding(demo: Demo, arrive: Arrive, screen: dict[str, Any]) -> None:
    seen: dict[str, list[str]] = {}
    demo.start("welcome_customer", actor="tom")
    demo.start("order", amount=2000, actor="tom")
    tom = arrive(demo, "tom", logs_in=False, **screen)
    page = tom.page
    expect(page.get_by_label("Login name")).to_be_visible()
    visit(tom, "the login", seen)
    tom.log_in(demo.password)
    expect(page.get_by_role("heading", name="Next for you")).to_be_visible()
    visit(tom, "the start page", seen)
    tom.press("Run process")
    expect(page.get_by_role("heading", name="All processes")).to_be_visible()
    visit(tom, "Run process", seen)
    page.get_by_role("button", name="Order An order is").click()
    expect(page.get_by_label("Net amount")).to_be_visible()
    visit(tom, "a start form", seen)
    page.keyboard.press("Escape")
    expect(page.get_by_label("Net amount")).to_be_hidden()
    page.goto(f"{demo.address}/tasks")
    title = "Who is the new customer?"
    page.get_by_role("button", name=f"Actions: {title}").first.click()
    expect(page.get_by_role("menuitem", name="Perform later")).to_be_visible()
    visit(tom, "the list of tasks, with a menu", seen)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="settings and log out").click()
    expect(page.get_by_role("menuitem", name="Log out")).to_be_visible()
    visit(tom, "the menu of the person", seen)
    page.keyboard.press("Escape")
    page.get_by_role("link", name=title).first.click()
    tom.sees(title)
    page.get_by_label("What this step is about").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Expected a value, but there is none.").first).to_be_visible()
    visit(tom, "a page with errors and its hint", seen)
    company = f"Acme {screen['color_scheme']}"
    page.get_by_label("Company").fill(company)
    page.get_by_label("City").fill("Oslo")
    page.get_by_role("button", name="Keep it").click()
    tom.sees(f"Whom do we talk to at {company}?")
    visit(tom, "the page of a record", seen)
    page.get_by_label("Name*").fill("Ann")
    page.get_by_label("E-mail").fill(f"{screen['color_scheme']}@example.org")
    tom.press("Save")
    tom.sees(f"What does {company} need first?")
    visit(tom, "a question", seen)
    tom.press("Perform later")
    expect(page.get_by_label("Subject")).to_be_visible()
    visit(tom, "Perform later", seen)
    tom.press("Cancel")
    tom.press("Reassign")
    expect(page.get_by_label("Who shall do it")).to_be_visible()
    visit(tom, "Reassign", seen)
    assert not seen, "\n".join(f"{place}: {one}" for place, found in seen.items() for one in found)


def test_the_tab_says_what_one_looks_at(demo: Demo, arrive: Arrive) -> None:
    step = demo.start("welcome_customer", actor="vera") + "-1"
    vera = arrive(demo, "vera", path="/records/case")
    page = vera.page
    expect(page).to_have_title(re.compile(r"^(\(\d+\+?\) )?Cases · Stepwell$"))
    page.goto(f"{demo.address}/records/case?step={step}")
    title = page.get_by_role("heading", level=1).first.inner_text()
    expect(page).to_have_title(re.compile(re.escape(title)))
    vera.press("Close")
    expect(page).to_have_title(re.compile("Cases · Stepwell$"))
