"""Two people at once, each with a browser of their own."""

import re

from playwright.sync_api import expect

from tests.web.conftest import Arrive, Demo, Person, comes_true
from tests.web.test_step_pages import begin
from tests.web.test_steps import ask_for_discount

ORDER = "Approve the order"


def test_r5_a_step_opens_on_top_and_what_was_typed_beneath_is_still_there(demo: Demo, arrive: Arrive) -> None:
    account = demo.server.client.get("/records/account?limit=1").json()["items"][0]["id"]
    samir = arrive(demo, "samir", path=f"/records/{account}")
    expect(samir.panel.get_by_text("Live", exact=True)).to_be_visible()
    samir.press("Edit")
    samir.page.get_by_label("Company").fill("Half a new name")
    ask_for_discount(demo, 13)
    samir.sees("13 percent for this account?")
    samir.press("Close")
    expect(samir.page.get_by_label("Company")).to_have_value("Half a new name")


def test_r5_a_step_opens_by_itself_in_the_tab_that_was_used_last(demo: Demo, arrive: Arrive) -> None:
    samir = arrive(demo, "samir")
    expect(samir.panel.get_by_text("Live", exact=True)).to_be_visible()
    other = Person(samir.page.context.new_page(), "samir")
    other.page.goto(demo.address)
    expect(other.panel.get_by_text("Live", exact=True)).to_be_visible()
    other.page.get_by_role("main").click()
    ask_for_discount(demo, 14)
    other.sees("14 percent for this account?")
    expect(samir.row("14 percent for this account?")).to_be_visible()
    expect(samir.page.get_by_role("heading", name="14 percent", level=1)).to_have_count(0)
    other.press("Approve")
    expect(samir.row("14 percent for this account?")).to_have_count(0)
    used = other.page.evaluate("localStorage.getItem('stepwell.tab')")
    other.page.goto("about:blank")
    assert comes_true(samir.page, f"![null, '{used}'].includes(localStorage.getItem('stepwell.tab'))")
    ask_for_discount(demo, 15)
    samir.sees("15 percent for this account?")


def test_the_tabs_of_a_browser_are_always_of_the_same_person(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="ines")
    ines = arrive(demo, "ines", logs_in=False)
    ines.log_in(demo.password)
    ines.open("Who is the new customer?")
    ines.page.route("**/draft", lambda route: route.abort())
    ines.page.get_by_label("Company").fill("What Ines typed")
    expect(ines.page.get_by_text("Kept in this browser until the server can be reached")).to_be_visible()
    vera = Person(ines.page.context.new_page(), "vera")
    vera.page.goto(demo.address)
    vera.page.get_by_role("button", name="settings and log out").click()
    vera.page.get_by_role("menuitem", name="Log out").click()
    expect(ines.page.get_by_text("session has ended")).to_be_visible()
    vera.log_in(demo.password)
    ines.log_in(demo.password)
    expect(ines.page.get_by_label("Company")).to_have_value("What Ines typed")
    expect(vera.page.get_by_role("heading", name="Hello, Ines")).to_be_visible()
    expect(vera.row("Who is the new customer?")).to_be_visible()


def test_t6_the_first_click_wins_and_the_second_is_told(demo: Demo, arrive: Arrive) -> None:
    demo.start("order", amount=3000, customer="First")
    nora, vera = arrive(demo, "nora"), arrive(demo, "vera")
    nora.page.route("**/api/v1/events*", lambda route: route.abort())  # so that nothing tells her before
    nora.page.reload()
    for person in (nora, vera):
        person.row(ORDER).filter(has_text="Order of First").get_by_role("link").click()
        person.sees(ORDER)
    vera.press("Done")
    expect(vera.row(ORDER).filter(has_text="Order of First")).to_have_count(0)
    nora.press("Done")
    expect(nora.page.get_by_role("alert").filter(has_text="vera")).to_be_visible()


def test_t1_the_counter_rises_and_falls_on_every_screen_and_is_red_when_something_is_overdue(
    demo: Demo, arrive: Arrive
) -> None:
    jon, mia = arrive(demo, "jon"), arrive(demo, "mia")
    offered = '<stepwell:assignment roles="service"/>'
    id = begin(demo, "counted", offered, actor="paul")
    for person in (jon, mia):
        expect(person.panel.get_by_text("1 task needs attention", exact=True)).to_be_attached()
    late = begin(demo, "late", f'<stepwell:timing due="PT1S"/>{offered}', actor="paul")
    for person in (jon, mia):
        words = "2 tasks need attention, at least one is overdue"
        expect(person.panel.get_by_text(words, exact=True)).to_be_attached()
        expect(person.panel.locator("[data-overdue=true]").first).to_be_visible()
    for one in (id, late):
        demo.server.client.post(f"/instances/{one}/cancel", json={"reason": "enough"})
    for person in (jon, mia):
        expect(person.panel.get_by_text(re.compile("needs? attention"))).to_have_count(0)
