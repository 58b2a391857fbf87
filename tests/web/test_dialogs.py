"""Dialogs, buttons and files: one press is one command, nothing is lost by a stray one, the focus is where it was."""

import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Arrive, Demo, comes_true
from tests.web.test_step_pages import begin, first
from tests.web.test_steps import ask_for_discount

MAIL = '<stepwell:emailDraft from="a@example.org" to="b@example.org" subject="Hello"/>'
QUESTION = """<stepwell:question required="true"><stepwell:answer code="y" label="Yes"/><stepwell:answer code="n" label="No"/>
  </stepwell:question>"""
OFFERS = """<stepwell:page>{"components": [
  {"type": "textfield", "key": "city", "label": "City"},
  {"type": "lookup", "key": "account", "label": "Account", "recordType": "account"},
  {"type": "recordlist", "id": "accounts", "label": "Accounts", "recordType": "account",
    "filter": {"field": "city", "op": "=", "value": "=city"},
    "columns": [{"key": "name", "label": "Name"}, {"key": "changed_at", "label": "Changed"}]},
  {"type": "recordlist", "id": "orders", "label": "Orders", "recordType": "order",
    "columns": [{"key": "amount", "label": "Amount"}]}]}
  <stepwell:button code="done" label="Keep"/></stepwell:page>"""


def add_file(page: Page, file: Path) -> None:
    file.write_text(file.name)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add a file").click()
    chooser.value.set_files(file)


def test_k8_a_file_that_arrives_first_leaves_the_others_in_place(
    demo: Demo, arrive: Arrive, tmp_path: Path
) -> None:
    begin(demo, "mail_of_two", MAIL, actor="mia")
    mia = arrive(demo, "mia")
    mia.open("Step of mail_of_two")
    held: list[Route] = []
    mia.page.route("**/attachments?*", lambda route: route.continue_() if held else held.append(route))
    send = mia.page.get_by_role("button", name="Send", exact=True)
    with mia.page.expect_request("**/attachments?*"):
        add_file(mia.page, tmp_path / "slow.txt")
    expect(mia.page.get_by_text("A file is being added.")).to_be_visible()
    expect(send).to_be_disabled()
    add_file(mia.page, tmp_path / "fast.txt")
    expect(mia.page.get_by_role("button", name="Remove fast.txt")).to_be_visible()
    expect(send).to_be_disabled()
    held[0].continue_()
    expect(mia.page.get_by_role("button", name="Remove slow.txt")).to_be_visible()
    expect(mia.page.get_by_role("button", name="Remove fast.txt")).to_be_visible()
    expect(send).to_be_enabled()
    expect(mia.page.get_by_text("A file is being added.")).to_have_count(0)


def test_t5_a_stray_click_does_not_take_what_was_typed(demo: Demo, arrive: Arrive) -> None:
    id = demo.start("welcome_customer", actor="jon")
    jon = arrive(demo, "jon")
    jon.open("Who is the new customer?")
    jon.page.get_by_label("Company").fill("Half a name")
    expect(jon.page.get_by_text("Draft kept")).to_be_visible()
    [task] = demo.server.client.get("/user-tasks", params={"instance": id}).json()["items"]
    demo.server.client.post(f"/user-tasks/{task['id']}/reassign", json={"assignee": "tom", "actor": "vera"})
    dialog = jon.page.get_by_role("dialog", name="Vera Lindqvist has taken this step")
    expect(dialog.locator(":focus")).to_have_count(1)
    jon.page.mouse.click(5, 400)
    jon.page.keyboard.press("Escape")
    expect(dialog.get_by_role("button", name="Close")).to_have_count(0)
    dialog.get_by_role("button", name="Copy my input").click()  # the browser refuses it here, or not
    expect(dialog.get_by_text("Company: Half a name")).to_be_visible()
    dialog.get_by_role("button", name="Discard my input").or_(
        dialog.get_by_role("button", name="Close")
    ).first.click()
    expect(dialog).to_have_count(0)
    expect(jon.page.get_by_label("Company")).to_have_count(0)


