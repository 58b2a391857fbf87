"""Sections and records in the browser: lists, their filters and views, the page of a record."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.web.conftest import Arrive, Demo, Person
from tests.web.test_for_everybody import SCREENS
from tests.web.test_for_everybody import visit as look_at
from tests.web.test_step_pages import begin

OFFER = "Prepare an offer"


def first(demo: Demo, type: str, **values: str) -> dict[str, Any]:
    """The newest record of a type with these values."""
    conditions = [{"field": name, "op": "=", "value": value} for name, value in values.items()]
    params = {"limit": 1, "filter": json.dumps({"all": conditions})}
    found: dict[str, Any] = demo.server.client.get(f"/records/{type}", params=params).json()["items"][0]
    return found


def made(demo: Demo, type: str, **values: object) -> dict[str, Any]:
    answer = demo.server.client.post(f"/records/{type}", json={"values": values})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def rows(page: Page) -> Locator:
    table = page.get_by_role("table").first
    return table.get_by_role("row").filter(has=page.get_by_role("cell"))


def row(page: Page, text: str) -> Locator:
    return rows(page).filter(has_text=text)


def choose(page: Page, field: str, typed: str, option: str) -> None:
    """Type a part of it into a field, and take what is found."""
    page.get_by_label(field).fill(typed)
    page.get_by_role("option", name=option).first.click()


def test_d2_a_section_is_searched_sorted_and_its_columns_are_chosen(demo: Demo, arrive: Arrive) -> None:
    page = arrive(demo, "nora").page
    page.get_by_role("navigation").get_by_role("link", name="Cases").click()
    expect(page.get_by_role("heading", name="Cases")).to_be_visible()
    page.get_by_label("Search in this list").fill("carpet fire")
    expect(row(page, "Is the carpet fire-proof?").first).to_be_visible()
    expect(row(page, "Two boxes are missing")).to_have_count(0)
    page.get_by_role("button", name="Case number").click()
    expect(page.get_by_role("columnheader", name="Case number")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="Handled by").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("columnheader", name="Handled by")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("columnheader", name="Handled by")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("columnheader", name="Case number")).to_have_attribute("aria-sort", "none")
    page.reload()
    expect(page.get_by_label("Search in this list")).to_have_value("carpet fire")


def test_d2_columns_are_moved_by_keyboard_and_stay_so(demo: Demo, arrive: Arrive) -> None:
    page = arrive(demo, "mia", path="/records/contact").page
    heads = page.get_by_role("columnheader").filter(has=page.get_by_role("button"))
    expect(heads.first).to_be_visible()
    first, second, third, *others = heads.all_inner_texts()
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("button", name=f"{third}: further left").focus()
    page.keyboard.press("Enter")
    expect(heads).to_have_text([first, third, second, *others], use_inner_text=True)
    page.keyboard.press("Enter")
    expect(heads).to_have_text([third, first, second, *others], use_inner_text=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"{third}: further left")).to_be_focused()
    page.keyboard.press("Escape")
    page.reload()
    expect(heads.first).to_have_text(third)


def test_d2_a_filter_with_groups_and_a_link_is_built_and_shared_by_its_address(
    demo: Demo, arrive: Arrive
) -> None:
    nora = arrive(demo, "nora", path="/records/case")
    page = nora.page
    page.get_by_role("button", name="Filter", exact=True).click()
    panel = page.get_by_role("region", name="Filter")
    panel.get_by_role("button", name="Condition", exact=True).click()
    panel.get_by_label("Field", exact=True).select_option(label="Status")
    choose(page, "Value", "new", "New")
    expect(row(page, "Two boxes are missing").filter(has_text="Solved")).to_have_count(0)
    panel.get_by_role("button", name="Group", exact=True).first.click()
    panel.get_by_role("button", name="Condition", exact=True).first.click()
    panel.get_by_label("Field", exact=True).nth(1).select_option(label="Account")
    panel.get_by_label("Field of Account").select_option(label="City")
    panel.get_by_label("Value").nth(1).fill("nowhere at all")
    expect(page.get_by_text("Nothing fits.")).to_be_visible()
    panel.get_by_role("button", name="Condition", exact=True).first.click()
    panel.get_by_label("Field", exact=True).nth(2).select_option(label="Opened on")
    panel.get_by_label("Period").select_option(label="the last …")
    with page.expect_response(
        lambda answer: "900" in answer.url and re.search(r"/records/case\?", answer.url) is not None
    ) as listed:
        panel.get_by_label("How many").fill("900")
    shown = len(listed.value.json()["items"])
    assert shown
    expect(rows(page)).to_have_count(shown)
    expect(page.get_by_role("button", name="3 conditions")).to_be_visible()
    colleague = arrive(demo, "mia", path=page.url.removeprefix(demo.address))
    expect(colleague.page.get_by_role("button", name="3 conditions")).to_be_visible()
    expect(rows(colleague.page)).to_have_count(shown)


def test_d2_a_view_is_kept_changed_shared_and_deleted(demo: Demo, arrive: Arrive) -> None:
    nora = arrive(demo, "nora", path="/records/order?sort=-ordered_on&q=O-10")
    page = nora.page
    page.get_by_role("button", name="Views").click()
    page.get_by_role("menuitem", name="Save as a new view").click()
    page.get_by_label("Name of the view").fill("Largest first")
    page.get_by_label("Everybody may use it").check()
    nora.press("Save")
    expect(page.get_by_role("button", name="Largest first")).to_be_visible()
    assert "sort=" not in page.url
    expect(page.get_by_role("columnheader", name="Ordered on")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("button", name="Order number").click()
    page.get_by_role("button", name="Largest first *").click()
    page.get_by_role("menuitem", name="Save “Largest first” as it is now").click()
    expect(page.get_by_role("button", name="Largest first", exact=True)).to_be_visible()
    tom = arrive(demo, "tom", path="/records/order").page
    tom.get_by_role("button", name="Views").click()
    tom.get_by_role("menuitemradio", name="Largest first").click()
    expect(tom.get_by_role("columnheader", name="Order number")).to_have_attribute("aria-sort", "ascending")
    tom.get_by_role("button", name="Largest first").click()
    expect(tom.get_by_role("menuitem", name="Delete this view")).to_have_count(0)
    page.get_by_role("button", name="Largest first").click()
    page.get_by_role("menuitem", name="Delete this view").click()
    nora.press("Delete")
    expect(page.get_by_role("button", name="Views")).to_be_visible()


def test_r1_a_process_is_run_for_chosen_rows_and_the_report_names_what_failed(
    demo: Demo, arrive: Arrive
) -> None:
    for number in range(3):
        made(demo, "account", name=f"Bulk {number}", city="Oslo")
    tom = arrive(demo, "tom", path="/records/account?q=Bulk&sort=name")
    page = tom.page
    page.get_by_label("Choose Bulk 0").click()
    page.get_by_label("Choose Bulk 2").click(modifiers=["Shift"])
    expect(page.get_by_role("group", name="3 chosen")).to_be_visible()
    page.get_by_role("group", name="3 chosen").get_by_role("button", name="Run process").click()
    page.get_by_role("dialog").get_by_role("button", name=OFFER).click()
    gone = first(demo, "account", name="Bulk 1")
    removed = demo.server.client.post(f"/records/{gone['id']}/delete", json={})
    assert removed.status_code == 200, removed.text
    tom.press("Start")
    report = page.get_by_role("dialog")
    expect(report.get_by_text("2 processes were started; 1 could not be.")).to_be_visible()
    expect(report.get_by_role("listitem").filter(has_text="Bulk 1")).to_contain_text("Expected")
    report.get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("button", name="Continue process of Bulk 0: 1 step waiting")).to_be_visible()


def test_k2_a_list_beneath_a_step_shows_what_the_step_has_changed(demo: Demo, arrive: Arrive) -> None:
    account = made(demo, "account", name="Renaming", city="Oslo")
    contact = made(demo, "contact", name="Old Name", email="old@example.org", account=account["id"][8:])["id"]
    settings = '<stepwell:recordPage recordType="contact" record="= about"/>'
    vera = arrive(demo, "vera", path=f"/records/{account['id']}")
    contacts = vera.page.get_by_role("region", name="Contacts by Account")
    expect(contacts.get_by_role("link", name="Old Name")).to_be_visible()
    begin(demo, "correct", settings, actor="vera", about=contact)
    vera.open("Step of correct")
    vera.page.get_by_label("Name*").fill("New Name")
    vera.press("Save")
    expect(contacts.get_by_role("link", name="New Name")).to_be_visible()
    made(demo, "contact", name="Second", email="second@example.org", account=account["id"][8:])
    begin(demo, "correct", settings, actor="vera", about=contact)
    expect(contacts.get_by_role("heading", name="Contacts 2")).to_be_visible()
    expect(rows(vera.page)).to_have_count(2)


def test_s9_a_step_is_continued_from_the_row_and_the_page_of_its_record(demo: Demo, arrive: Arrive) -> None:
    account = made(demo, "account", name="Offered", city="Oslo")
    tom = arrive(demo, "tom", path=f"/records/{account['id']}")
    page = tom.page
    page.get_by_role("main").get_by_role("button", name="Run process").click()
    page.get_by_role("menuitem", name=OFFER).click()
    tom.press("Start")
    tom.sees("Offer for Offered")

    tom.press("Close")
    page.get_by_role("button", name="Continue process").click()
    tom.sees("Offer for Offered")
    tom.press("Close")
    page.goto(f"{demo.address}/records/account?q=Offered")
    page.get_by_role("button", name="Continue process of Offered: 1 step waiting").click()
    tom.sees("Offer for Offered")


def test_s9_the_steps_of_all_chosen_rows_are_continued_one_after_the_other(
    demo: Demo, arrive: Arrive
) -> None:
    names = [f"Queued {number}" for number in range(3)]
    for name in names:
        demo.start("prepare_offer", actor="tom", account=made(demo, "account", name=name, city="Oslo")["id"])
    tom = arrive(demo, "tom", path="/records/account?q=Queued&sort=name")
    page = tom.page
    page.get_by_label("Choose Queued 0").click()
    page.get_by_label("Choose Queued 2").click(modifiers=["Shift"])
    page.get_by_role("group", name="3 chosen").get_by_role("button", name="Continue").click()
    title = page.get_by_role("heading", name="Offer for Queued", level=1)
    seen = set()
    for _ in names:
        expect(title).to_be_visible()
        shown = title.inner_text()
        seen.add(shown.removeprefix("Offer for ").split(" (")[0])
        tom.press("Close")
        expect(page.get_by_role("heading", name=shown, level=1)).to_be_hidden()
    assert seen == set(names)
    expect(title).to_be_hidden()


def test_d2_a_list_is_exported_and_imported_with_every_problem_named(
    demo: Demo, arrive: Arrive, tmp_path: Path
) -> None:
    vera = arrive(demo, "vera", path="/records/contact?q=oslo")
    page = vera.page
    page.get_by_label("Export and import").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Export this list").click()
    header, *lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert "email" in header
    assert lines
    assert all("oslo" in line.casefold() for line in lines)
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text("name,email,wants_newsletter\nAda,ada@example.org,perhaps\nBo,bo@example.org,true\n")
    good.write_text("name,email\nAda Import,ada.import@example.org\n")
    page.get_by_label("Export and import").click()
    page.get_by_role("menuitem", name="Import a CSV file").click()
    dialog = page.get_by_role("dialog", name="Import contacts")
    dialog.locator("input[type=file]").set_input_files(bad)
    expect(dialog.get_by_role("listitem").filter(has_text="Line 2")).to_contain_text("perhaps")
    dialog.locator("input[type=file]").set_input_files(good)
    expect(dialog.get_by_text("1 would be added, 0 changed, 0 stay as they are.")).to_be_visible()
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("1 added, 0 changed.")).to_be_visible()
    page.get_by_label("Search in this list").fill("Ada Import")
    expect(row(page, "Ada Import")).to_be_visible()


def test_d1_a_record_is_made_with_fields_of_all_kinds_and_errors_beside_them(
    demo: Demo, arrive: Arrive, tmp_path: Path
) -> None:
    lena = arrive(demo, "lena", path="/records/order/new")
    page = lena.page
    lena.press("Speichern")
    wrong = page.get_by_role("main").locator('[aria-invalid="true"]')
    expect(wrong).to_have_count(3)
    expect(page.get_by_label("Order number")).to_be_focused()
    page.get_by_label("Order number").fill("W-1")
    choose(page, "Account", "Old Ins", "Old Insurance")
    choose(page, "Status", "off", "Offered")
    page.get_by_label("Ordered on").fill("2026-11-02")
    page.get_by_label("Net amount").fill("1.234,5")
    page.get_by_label("Discount in percent").fill("10")
    page.get_by_label("Remarks").fill("As agreed\non the phone")
    lena.press("Speichern")
    expect(page.get_by_role("heading", name="W-1")).to_be_visible()
    shown = page.get_by_role("main").get_by_role("definition")
    expect(shown.filter(has_text="1.234,50")).to_be_visible()
    expect(shown.filter(has_text="1.322,15")).to_be_visible()  # worked out by the server
    expect(shown.filter(has_text="Lena Brandt")).to_be_visible()
    page.get_by_role("link", name="Old Insurance").click()
    expect(page.get_by_role("heading", name="Old Insurance")).to_be_visible()


def test_an_edit_that_comes_too_late_shows_both_and_lets_choose(demo: Demo, arrive: Arrive) -> None:
    record = made(demo, "contact", name="Kim", email="kim@example.org", city="Oslo")
    vera = arrive(demo, "vera", path=f"/records/{record['id']}")
    page = vera.page
    vera.press("Edit")
    page.get_by_label("City").fill("Bergen")
    page.get_by_label("Phone").fill("+47 22 00 00 00")
    changed = demo.server.client.put(
        f"/records/{record['id']}",
        json={"values": {"city": "Narvik", "job_title": "Pilot"}},
        headers={"stepwell-actor": "nora"},
    )
    assert changed.status_code == 200, changed.text
    page.reload()
    expect(page.get_by_label("City")).to_have_value("Bergen")  # what was typed outlives a reload
    vera.press("Save")
    dialog = page.get_by_role("dialog", name="Somebody has saved before you")
    expect(dialog).to_contain_text("Nora Iversen has saved this record meanwhile")
    dialog.get_by_label("Theirs: Narvik").check()
    dialog.get_by_role("button", name="Save").click()
    shown = page.get_by_role("main").get_by_role("definition")
    expect(shown.filter(has_text="Narvik")).to_be_visible()
    expect(shown.filter(has_text="+47 22 00 00 00")).to_be_visible()
    expect(shown.filter(has_text="Pilot")).to_be_visible()
    history = page.get_by_role("region", name="History")
    expect(history.get_by_role("listitem").first).to_contain_text("Vera Lindqvist changed it")
    expect(history.get_by_role("listitem").filter(has_text="Nora Iversen")).to_contain_text("Oslo → Narvik")


def test_d2_a_record_shows_what_belongs_to_it_and_keeps_files(
    demo: Demo, arrive: Arrive, tmp_path: Path
) -> None:
    account = made(demo, "account", name="Related", city="Oslo")
    number = account["id"].partition("/")[2]
    made(demo, "contact", name="Rel Ated", email="rel@example.org", account=number)
    vera = arrive(demo, "vera", path=f"/records/{account['id']}")
    page = vera.page
    contacts = page.get_by_role("region", name="Contacts by Account")
    expect(contacts.get_by_role("link", name="Rel Ated")).to_be_visible()
    offer = tmp_path / "offer.txt"
    offer.write_text("An offer")
    page.locator("input[type=file]").first.set_input_files(offer)
    expect(page.get_by_role("link", name="offer.txt")).to_be_visible()
    page.get_by_role("link", name="New case").click()
    page.get_by_label("Case number").fill("REL-1")
    page.get_by_label("Subject").fill("Belongs to it")
    expect(page.get_by_label("Account")).to_have_value("Related")
    vera.press("Save")
    page.get_by_role("link", name="Related").click()
    cases = page.get_by_role("region", name="Cases by Account")
    expect(cases.get_by_role("link", name="Belongs to it")).to_be_visible()
    vera.press("Delete")
    question = page.get_by_role("dialog")
    question.get_by_role("button", name="Delete").click()
    expect(question.get_by_role("alert")).to_contain_text("case")
    question.get_by_role("button", name="Cancel").click()
    contacts.get_by_role("link", name="Rel Ated").click()
    expect(page.get_by_role("heading", name="Rel Ated")).to_be_visible()
    vera.press("Delete")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Contacts")).to_be_visible()


def test_d4_what_one_may_not_see_is_no_section_and_says_so_at_its_address(demo: Demo, arrive: Arrive) -> None:
    definition = {"name": "salary", "plural": "Salaries", "fields": [{"name": "person", "type": "text"}]}
    answer = demo.server.client.post("/record-types", json={"definition": definition})
    assert answer.status_code == 201, answer.text
    admin = arrive(demo, "admin")
    expect(admin.page.get_by_role("navigation").get_by_role("link", name="Salaries")).to_be_visible()
    ines = arrive(demo, "ines", path="/records/salary")
    expect(ines.page.get_by_text("There is no such section.")).to_be_visible()
    expect(ines.page.get_by_role("navigation").get_by_role("link", name="Cases")).to_be_visible()
    expect(ines.page.get_by_role("navigation").get_by_role("link", name="Salaries")).to_have_count(0)
    expect(ines.page.get_by_role("navigation").get_by_role("link", name="Lookups")).to_have_count(0)
    ines.page.goto(f"{demo.address}/records/order")
    expect(rows(ines.page).first).to_be_visible()
    ines.page.goto(f"{demo.address}/records/case/999999")
    expect(ines.page.get_by_text("There is no such record.")).to_be_visible()


def test_the_choices_of_a_lookup_are_added_ordered_and_taken_out(demo: Demo, arrive: Arrive) -> None:
    admin = arrive(demo, "admin", path="/lookups")
    page = admin.page
    page.get_by_role("link", name="Case category").click()
    admin.press("New choice")
    page.get_by_label("Code").fill("praise")
    admin.press("Save")
    expect(page.get_by_role("dialog").locator('[aria-invalid="true"]')).to_have_count(1)
    page.get_by_label("Label").fill("Praise")
    admin.press("Save")
    expect(rows(page).last).to_contain_text("Praise")
    page.get_by_label("Praise: one place up").click()
    expect(rows(page).last).not_to_contain_text("Praise")
    page.get_by_role("button", name="Praise", exact=True).click()
    page.get_by_role("dialog").get_by_label("Label").fill("Big praise")
    admin.press("Save")
    page.get_by_label("Big praise can be chosen").press("Space")
    expect(page.get_by_label("Big praise can be chosen")).not_to_be_checked()
    page.goto(f"{demo.address}/records/case/new")
    page.get_by_label("Category").fill("praise")
    expect(page.get_by_text("Nothing found")).to_be_visible()


def visit(person: Person, place: str, seen: dict[str, list[str]]) -> None:
    """Look at a page when all of it has been read."""
    expect(person.page.locator(".mantine-Loader-root")).to_have_count(0)
    look_at(person, place, seen)


def section_pages(person: Person, demo: Demo, seen: dict[str, list[str]]) -> None:
    page = person.page
    expect(rows(page).first).to_be_visible()
    page.get_by_label("Choose", exact=False).nth(1).click()
    page.get_by_role("button", name="1 condition").click()
    visit(person, "a section with its filter", seen)
    page.get_by_role("button", name="Views").click()
    expect(page.get_by_role("menuitem", name="Save as a new view")).to_be_visible()
    visit(person, "the views", seen)
    page.keyboard.press("Escape")
    page.get_by_role("group", name="1 chosen").get_by_role("button", name="Run process").click()
    expect(page.get_by_role("dialog").get_by_role("button", name=OFFER)).to_be_visible()
    visit(person, "running for many", seen)
    page.keyboard.press("Escape")


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_of_records_has_a_serious_finding(demo: Demo, arrive: Arrive, screen: dict[str, Any]) -> None:
    seen: dict[str, list[str]] = {}
    filter = json.dumps({"all": [{"field": "city", "op": "is not empty"}]})
    admin = arrive(demo, "admin", path=f"/records/account?filter={filter}", **screen)
    page = admin.page
    section_pages(admin, demo, seen)
    record = first(demo, "account", name="Old Insurance")
    page.goto(f"{demo.address}/records/{record['id']}")
    expect(page.get_by_role("region", name="History").get_by_role("listitem").first).to_be_visible()
    visit(admin, "a record", seen)
    admin.press("Edit")
    page.get_by_label("Company").fill("")
    admin.press("Save")
    expect(page.get_by_label("Company")).to_be_focused()
    visit(admin, "a record being changed", seen)
    page.goto(f"{demo.address}/records/document/new")
    expect(page.get_by_label("Title")).to_be_visible()
    visit(admin, "a new record", seen)
    page.goto(f"{demo.address}/lookups")
    expect(rows(page).first).to_be_visible()
    visit(admin, "the lookups", seen)
    page.goto(f"{demo.address}/lookups/case_status")
    page.get_by_role("button", name="Closed", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    visit(admin, "a choice", seen)
    assert not seen, "\n".join(f"{place}: {one}" for place, found in seen.items() for one in found)


def lose_first_answer(page: Page, where: str) -> None:
    """The server carries the command out, and what it answers gets lost on the way."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(where, lose, times=1)


