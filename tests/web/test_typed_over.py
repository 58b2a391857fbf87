"""What is typed on a page is neither lost nor undoes what others saved meanwhile."""

import re
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Arrive, Demo, Person, comes_true
from tests.web.test_step_pages import begin, choose, first

CONFLICT = "Somebody has saved before you"


def values(demo: Demo, record: str) -> dict[str, Any]:
    found: dict[str, Any] = demo.server.client.get(f"/records/{record}").json()["values"]
    return found


def change(demo: Demo, record: str, actor: str = "", **changed: object) -> None:
    answer = demo.server.client.put(f"/records/{record}", json={"values": changed, "actor": actor})
    assert answer.status_code == 200, answer.text


def hear_nothing(page: Page) -> None:
    """What others do is not taken in before one presses a button."""
    page.route("**/api/v1/events*", lambda route: route.abort())
    page.reload()


def open_call(demo: Demo, arrive: Arrive, id: str) -> tuple[Person, str]:
    """Tom has an activity of a step open, and hears nothing of others; with its record."""
    begin(demo, id, '<stepwell:activityStep category="Call"/>', actor="tom")
    tom = arrive(demo, "tom")
    tom.open(f"Step of {id}")
    expect(tom.page.get_by_label("Subject*")).to_be_visible()
    items = demo.server.client.get("/activities", params={"of_process": True}).json()["items"]
    [record] = [one["id"] for one in items if one["title"] == f"Step of {id}"]
    return tom, record


