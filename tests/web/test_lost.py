"""A part of the app that does not come: what is told in its place, and that all else goes on."""

from playwright.sync_api import Page, Request, Route, expect

from tests.web.conftest import Arrive, Demo, Person
from tests.web.test_for_everybody import findings

GONE = "This can not be shown right now"


AGAIN = "Try again"


def renew(page: Page, part: str) -> list[str]:
    """The server has another version of the app by now, in which this part has another name, until the page is read anew.
    Gives the addresses of the pages that are read anew.
    """
    read: list[str] = []
    place = f"**/assets/{part}-*.js"

    def is_gone(route: Route) -> None:
        route.fulfill(status=404, body="")

    def is_read(request: Request) -> None:
        if request.is_navigation_request():
            read.append(request.url)
            page.unroute(place, is_gone)

    page.route(place, is_gone)
    page.on("request", is_read)
    return read


def goes_on(person: Person) -> None:
    expect(person.page.get_by_role("navigation", name="Main navigation")).to_be_visible()
    expect(person.panel).to_be_visible()


def test_offline_a_dialog_that_does_not_come_says_so_and_the_page_goes_on(demo: Demo, arrive: Arrive) -> None:
    tom = arrive(demo, "tom")
    goes_on(tom)
    tom.page.context.set_offline(True)
    tom.press("Run process")
    told = tom.page.get_by_role("dialog", name=GONE)
    expect(told).to_be_focused()
    goes_on(tom)
    told.get_by_role("button", name=AGAIN).click()
    tom.page.keyboard.press("Escape")
    expect(told).to_have_count(0)
    tom.press("Run process")
    expect(told).to_be_visible()
    assert findings(tom.page) == []
    tom.page.context.set_offline(False)
    told.get_by_role("button", name=AGAIN).click()
    expect(told).to_have_count(0)  # a browser remembers that it did not come, so the page is read anew
    tom.press("Run process")
    expect(tom.page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()


def test_after_an_upgrade_a_dialog_comes_with_the_new_page(demo: Demo, arrive: Arrive) -> None:
    tom = arrive(demo, "tom", path="/records/account")
    goes_on(tom)
    read = renew(tom.page, "SearchDialog")
    tom.page.keyboard.press("Control+k")
    told = tom.page.get_by_role("dialog", name=GONE)
    expect(told).to_be_visible()
    goes_on(tom)
    told.get_by_role("button", name=AGAIN).click()
    expect(told).to_have_count(0)
    goes_on(tom)
    assert read == [f"{demo.address}/records/account"]
    tom.page.keyboard.press("Control+k")
    expect(tom.page.get_by_role("dialog").get_by_role("textbox", name="Search everywhere")).to_be_focused()


def test_a_section_that_does_not_come_says_so_beside_the_navigation(demo: Demo, arrive: Arrive) -> None:
    lena = arrive(demo, "lena", color_scheme="dark")
    page = lena.page
    navigation = page.get_by_role("navigation", name="Hauptnavigation")
    ways = navigation.get_by_role("link", name="Prozesse", exact=True)
    expect(ways).to_be_visible()
    read = renew(page, "ProcessesPage")
    ways.click()
    told = page.get_by_role("main").get_by_role("alert")
    expect(told).to_contain_text("Das lässt sich gerade nicht zeigen")
    assert findings(page) == []
    expect(navigation).to_be_visible()
    told.get_by_role("button", name="Noch einmal versuchen").click()
    expect(page.get_by_role("main").get_by_role("heading", name="Prozesse", level=1)).to_be_visible()
    assert read == [f"{demo.address}/processes"]
    page.context.set_offline(True)
    navigation.get_by_role("link", name="Prozessprotokoll").click()
    expect(told).to_contain_text("Das lässt sich gerade nicht zeigen")
    navigation.get_by_role("link", name="Prozesse", exact=True).click()
    expect(told).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("heading", name="Prozesse", level=1)).to_be_visible()