def test_r5_a_double_click_puts_off_one_step(demo: Demo, arrive: Arrive) -> None:
    samir = arrive(demo, "samir")
    expect(samir.panel.get_by_text("Live", exact=True)).to_be_visible()
    samir.page.get_by_role("main").click()
    for percent in (13, 14):
        ask_for_discount(demo, percent)
        samir.sees("13 percent for this account?")
        expect(samir.row(f"{percent} percent for this account?")).to_be_visible()
    asked: list[str] = []
    samir.page.on("request", lambda one: asked.append(one.url) if one.url.endswith("/postpone") else None)
    samir.press("Perform later")
    samir.page.get_by_role("button", name="Reschedule").dblclick()
    samir.sees("14 percent for this account?")
    expect(samir.row("13 percent for this account?")).to_have_count(0)
    samir.page.get_by_role("button", name="Close", exact=True).dblclick()
    expect(samir.page.get_by_role("heading", name="Hello, Samir Haddad")).to_be_visible()
    assert len(asked) == 1


def test_s6_to_hand_a_question_on_does_not_answer_it(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "handed", QUESTION, actor="tom")
    tom = arrive(demo, "tom")
    answered: list[str] = []
    tom.page.on("request", lambda one: answered.append(one.url) if one.url.endswith("/complete") else None)
    tom.open("Step of handed")
    tom.page.get_by_label("Yes").check()
    tom.press("Reassign")
    tom.hand_to("Ines")
    expect(tom.row("Step of handed")).to_have_count(0)
    expect(tom.page.get_by_role("dialog")).to_have_count(0)
    assert answered == []


def test_k3_what_is_wrong_with_an_answer_is_read_beside_it(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "asked", QUESTION, actor="nora")
    nora = arrive(demo, "nora")
    here = nora.page.get_by_role("form", name="Step of asked")
    here.get_by_role("button", name="Save").click()
    expect(here.get_by_role("alert")).to_be_visible()
    begin(demo, "asked_too", QUESTION, actor="nora")
    nora.open("Step of asked_too")
    nora.press("Save")
    expect(nora.page.get_by_role("alert").filter(has_text="Expected an answer")).to_be_visible()
    ids = nora.page.evaluate(
        "[...document.querySelectorAll('fieldset[aria-describedby]')].map((one) => "
        "document.getElementById(one.getAttribute('aria-describedby')).closest('fieldset') === one)"
    )
    assert ids == [True, True]


def scroll(page: Page, to: int) -> None:
    page.evaluate(f"document.getElementById('content').scrollTop = {to}")
    assert comes_true(page, f"document.getElementById('content').scrollTop === {to}")


def test_t7_after_the_last_step_the_person_is_where_they_were(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "visited", MAIL, actor="ines")
    ines = arrive(demo, "ines", path="/records/account")
    expect(ines.page.get_by_role("main").get_by_role("row").nth(40)).to_be_visible()
    scroll(ines.page, 300)
    ines.open("Step of visited")
    ines.press("Close")
    assert comes_true(ines.page, "document.getElementById('content').scrollTop === 300")
    expect(ines.row("Step of visited").get_by_role("link")).to_be_focused()
    address = ines.page.url
    ines.open("Step of visited")
    ines.page.goto(f"{address}?step={ines.page.url.split('step=')[1]}")
    expect(ines.page.locator("h1", has_text="Accounts")).to_have_count(1)
    ines.press("Close")
    expect(ines.page.get_by_role("main").get_by_role("heading", level=1)).to_be_focused()


