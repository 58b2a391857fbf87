"""Steps in the browser: what a person does from the login to the next step."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.web.conftest import Arrive, Demo, Person, demonstration


def welcome(person: Person, company: str) -> None:
    """Run the process that welcomes a customer, up to its question."""
    person.press("Run process")
    person.page.get_by_label("Search processes").fill("welcome")
    person.page.keyboard.press("Enter")
    person.press("Start")
    person.sees("Who is the new customer?")
    person.page.get_by_label("Company").fill(company)
    person.page.get_by_label("City").fill("Oslo")
    person.press("Keep it")
    person.sees(f"Whom do we talk to at {company}?")
    person.page.get_by_label("Name*").fill("Ann Ames")
    person.page.get_by_label("E-mail").fill("ann@example.org")
    person.press("Save")
    person.sees(f"What does {company} need first?")


def test_r4_the_next_step_opens_by_itself_on_both_databases(
    empty_database_url: str, tmp_path: Path, arrive: Arrive
) -> None:
    with demonstration(empty_database_url, tmp_path) as demo:
        tom = arrive(demo, "tom", logs_in=False)
        tom.log_in(demo.password)
        welcome(tom, "Acme")
        tom.page.keyboard.press("1")
        tom.page.keyboard.press("2")
        expect(tom.page.get_by_label("A visit")).not_to_be_checked()
        tom.page.keyboard.press("3")
        tom.page.keyboard.press("Enter")
        expect(tom.page.get_by_role("heading", name="What does Acme need first?")).to_be_hidden()
        expect(tom.row("What does Acme need first?")).to_have_count(0)


def ask_for_discount(demo: Demo, percent: int) -> None:
    """Tom asks for a discount, in the foreground: it is for Samir, his manager, in person."""
    account = demo.server.client.get("/records/account?limit=1").json()["items"][0]["id"]
    variables = {"account": account, "seller": "tom", "discount": percent}
    body = {"process_id": "approve_discount", "variables": variables, "actor": "tom", "foreground": True}
    answer = demo.server.client.post("/instances", json=body)
    assert answer.status_code == 201, answer.text


def test_r5_steps_of_others_wait_until_the_page_that_is_open_is_closed(demo: Demo, arrive: Arrive) -> None:
    samir = arrive(demo, "samir")
    expect(samir.panel.get_by_text("Live", exact=True)).to_be_visible()
    samir.page.get_by_role("main").click()
    ask_for_discount(demo, 11)
    samir.sees("11 percent for this account?")
    samir.page.get_by_label("Comment", exact=True).fill("Not so fast")
    ask_for_discount(demo, 12)
    expect(samir.row("12 percent for this account?")).to_be_visible()
    samir.sees("11 percent for this account?")
    expect(samir.page.get_by_label("Comment", exact=True)).to_have_value("Not so fast")
    samir.press("Approve")
    samir.sees("12 percent for this account?")
    samir.press("Close")
    expect(samir.page.get_by_role("heading", name="Hello, Samir Haddad")).to_be_visible()
    expect(samir.row("12 percent for this account?")).to_be_visible()


def test_k3_a_required_question_says_what_it_expects(demo: Demo, arrive: Arrive) -> None:
    tom = arrive(demo, "tom")
    welcome(tom, "Bolts")
    tom.page.get_by_label("The catalogue, by mail").uncheck()
    tom.page.get_by_label("A visit").uncheck()
    tom.press("Save")
    expect(tom.page.get_by_role("alert").filter(has_text="Expected an answer")).to_be_visible()
    expect(tom.page.get_by_label("The catalogue, by mail")).to_be_focused()


def test_s5_what_was_typed_is_there_again_after_a_close(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="lena")
    lena = arrive(demo, "lena")
    lena.page.get_by_role("complementary").get_by_role("link", name="Wer ist der neue Kunde?").click()
    lena.page.get_by_label("Company").fill("Half a na")
    lena.press("Schließen")
    expect(lena.page.get_by_label("Company")).to_be_hidden()
    lena.page.get_by_role("complementary").get_by_role("link", name="Wer ist der neue Kunde?").click()
    expect(lena.page.get_by_label("Company")).to_have_value("Half a na")


def test_errors_stand_beside_the_fields_and_the_first_has_the_focus(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="samir")
    samir = arrive(demo, "samir")
    samir.open("Who is the new customer?")
    samir.press("Keep it")
    expect(samir.page.get_by_text("Expected a value, but there is none.")).to_have_count(2)
    expect(samir.page.get_by_label("Company")).to_be_focused()
    expect(samir.page.get_by_role("link", name="bpmn.io")).to_be_visible()


def test_k5_a_page_in_parts_opens_the_next_when_this_one_is_right(demo: Demo, arrive: Arrive) -> None:
    account = demo.server.client.get("/records/account?limit=1").json()["items"][0]["id"]
    demo.start("prepare_offer", actor="samir", account=account)
    samir = arrive(demo, "samir")
    samir.panel.get_by_role("link", name="Offer for").click()
    expect(samir.page.get_by_label("Delivery by")).to_be_hidden()
    samir.press("Next")
    expect(samir.page.get_by_text("Expected a value, but there is none.")).to_be_visible()
    samir.page.get_by_label("Net amount in EUR").fill("2000")
    samir.page.route("**/examine", lambda route: route.abort())
    samir.press("Next")
    expect(samir.page.get_by_role("alert").filter(has_text="can not be reached")).to_be_visible()
    samir.page.unroute("**/examine")
    samir.press("Next")
    expect(samir.page.get_by_label("Delivery by")).to_be_visible()
    expect(samir.page.get_by_label("Net amount in EUR")).to_be_hidden()


def test_k5_what_is_wrong_behind_another_tab_is_shown(demo: Demo, arrive: Arrive) -> None:
    def in_tabs(route: Route) -> None:
        answer = route.fetch()
        page = answer.json()
        page["schema"]["layout"] = {"tabs": page["schema"]["layout"]["steps"]}
        route.fulfill(response=answer, json=page)

    account = demo.server.client.get("/records/account?limit=1").json()["items"][0]["id"]
    demo.start("prepare_offer", actor="ines", account=account)
    ines = arrive(demo, "ines")
    ines.page.route("**/open", in_tabs)
    ines.panel.get_by_role("link", name="Offer for").click()
    ines.page.get_by_role("tab", name="Check").click()
    ines.page.get_by_label("Prices are those of this year").check()
    expect(ines.page.get_by_label("Net amount in EUR")).to_be_hidden()
    ines.press("Send the offer")
    expect(ines.page.get_by_role("tab", name="What", exact=True)).to_have_attribute("aria-selected", "true")
    expect(ines.page.get_by_label("Net amount in EUR")).to_be_focused()


def test_t1_a_step_comes_and_goes_without_a_reload(demo: Demo, arrive: Arrive) -> None:
    nora, samir = arrive(demo, "nora"), arrive(demo, "samir")
    demo.start("order", amount=2000, customer="Live")
    expect(nora.row("Approve the order")).to_be_visible()
    expect(samir.row("Approve the order")).to_be_visible()
    nora.act("Approve the order", "Assign to me")
    expect(samir.row("Approve the order")).to_have_count(0)
    nora.act("Approve the order", "Give back to the role")
    expect(samir.row("Approve the order")).to_be_visible()
    samir.open("Approve the order")
    samir.press("Done")
    expect(nora.row("Approve the order")).to_have_count(0)


def test_t1_all_tabs_of_a_browser_hear_by_one_channel(demo: Demo, arrive: Arrive) -> None:
    mia = arrive(demo, "mia")
    channels: list[str] = []
    other = mia.page.context.new_page()
    other.on("request", lambda asked: channels.append(asked.url) if "/events" in asked.url else None)
    other.goto(demo.address)
    second = Person(other, "mia")
    expect(second.panel.get_by_text("Live", exact=True)).to_be_visible()
    demo.start("welcome_customer", actor="mia")
    expect(second.row("Who is the new customer?").first).to_be_visible()
    assert channels == []
    mia.page.close()
    expect(second.panel.get_by_text("Live", exact=True)).to_be_visible()
    second.act("Who is the new customer?", "Assign to someone else")
    second.hand_to("Paul")
    expect(second.row("Who is the new customer?")).to_have_count(0)


def test_t5_who_has_it_open_is_told_who_was_faster(demo: Demo, arrive: Arrive) -> None:
    nora, vera = arrive(demo, "nora"), arrive(demo, "vera")
    demo.start("order", amount=3000, customer="Both")
    nora.open("Approve the order")
    vera.open("Approve the order")
    expect(vera.page.get_by_text("Nora Iversen has this open, too")).to_be_visible()
    vera.press("Done")
    dialog = nora.page.get_by_role("dialog", name="Vera Lindqvist has done this step")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").first.click()
    expect(nora.page.get_by_role("heading", name="Approve the order")).to_be_hidden()


def test_t5_who_has_it_open_is_told_when_it_is_handed_on(demo: Demo, arrive: Arrive) -> None:
    id = demo.start("welcome_customer", actor="jon")
    jon = arrive(demo, "jon")
    jon.open("Who is the new customer?")
    jon.page.get_by_label("Company").fill("Half a name")
    expect(jon.page.get_by_text("Draft kept")).to_be_visible()
    [task] = demo.server.client.get("/user-tasks", params={"instance": id}).json()["items"]
    handed = demo.server.client.post(
        f"/user-tasks/{task['id']}/reassign", json={"assignee": "tom", "actor": "vera"}
    )
    assert handed.status_code == 200, handed.text
    dialog = jon.page.get_by_role("dialog", name="Vera Lindqvist has taken this step")
    expect(dialog.get_by_text("Company: Half a name")).to_be_visible()


def test_t5_after_a_time_without_a_connection_a_step_that_is_over_says_so(demo: Demo, arrive: Arrive) -> None:
    demo.start("order", amount=3000, customer="Unheard")
    nora, vera = arrive(demo, "nora"), arrive(demo, "vera")
    nora.page.route("**/api/v1/events*", lambda route: route.abort())
    nora.page.reload()
    for person in (nora, vera):
        person.row("Approve the order").filter(has_text="Order of Unheard").get_by_role("link").click()
        person.sees("Approve the order")
    vera.press("Done")
    expect(vera.page.get_by_role("heading", name="Approve the order", level=1)).to_be_hidden()
    nora.page.unroute("**/api/v1/events*")
    dialog = nora.page.get_by_role("dialog", name="Vera Lindqvist has done this step")
    expect(dialog.get_by_text("Vera Lindqvist did it on")).to_be_visible()
    expect(dialog.get_by_text("You had not filled in anything.")).to_be_visible()


def test_t5_who_has_done_a_step_in_another_tab_is_told_so_in_this_one(demo: Demo, arrive: Arrive) -> None:
    demo.start("order", amount=3000, customer="Twice")
    nora = arrive(demo, "nora")
    nora.row("Approve the order").filter(has_text="Order of Twice").get_by_role("link").click()
    nora.sees("Approve the order")
    other = Person(nora.page.context.new_page(), "nora")
    other.page.goto(nora.page.url)
    other.sees("Approve the order")
    other.press("Done")
    expect(other.page.get_by_role("heading", name="Approve the order", level=1)).to_be_hidden()
    expect(other.page.get_by_role("dialog")).to_have_count(0)
    nora.page.get_by_role("dialog", name="You have done this step in another place").press("Escape")
    expect(nora.page.get_by_role("heading", name="Approve the order", level=1)).to_be_hidden()


def test_s4_a_step_that_is_performed_later_comes_under_future_tasks(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="vera")
    vera = arrive(demo, "vera")
    vera.act("Who is the new customer?", "Perform later")
    vera.press("In a week at 9")
    vera.press("Reschedule")
    expect(vera.row("Who is the new customer?")).to_have_count(0)
    vera.panel.get_by_label("Show future tasks").check()
    expect(vera.row("Who is the new customer?")).to_be_visible()


def test_s6_a_step_is_handed_to_a_colleague(demo: Demo, arrive: Arrive) -> None:
    demo.start("welcome_customer", actor="nora")
    nora = arrive(demo, "nora")
    nora.act("Who is the new customer?", "Assign to someone else")
    nora.hand_to("Ines")
    expect(nora.row("Who is the new customer?")).to_have_count(0)
    ines = arrive(demo, "ines")
    expect(ines.row("Who is the new customer?")).to_be_visible()


@pytest.mark.parametrize("path", ["/nowhere", "/tasks"])
def test_an_address_is_still_there_behind_the_login(demo: Demo, arrive: Arrive, path: str) -> None:
    ines = arrive(demo, "ines", path=path, logs_in=False)
    ines.log_in(demo.password)
    assert ines.page.url == demo.address + path


def test_a_wrong_password_is_answered_in_words(demo: Demo, arrive: Arrive) -> None:
    paul = arrive(demo, "paul", logs_in=False)
    paul.page.get_by_text("paul", exact=True).click()
    paul.page.get_by_role("textbox", name="Password").fill("not this one")
    paul.press("Log in")
    expect(paul.page.get_by_role("alert").filter(has_text="do not fit each other")).to_be_visible()


def test_the_panel_says_when_it_hears_nothing_and_comes_back_by_itself(demo: Demo, arrive: Arrive) -> None:
    paul = arrive(demo, "paul")
    paul.page.route("**/api/v1/events*", lambda route: route.abort())
    paul.page.reload()
    expect(paul.page.get_by_text("No connection to the server.")).to_be_visible()
    paul.page.unroute("**/api/v1/events*")
    expect(paul.page.get_by_text("Live", exact=True)).to_be_visible()
