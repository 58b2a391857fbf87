"""The panel of tasks: search, order, groups, filters that people keep, many tasks at once."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.web.conftest import Arrive, Demo, Person
from tests.web.test_for_everybody import findings, is_as_wide_as_the_screen
from tests.web.test_step_pages import begin

ORDER = "Approve the order"
WELCOME = "Who is the new customer?"


def looks_at(person: Person, view: str) -> None:
    """Choose a filter in the menu of the panel."""
    person.panel.get_by_role("button", name="Filter: ").click()
    person.page.get_by_role("menuitemradio", name=view).click()
    expect(person.page.get_by_role("menu")).to_have_count(0)


def orders(person: Person, **chosen: str) -> None:
    """Choose in the box for order and groups, and close it."""
    person.panel.get_by_role("button", name="Order and groups").click()
    box = person.page.get_by_role("dialog", name="Order and groups")
    for name, value in chosen.items():
        box.get_by_label(name.replace("_", " ").capitalize(), exact=True).select_option(label=value)
    box.get_by_label("Sort by").press("Escape")
    expect(box).to_be_hidden()


def choose(person: Person, *captions: str) -> Locator:
    """Begin to choose, and choose the tasks of these instances; gives the bar with what can be done."""
    person.panel.get_by_role("button", name="Choose several tasks").click()
    for caption in captions:
        person.panel.locator("label").filter(has_text=caption).get_by_role("checkbox").check()
    return person.page.get_by_role("group", name="With the chosen tasks")


def report(person: Person) -> Locator:
    return person.page.get_by_role("dialog", name="What became of them")


def test_t4_tasks_are_searched_sorted_and_grouped(demo: Demo, arrive: Arrive) -> None:
    for customer in ("Alpha", "Beta"):
        demo.start("order", amount=2000, customer=customer)
    demo.start("welcome_customer", actor="vera")
    vera = arrive(demo, "vera")
    expect(vera.panel.get_by_role("heading", name="Without a due time")).to_be_visible()
    orders(vera, group_by="Process")
    expect(vera.panel.get_by_role("heading", level=3)).to_have_text(["Order", "Welcome a new customer"])
    orders(vera, group_by="Role")
    expect(vera.panel.get_by_role("heading", name="Only for you")).to_be_visible()
    expect(vera.panel.get_by_role("heading", name="Management")).to_be_visible()
    orders(vera, group_by="No groups", sort_by="Newest first")
    expect(vera.panel.get_by_role("heading", level=3)).to_have_count(0)
    expect(vera.panel.get_by_role("article").first).to_contain_text(WELCOME)
    orders(vera, process="Order")
    expect(vera.row(WELCOME)).to_have_count(0)
    vera.panel.get_by_label("Search tasks").fill("alpha")
    expect(vera.panel.get_by_role("article")).to_have_count(1)
    vera.page.reload()
    expect(vera.row(ORDER).nth(1)).to_be_visible()
    vera.panel.get_by_role("button", name="Order").filter(has_text="Show all again").click()
    expect(vera.row(WELCOME)).to_be_visible()


def test_t4_a_filter_is_saved_chosen_renamed_and_deleted(demo: Demo, arrive: Arrive) -> None:
    demo.start("order", amount=2000, customer="Gamma")
    demo.start("welcome_customer", actor="nora")
    nora = arrive(demo, "nora")
    nora.panel.get_by_label("Search tasks").fill("gamma")
    expect(nora.row(WELCOME)).to_have_count(0)
    nora.panel.get_by_role("button", name="Filter: ").click()
    nora.page.get_by_role("menuitem", name="Save as a filter").click()
    nora.press("Save")
    expect(nora.page.get_by_text("Expected a name, but there is none.")).to_be_visible()
    nora.page.get_by_label("Name of the filter").fill("Gamma only")
    nora.press("Save")
    expect(nora.panel.get_by_role("button", name="Filter: Gamma only")).to_be_visible()
    looks_at(nora, "All tasks")
    expect(nora.row(WELCOME)).to_be_visible()
    nora.page.reload()
    looks_at(nora, "Gamma only")
    expect(nora.panel.get_by_role("article")).to_have_count(1)
    expect(nora.panel.get_by_label("Search tasks")).to_have_value("gamma")
    nora.panel.get_by_role("button", name="Filter: ").click()
    nora.page.get_by_role("menuitem", name="Rename").click()
    nora.page.get_by_label("Name of the filter").fill("Of Gamma")
    nora.press("Save")
    expect(nora.panel.get_by_role("button", name="Filter: Of Gamma")).to_be_visible()
    nora.panel.get_by_role("button", name="Filter: ").click()
    nora.page.get_by_role("menuitem", name="Delete").click()
    nora.page.get_by_role("dialog", name="Delete this filter?").get_by_role("button", name="Delete").click()
    expect(nora.panel.get_by_role("button", name="Filter: All tasks")).to_be_visible()
    expect(nora.row(WELCOME)).to_be_visible()


def test_t4_what_colleagues_have_taken_is_shown_when_asked(demo: Demo, arrive: Arrive) -> None:
    demo.start("order", amount=2000, customer="Delta")
    nora, vera = arrive(demo, "nora"), arrive(demo, "vera")
    mine = nora.row(ORDER).filter(has_text="Delta")
    mine.get_by_role("button", name="Actions").click()
    nora.page.get_by_role("menuitem", name="Assign to me").click()
    expect(vera.row(ORDER).filter(has_text="Delta")).to_have_count(0)
    looks_at(vera, "Taken by colleagues")
    expect(vera.row(ORDER).filter(has_text="Delta")).to_contain_text("Nora Iversen has it")
    mine.get_by_role("button", name="Actions").click()
    nora.page.get_by_role("menuitem", name="Give back to the role").click()
    expect(vera.row(ORDER).filter(has_text="Delta")).to_have_count(0)
    looks_at(vera, "All tasks")
    expect(vera.row(ORDER).filter(has_text="Delta")).to_be_visible()


def test_t8_several_tasks_are_taken_given_back_and_put_off(demo: Demo, arrive: Arrive) -> None:
    ids = [demo.start("order", amount=2000, customer=f"Many {number}") for number in (1, 2, 3)]
    nora = arrive(demo, "nora")
    bar = choose(nora, "Many 1", "Many 2", "Many 3")
    expect(bar).to_contain_text("3 tasks chosen")
    [task] = demo.server.client.get("/user-tasks", params={"instance": ids[1]}).json()["items"]
    demo.server.client.post(f"/user-tasks/{task['id']}/claim", json={"user": "vera", "actor": "vera"})
    bar.get_by_role("button", name="Take").click()
    expect(report(nora)).to_contain_text("It worked for 2 tasks. 1 task stays as it was, because:")
    expect(report(nora).get_by_role("listitem").first).to_contain_text("vera has it")
    report(nora).get_by_role("button", name="Close").last.click()
    expect(bar).to_contain_text("1 task chosen")
    bar.get_by_role("button", name="End choosing").click()
    bar = choose(nora, "Many 1", "Many 3")
    bar.get_by_role("button", name="Give back").click()
    report(nora).get_by_role("button", name="Close").last.click()
    bar.get_by_role("button", name="End choosing").click()
    bar = choose(nora, "Many 1", "Many 3")
    bar.get_by_role("button", name="Later").click()
    nora.press("In a week at 9")
    nora.press("Reschedule")
    expect(report(nora)).to_contain_text("It worked for 2 tasks.")
    report(nora).get_by_role("button", name="Close").last.click()
    expect(nora.panel.locator("label").filter(has_text="Many")).to_have_count(0)


def test_t8_the_same_answer_completes_several_questions(demo: Demo, arrive: Arrive) -> None:
    for customer in ("Same 1", "Same 2"):
        demo.start("order", amount=2000, customer=customer)
    demo.start("welcome_customer", actor="samir")
    samir = arrive(demo, "samir")
    bar = choose(samir, "Same 1", "Same 2")
    samir.panel.get_by_role("checkbox", name=f"Choose: {WELCOME}").check()
    expect(bar.get_by_role("button", name="Answer")).to_be_disabled()
    samir.panel.get_by_role("checkbox", name=f"Choose: {WELCOME}").uncheck()
    bar.get_by_role("button", name="Answer").click()
    samir.page.get_by_role("dialog", name="The same answer for 2 tasks").get_by_role(
        "button", name="Done"
    ).click()
    expect(report(samir)).to_contain_text("It worked for 2 tasks.")
    report(samir).get_by_role("button", name="Close").last.click()
    expect(samir.panel.locator("label").filter(has_text="Same")).to_have_count(0)


def test_t8_pages_of_records_are_not_answered_together(demo: Demo, arrive: Arrive) -> None:
    settings = '<stepwell:recordPage recordType="case" record="= about"/>'
    cases = demo.server.client.get("/records/case?limit=2").json()["items"]
    for case in cases:
        begin(demo, "mending", settings, actor="mia", about=case["id"])
    mia = arrive(demo, "mia")
    mia.panel.get_by_label("Search tasks").fill("mending")
    expect(mia.row("Step of mending")).to_have_count(2)
    expect(mia.panel.get_by_role("article")).to_have_count(2)
    mia.panel.get_by_role("button", name="Choose several tasks").click()
    bar = mia.page.get_by_role("group", name="With the chosen tasks")
    bar.get_by_role("button", name="Choose all shown").click()
    expect(bar).to_contain_text("2 tasks chosen")
    expect(bar.get_by_role("button", name="Later")).to_be_enabled()
    expect(bar.get_by_role("button", name="Answer")).to_be_disabled()


def test_t8_several_tasks_are_handed_on(demo: Demo, arrive: Arrive) -> None:
    for _ in range(2):
        demo.start("welcome_customer", actor="paul")
    paul = arrive(demo, "paul")
    paul.panel.get_by_label("Search tasks").fill("welcome")
    expect(paul.panel.get_by_role("article")).to_have_count(2)
    expect(paul.row(WELCOME)).to_have_count(2)
    paul.panel.get_by_role("button", name="Choose several tasks").click()
    bar = paul.page.get_by_role("group", name="With the chosen tasks")
    bar.get_by_role("button", name="Choose all shown").click()
    bar.get_by_role("button", name="Reassign").click()
    paul.hand_to("Ines")
    expect(report(paul)).to_contain_text("It worked for 2 tasks.")
    report(paul).get_by_role("button", name="Close").last.click()
    expect(paul.panel.get_by_role("checkbox", name=f"Choose: {WELCOME}")).to_have_count(0)


def test_t7_the_panel_works_by_keyboard(demo: Demo, arrive: Arrive) -> None:
    demo.start("order", amount=2000, customer="Keys")
    demo.start("welcome_customer", actor="mia")
    demo.start("welcome_customer", actor="mia")
    mia = arrive(demo, "mia")
    expect(mia.row(WELCOME)).to_have_count(2)
    keys = mia.page.keyboard
    mia.panel.get_by_label("Search tasks").focus()
    keys.press("Tab")
    keys.press("Enter")
    expect(mia.page.get_by_role("menuitemradio", name="All tasks")).to_be_visible()
    keys.press("Escape")
    expect(mia.panel.get_by_role("button", name="Filter: All tasks")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(mia.page.get_by_label("Sort by")).to_be_focused()
    keys.press("Escape")
    expect(mia.panel.get_by_role("button", name="Order and groups")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Tab")
    expect(mia.panel.get_by_role("checkbox", name="Choose").first).to_be_focused()
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("Space")
    expect(mia.page.get_by_text("2 tasks chosen")).to_be_visible()


SCREENS = [
    pytest.param({"color_scheme": "light"}, id="light"),
    pytest.param({"color_scheme": "dark", "viewport": {"width": 390, "height": 844}}, id="dark-narrow"),
]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_panel_is_for_everybody(demo: Demo, arrive: Arrive, screen: dict[str, Any]) -> None:
    demo.start("order", amount=2000, customer="Everybody")
    nora = arrive(demo, "nora", path="/tasks", **screen)
    page = nora.page
    expect(page.get_by_role("link", name=ORDER).first).to_be_visible()
    page.get_by_role("button", name="Filter: ").click()
    expect(page.get_by_role("menuitemradio", name="Taken by colleagues")).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Order and groups").click()
    page.get_by_label("Process", exact=True).select_option(label="Order")
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Choose several tasks").click()
    page.get_by_role("button", name="Choose all shown").click()
    assert findings(page) == []
    assert is_as_wide_as_the_screen(page)
    page.get_by_role("group", name="With the chosen tasks").get_by_role("button", name="Answer").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Done")).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("group", name="With the chosen tasks").get_by_role("button", name="Take").click()
    expect(report(nora)).to_be_visible()
    assert findings(page) == []
    assert is_as_wide_as_the_screen(page)
