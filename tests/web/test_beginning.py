"""The first look: who comes to the demonstration finds work that waits, and does it at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.conftest import Arrive, Demo, Person, demonstration
from tests.web.test_for_everybody import SCREENS, visit
from tests.web.test_step_pages import begin
from tests.web.test_tour import walk

QUESTION = "What does Fjord Bakery need first?"
AFTER = "Send the catalogue to Ann Ames"
HAND = "() => { window.clicks = 0; addEventListener('mousedown', () => (window.clicks += 1), true); }"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Demo]:
    """The demonstration as somebody gets it who begins with it."""
    folder = tmp_path_factory.mktemp("begun")
    with demonstration(f"sqlite:///{folder / 'stepwell.db'}", folder, demo_work="true") as found:
        yield found


def ask(demo: Demo, id: str, whose: str, settings: str = "") -> str:
    """A question without a default that wants an answer."""
    answers = "".join(
        f'<stepwell:answer code="{code}" label="{code.title()}"/>' for code in ("red", "green", "blue")
    )
    return begin(
        demo, id, f'{settings}<stepwell:question required="true">{answers}</stepwell:question>', actor=whose
    )


def card(person: Person) -> Locator:
    return person.page.get_by_role("region", name="Next for you")


def count_clicks(page: Page) -> None:
    """Count what the hand does from here on."""
    page.evaluate(HAND)


def clicks(page: Page) -> int:
    return int(page.evaluate("window.clicks"))


def test_after_login_a_question_is_answered_with_two_clicks(begun: Demo, arrive: Arrive) -> None:
    admin = arrive(begun, "admin", logs_in=False, has_tour=True)
    admin.log_in(begun.password)
    count_clicks(admin.page)
    card(admin).get_by_text("A chair to try").click()
    card(admin).get_by_role("button", name="Save").click()
    admin.sees(AFTER)
    assert clicks(admin.page) == 2
    expect(admin.row(QUESTION)).to_have_count(0)
    admin.press("Close")
    expect(card(admin).get_by_role("link", name=AFTER)).to_be_visible()
    expect(card(admin).get_by_role("radio")).to_have_count(0)


def test_after_login_a_question_is_answered_by_the_panel_with_three_clicks(
    begun: Demo, arrive: Arrive
) -> None:
    ask(begun, "colour", "admin")
    admin = arrive(begun, "admin", logs_in=False)
    admin.log_in(begun.password)
    count_clicks(admin.page)
    admin.row("Step of colour").get_by_role("link").click()
    admin.sees("Step of colour")
    admin.page.get_by_role("main").get_by_text("Green").click()
    admin.press("Save")
    expect(admin.row("Step of colour")).to_have_count(0)
    assert clicks(admin.page) == 3


def test_the_first_look_shows_work_of_many_kinds_and_no_number_to_be_afraid_of(
    begun: Demo, arrive: Arrive
) -> None:
    vera, jon, paul = (arrive(begun, name) for name in ("vera", "jon", "paul"))
    expect(vera.row("Approve the order").get_by_text("management")).to_be_visible()
    expect(jon.row("Solve C-2073")).to_be_visible()
    expect(paul.row("Hand the parcel over")).to_be_visible()
    admin = arrive(begun, "admin", path="/notifications")
    expect(admin.page.get_by_text("gave you this step")).to_be_visible()
    admin.page.get_by_role("main").get_by_role("link", name="Approve Framework contract").first.click()
    expect(admin.page.get_by_text("Is that a contract we can live with?")).to_be_visible()
    admin.page.goto(f"{begun.address}/activities")
    expect(admin.page.get_by_text("Call Bright Systems about the delivery")).to_be_visible()


def test_t7_the_tour_is_walked_while_steps_wait(begun: Demo, arrive: Arrive) -> None:
    walk(arrive(begun, "admin", has_tour=True))


def test_k3_the_next_question_is_answered_where_it_is_listed_by_keyboard(demo: Demo, arrive: Arrive) -> None:
    ask(demo, "painting", "mia")
    mia = arrive(demo, "mia")
    answers = card(mia).get_by_role("form", name="Step of painting")
    expect(answers.get_by_role("radio", name="Green")).to_be_visible()
    expect(mia.page.get_by_role("radio", name="Red")).not_to_be_focused()
    answers.get_by_role("button", name="Save").click()
    expect(answers.get_by_role("alert")).to_be_visible()
    expect(answers.get_by_role("radio", name="Red")).to_be_focused()
    mia.page.keyboard.press("2")
    expect(answers.get_by_role("radio", name="Green")).to_be_checked()
    mia.page.keyboard.press("Enter")
    expect(card(mia).get_by_text("Nothing waits for you.")).to_be_visible()


def test_s5_an_answer_that_is_chosen_on_the_start_page_is_there_on_the_page_of_the_step(
    demo: Demo, arrive: Arrive
) -> None:
    ask(demo, "door", "nora")
    nora = arrive(demo, "nora")
    card(nora).get_by_text("Blue").click()
    card(nora).get_by_role("link", name="Step of door").click()
    nora.sees("Step of door")
    expect(nora.page.get_by_role("radio", name="Blue")).to_be_checked()
    nora.page.get_by_text("Red").click()
    expect(nora.page.get_by_text("Draft kept")).to_be_visible()
    nora.press("Close")
    expect(card(nora).get_by_role("radio", name="Red")).to_be_checked()
    card(nora).get_by_role("button", name="Save").click()
    expect(card(nora).get_by_role("radio")).to_have_count(0)


def test_t5_a_question_that_somebody_else_answers_says_so_and_gives_way_to_no_other_by_itself(
    demo: Demo, arrive: Arrive
) -> None:
    step = ask(demo, "lamp", "jon") + "-1"
    jon = arrive(demo, "jon")
    expect(card(jon).get_by_role("form", name="Step of lamp")).to_be_visible()
    ask(demo, "fire", "jon", '<stepwell:timing due="PT1H"/>')
    expect(card(jon).get_by_role("link", name="Step of fire")).to_be_visible()
    expect(card(jon).get_by_role("form", name="Step of lamp")).to_be_visible()
    answer: dict[str, object] = {"button": "save", "values": {"answer": "red"}}
    done = demo.post_as("vera", f"/user-tasks/{step}/complete", answer)
    assert done.is_success, done.text
    expect(card(jon).get_by_role("status")).to_have_text("Vera Lindqvist has done this step")
    card(jon).get_by_role("button", name="Close").click()
    expect(card(jon).get_by_role("form", name="Step of fire")).to_be_visible()
    expect(card(jon).get_by_text("Step of lamp")).to_have_count(0)


def test_r4_a_question_that_is_offered_to_a_role_is_not_opened_by_looking_at_the_start_page(
    demo: Demo, arrive: Arrive
) -> None:
    step = ask(demo, "offered", "vera", '<stepwell:assignment roles="management"/>') + "-1"
    vera = arrive(demo, "vera")
    expect(card(vera).get_by_role("link", name="Step of offered")).to_be_visible()
    ask(demo, "own", "vera", '<stepwell:timing due="PT1H"/>')
    expect(card(vera).get_by_role("form", name="Step of own")).to_be_visible()
    assert demo.server.client.get(f"/user-tasks/{step}/page").status_code == 409


@pytest.mark.parametrize("screen", SCREENS)
def test_a_question_on_the_start_page_has_no_serious_finding(
    demo: Demo, arrive: Arrive, screen: dict[str, Any]
) -> None:
    ask(demo, "roof", "lena")
    lena = arrive(demo, "lena", path="/", **screen)
    answers = lena.page.get_by_role("form", name="Step of roof").first
    answers.get_by_role("button", name="Speichern").click()
    expect(answers.get_by_role("alert")).to_be_visible()
    seen: dict[str, list[str]] = {}
    visit(lena, "a question on the start page", seen)
    assert not seen, seen