def test_r4_after_a_refusal_the_focus_is_on_the_button_again(demo: Demo, arrive: Arrive) -> None:
    begin(demo, "refused", QUESTION, actor="vera")
    vera = arrive(demo, "vera")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    vera.page.route("**/complete", hold)
    vera.open("Step of refused")
    vera.page.get_by_label("Yes").check()
    vera.press("Save")
    mask = vera.page.get_by_role("dialog", name="Step of refused")
    expect(mask).to_be_visible()
    held[0].fulfill(status=409, json={"code": "server.failed", "detail": "Not now."})
    expect(mask).to_have_count(0)
    expect(vera.page.get_by_role("alert").filter(has_text="Not now.")).to_be_visible()
    expect(vera.page.get_by_role("button", name="Save", exact=True)).to_be_focused()


def test_k5_a_list_of_records_follows_the_page_and_speaks_as_people_do(demo: Demo, arrive: Arrive) -> None:
    add = demo.server.client.post
    for name, city in (("Fjord Ltd", "Bergen"), ("Peak Ltd", "Zug")):
        made = add("/records/account", json={"values": {"name": name, "city": city}, "actor": "admin"})
        assert made.status_code == 201, made.text
    begin(demo, "offers", OFFERS, actor="lena")
    lena = arrive(demo, "lena")
    lena.page.get_by_role("link", name="Step of offers").first.click()
    page = lena.page
    page.get_by_label("City").fill("Bergen")
    expect(page.get_by_role("cell", name="Fjord Ltd")).to_be_visible()
    page.get_by_label("City").fill("Zug")
    expect(page.get_by_role("cell", name="Peak Ltd")).to_be_visible()
    expect(page.get_by_role("cell", name="Fjord Ltd")).to_have_count(0)
    tables = page.get_by_role("table")
    expect(tables.first).to_contain_text(re.compile(r"\d\d\.\d\d\.\d{4}, \d\d:\d\d"))
    expect(tables.last).to_contain_text(re.compile(r"\d,\d\d"))
    expect(tables.last).not_to_contain_text(re.compile(r"\d\.\d\d(\D|$)"))


def test_k5_a_name_that_could_not_be_read_is_read_again(demo: Demo, arrive: Arrive) -> None:
    account = first(demo, "account")
    begin(demo, "named", OFFERS, actor="ines")
    ines = arrive(demo, "ines")
    ines.open("Step of named")
    field = ines.page.get_by_label("Account", exact=True)
    field.fill(account["title"])
    ines.page.get_by_role("option", name=account["title"]).first.click()
    expect(ines.page.get_by_text("Draft kept")).to_be_visible()
    where = f"**/records/{account['id']}"
    ines.page.route(where, lambda route: route.fulfill(status=500, json={}))
    ines.page.reload()
    expect(field).to_have_value(account["id"].split("/")[1])
    ines.press("Close")
    expect(field).to_be_hidden()
    ines.page.unroute(where)
    ines.open("Step of named")
    expect(field).to_have_value(account["title"])


def test_the_choice_that_somebody_else_changed_is_shown_twice_and_asked_for_before_it_goes(
    demo: Demo, arrive: Arrive
) -> None:
    given = {"code": "praise", "label": "Praise", "order": 99, "active": True}
    made = demo.server.client.post("/records/case_category", json={"values": given, "actor": "admin"}).json()
    admin = arrive(demo, "admin", path="/lookups/case_category")
    page = admin.page
    page.get_by_role("button", name="Praise", exact=True).click()
    dialog = page.get_by_role("dialog", name="Praise")
    dialog.get_by_label("Label").fill("Mine")
    changed = demo.server.client.put(
        f"/records/{made['id']}", json={"values": {"label": "Theirs"}, "actor": "mia"}
    )
    assert changed.status_code == 200, changed.text
    dialog.get_by_role("button", name="Save").click()
    conflict = page.get_by_role("dialog", name="Somebody has saved before you")
    expect(conflict.get_by_role("radio", name="Theirs")).to_be_visible()
    expect(conflict.get_by_role("radio", name="Mine")).to_be_checked()
    conflict.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Mine", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    asked = page.get_by_role("dialog", name="Delete “Mine”?")
    asked.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("button", name="Mine", exact=True)).to_have_count(0)