def test_k1_what_others_changed_of_an_open_activity_is_taken_in(demo: Demo, arrive: Arrive) -> None:
    tom, record = open_call(demo, arrive, "taken_in")
    expect(tom.panel.get_by_text("Live", exact=True)).to_be_visible()
    details = tom.page.get_by_label("Details of the result")
    details.fill("Tom asked")
    change(demo, record, subject="Call them now", due="2031-03-01T09:00:00Z")
    expect(tom.page.get_by_label("Subject*")).to_have_value("Call them now")
    expect(details).to_be_focused()
    tom.press("Save for later")
    expect(tom.page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(tom.page.get_by_text("until its conditions are met")).to_have_count(0)
    details.fill("Tom asked twice")
    with tom.page.expect_response("**/complete") as second:
        tom.press("Save for later")
    assert second.value.status == 200
    now = values(demo, record)
    assert (now["subject"], now["due"]) == ("Call them now", "2031-03-01T09:00:00Z")
    assert now["result_details"] == "Tom asked twice"


def open_case(demo: Demo, arrive: Arrive, id: str) -> tuple[Person, str]:
    """Jon has the page of a case open, and hears nothing of others; with the case."""
    given = {"values": {"number": f"C-{id}", "subject": f"Case of {id}"}}
    made = demo.server.client.post("/records/case", json=given).json()
    begin(
        demo, id, '<stepwell:recordPage recordType="case" record="= about"/>', actor="jon", about=made["id"]
    )
    jon = arrive(demo, "jon")
    jon.open(f"Step of {id}")
    expect(jon.page.get_by_label("Subject*")).to_have_value(f"Case of {id}")
    return jon, made["id"]


def test_k2_what_others_saved_of_a_record_is_taken_in_when_its_page_is_opened_again(
    demo: Demo, arrive: Arrive
) -> None:
    jon, case = open_case(demo, arrive, "newer")
    jon.page.get_by_label("Description").fill("What Jon says")
    expect(jon.page.get_by_text("Draft kept")).to_be_visible()
    jon.press("Close")
    change(demo, case, "mia", subject="What Mia says")
    jon.open("Step of newer")
    expect(jon.page.get_by_label("Subject*")).to_have_value("What Mia says")
    expect(jon.page.get_by_label("Description")).to_have_value("What Jon says")
    with jon.page.expect_response("**/complete") as answer:
        jon.press("Save")
    assert answer.value.status == 200
    now = values(demo, case)
    assert (now["subject"], now["description"]) == ("What Mia says", "What Jon says")


def test_k2_a_draft_over_what_others_changed_since_is_a_choice(demo: Demo, arrive: Arrive) -> None:
    jon, case = open_case(demo, arrive, "disputed")
    subject = jon.page.get_by_label("Subject*")
    subject.fill("What Jon says")
    expect(jon.page.get_by_text("Draft kept")).to_be_visible()
    jon.press("Close")
    change(demo, case, "mia", subject="What Mia says", description="Mia knows more")
    jon.open("Step of disputed")
    expect(subject).to_have_value("What Jon says")
    expect(jon.page.get_by_label("Description")).to_have_value("Mia knows more")
    jon.press("Save")
    dialog = jon.page.get_by_role("dialog", name=CONFLICT)
    expect(dialog.get_by_role("radiogroup")).to_have_count(1)
    dialog.get_by_role("radio", name="What Mia says").check()
    dialog.get_by_role("button", name="Save").click()
    expect(jon.row("Step of disputed")).to_have_count(0)
    now = values(demo, case)
    assert (now["subject"], now["description"]) == ("What Mia says", "Mia knows more")


def test_k1_who_saves_an_activity_second_sees_both_and_chooses(demo: Demo, arrive: Arrive) -> None:
    tom, record = open_call(demo, arrive, "both")
    page = tom.page
    hear_nothing(page)
    page.get_by_label("Subject*").fill("What Tom says")
    change(demo, record, subject="What Mia says", due="2031-03-01T09:00:00Z")
    tom.press("Save for later")
    dialog = page.get_by_role("dialog", name=CONFLICT)
    expect(dialog).to_contain_text("They have also changed, and that stays: Due.")
    expect(dialog.get_by_role("radiogroup")).to_have_count(1)
    dialog.get_by_role("radio", name="What Mia says").check()
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Subject*")).to_have_value("What Mia says")
    now = values(demo, record)
    assert (now["subject"], now["due"]) == ("What Mia says", "2031-03-01T09:00:00Z")
    choose(tom, "Result*", "Completed")
    tom.press("Save")
    expect(tom.row("Step of both")).to_have_count(0)
    assert values(demo, record)["due"] == "2031-03-01T09:00:00Z"


def test_s5_a_draft_brings_back_what_was_typed_and_nothing_else(demo: Demo, arrive: Arrive) -> None:
    tom, record = open_call(demo, arrive, "drafted")
    tom.page.get_by_label("Details of the result").fill("Tom asked")
    expect(tom.page.get_by_text("Draft kept")).to_be_visible()
    tom.press("Close")
    change(demo, record, subject="Call them at noon")
    tom.open("Call them at noon")
    expect(tom.page.get_by_label("Subject*")).to_have_value("Call them at noon")
    expect(tom.page.get_by_label("Details of the result")).to_have_value("Tom asked")


def test_k2_two_who_save_different_fields_of_one_page_keep_both(demo: Demo, arrive: Arrive) -> None:
    case = first(demo, "case")["id"]
    page = """<stepwell:assignment roles="service"/>
      <stepwell:recordPage recordType="case" record="= about"><stepwell:filter>
      <stepwell:condition field="subject" op="=" value="Never so"/></stepwell:filter></stepwell:recordPage>"""
    begin(demo, "shared", page, actor="paul", about=case)
    jon, mia = arrive(demo, "jon"), arrive(demo, "mia")
    hear_nothing(mia.page)
    for person in (jon, mia):
        person.open("Step of shared")
        expect(person.page.get_by_label("Subject*")).to_be_visible()
    jon.page.get_by_label("Subject*").fill("What Jon says")
    jon.press("Save")
    expect(jon.page.get_by_text("Saved. 1 condition is still open.")).to_be_visible()
    jon.page.get_by_label("Subject*").fill("What Jon says now")
    with jon.page.expect_response("**/complete") as second:
        jon.press("Save")
    assert second.value.status == 200
    mia.page.get_by_label("Description").fill("What Mia says")
    mia.press("Save")
    dialog = mia.page.get_by_role("dialog", name=CONFLICT)
    expect(dialog).to_contain_text("They have also changed, and that stays: Subject.")
    with mia.page.expect_response("**/complete"):
        dialog.get_by_role("button", name="Save").click()
    expect(mia.page.get_by_label("Subject*")).to_have_value("What Jon says now")
    now = values(demo, case)
    assert (now["subject"], now["description"]) == ("What Jon says now", "What Mia says")


def test_a_number_that_others_would_read_otherwise_is_refused_in_words(demo: Demo, arrive: Arrive) -> None:
    lena = arrive(demo, "lena", path="/records/order/new")
    page = lena.page
    page.get_by_label("Order number").fill("W-2")
    amount = page.get_by_label("Net amount")
    amount.fill("12.50")
    amount.blur()
    expect(page.get_by_text("Erwartet wird eine Zahl wie 1.234,50, aber da steht „12.50“.")).to_be_visible()
    with page.expect_response("**/records/order") as answer:
        lena.press("Speichern")
    assert answer.value.status == 422
    expect(amount).to_have_value("12.50")
    amount.fill("12,50")
    amount.blur()
    expect(page.get_by_text("aber da steht")).to_have_count(0)


def answering(page: Page, where: str, status: int, body: str) -> None:
    page.route(where, lambda route: route.fulfill(status=status, body=body))


def test_s5_a_draft_that_the_server_refuses_stays_in_the_browser_and_says_so(
    demo: Demo, arrive: Arrive
) -> None:
    demo.start("welcome_customer", actor="mia")
    mia = arrive(demo, "mia")
    mia.open("Who is the new customer?")
    company = mia.page.get_by_label("Company")
    answering(mia.page, "**/draft", 429, "{}")
    company.fill("Typed too often")
    expect(mia.page.get_by_text("Kept in this browser until the server takes it")).to_be_visible()
    mia.page.unroute("**/draft")
    answering(mia.page, "**/draft", 413, '{"code": "x", "detail": "Expected less than that."}')
    company.fill("Typed too much")
    expect(mia.page.get_by_text("Kept in this browser only: Expected less than that.")).to_be_visible()
    mia.page.reload()
    expect(company).to_have_value("Typed too much")
    mia.page.unroute("**/draft")
    company.fill("Typed at last")
    expect(mia.page.get_by_text("Draft kept")).to_be_visible()
    assert comes_true(mia.page, "!Object.keys(localStorage).some((one) => one.includes('unsaved'))")


def test_an_answer_that_was_cut_off_is_said_and_what_was_pressed_counts_once(
    demo: Demo, arrive: Arrive
) -> None:
    tom, record = open_call(demo, arrive, "cut_off")
    page = tom.page
    keys: list[str] = []

    def cut(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) > 1:
            route.continue_()
            return
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text()[:20])

    page.route("**/complete", cut)
    page.get_by_label("Subject*").fill("Said once")
    tom.press("Save for later")
    expect(page.get_by_role("alert").filter(has_text="The server can not be reached")).to_be_visible()
    tom.press("Save for later")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert keys[0] == keys[1]
    entries = demo.server.client.get(f"/records/{record}/history").json()["items"]
    assert len([one for one in entries if re.search("Said once", str(one))]) == 1