def test_what_is_sent_again_after_a_lost_answer_is_there_once(
    demo: Demo, arrive: Arrive, tmp_path: Path
) -> None:
    vera = arrive(demo, "vera", path="/records/contact/new")
    page = vera.page
    page.get_by_label("Name").fill("Only Once")
    page.get_by_label("E-mail").fill("only.once@example.org")
    lose_first_answer(page, "**/api/v1/records/contact")
    vera.press("Save")
    expect(page.get_by_role("alert").filter(has_text="The server can not be reached")).to_be_visible()
    vera.press("Save")
    expect(page.get_by_role("heading", name="Only Once")).to_be_visible()
    table = tmp_path / "table.csv"
    table.write_text("name,email\nOnly Once Too,once.too@example.org\n")
    page.goto(f"{demo.address}/records/contact?q=Only+Once")
    page.get_by_label("Export and import").click()
    page.get_by_role("menuitem", name="Import a CSV file").click()
    dialog = page.get_by_role("dialog", name="Import contacts")
    dialog.locator("input[type=file]").set_input_files(table)
    lose_first_answer(page, "**/import?trial=false")
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(dialog.get_by_role("alert").filter(has_text="The server can not be reached")).to_be_visible()
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("1 added, 0 changed.")).to_be_visible()
    expect(row(page, "Only Once Too")).to_have_count(1)
    expect(rows(page)).to_have_count(2)