def test_t5_who_was_slower_gets_back_what_they_typed_as_they_read_it(demo: Demo, arrive: Arrive) -> None:
    case = first(demo, "case")["id"]
    page = '<stepwell:assignment roles="service"/><stepwell:recordPage recordType="case" record="= about"/>'
    run = begin(demo, "faster", page, actor="paul", about=case)
    jon, mia = arrive(demo, "jon"), arrive(demo, "mia")
    for person in (jon, mia):
        person.open("Step of faster")
        expect(person.page.get_by_label("Subject*")).to_be_visible()
    jon.page.get_by_label("Solution").fill("Jon took it back")
    for label, wanted in (("Category", "Return"), ("Account", "Maple College")):
        jon.page.get_by_label(label).fill(wanted)
        jon.page.get_by_role("option", name=wanted).first.click()
    expect(jon.page.get_by_text("Draft kept")).to_be_visible()
    [step] = demo.server.client.get("/user-tasks", params={"instance": run}).json()["items"]
    cancelled = demo.post_as("admin", f"/user-tasks/{step['id']}/cancel", {"reason": "enough"})
    assert cancelled.status_code == 200, cancelled.text
    for person in (jon, mia):
        expect(person.page.get_by_role("dialog").get_by_role("heading")).to_contain_text(
            "has cancelled this step"
        )
    expect(mia.page.get_by_role("dialog").get_by_text("You had not filled in anything.")).to_be_visible()
    typed = jon.page.get_by_role("dialog").locator("pre")
    for line in ("Category: Return", "Account: Maple College", "Solution: Jon took it back"):
        expect(typed).to_contain_text(line)
    expect(typed).not_to_contain_text("Subject")