def test_t7_the_year_of_a_point_in_time_is_typed_digit_by_digit(demo: Demo, arrive: Arrive) -> None:
    page = arrive(demo, "nora", path="/records/case").page
    page.get_by_role("button", name="Filter", exact=True).click()
    panel = page.get_by_role("region", name="Filter")
    panel.get_by_role("button", name="Condition", exact=True).click()
    panel.get_by_label("Field", exact=True).select_option(label="Created at")
    panel.get_by_label("How it is compared").select_option(label="is after")
    moment = panel.get_by_label("Value")
    moment.fill("2020-11-11T11:11")
    moment.press_sequentially("11112021")
    expect(moment).to_have_value("2021-11-11T11:11")


def test_what_could_not_be_read_about_a_record_is_not_shown_as_nothing(demo: Demo, arrive: Arrive) -> None:
    record = first(demo, "contact")
    page = arrive(demo, "vera").page
    for part in ("related", "approvals", "history", "processes"):
        page.route(f"**/api/v1/records/contact/*/{part}*", lambda route: route.fulfill(status=503))
    page.goto(f"{demo.address}/records/{record['id']}")
    main = page.get_by_role("main")
    expect(main.get_by_role("alert")).to_have_count(3)
    main.get_by_role("button", name="Run process").click()
    expect(page.get_by_role("menuitem", name="Try again")).to_be_visible()
    page.unroute_all()
    page.get_by_role("menuitem", name="Try again").click()
    expect(page.get_by_role("menuitem", name="Try again")).to_have_count(0)
    page.keyboard.press("Escape")
    history = main.get_by_role("region", name="History")
    history.get_by_role("button", name="Try again").click()
    expect(history.get_by_role("listitem").first).to_be_visible()
    expect(main.get_by_role("alert")).to_have_count(2)


def test_a_logout_that_failed_says_so(demo: Demo, arrive: Arrive) -> None:
    page = arrive(demo, "vera").page
    page.route("**/api/v1/logout", lambda route: route.abort())
    page.get_by_role("button", name="settings and log out").click()
    page.get_by_role("menuitem", name="Log out").click()
    expect(page.get_by_text("The server can not be reached.")).to_be_visible()
    expect(page.get_by_role("button", name="Run process")).to_be_visible()
