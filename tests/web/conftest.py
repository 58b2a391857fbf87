"""The app in a real browser, against a real server with the demonstration."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Error, Locator, Page, Playwright, expect, sync_playwright

from dev.browser import chromium
from dev.unrun import could_not_run
from dev.web import BUILT
from stepwell.api.callers import COOKIE
from tests.acceptance.server import Server, start

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NO_BROWSER = "there is no browser (chromium on PATH, STEPWELL_CHROMIUM, or `playwright install chromium`)"
NOT_BUILT = "the web app is not built (make setup without STEPWELL_SKIP_WEB)"
PATIENCE = 30_000  # milliseconds in which something has to show, on a machine that does other things too


@dataclass
class Demo:
    """A server with the demonstration, and the password of everybody in it."""

    server: Server
    address: str
    password: str
    sessions: dict[str, str] = field(default_factory=dict)

    def session(self, name: str) -> str:
        """The secret of a session of this person, begun without a browser: hashing a password takes its time."""
        if name not in self.sessions:
            given = {"name": name, "password": self.password}
            answer = httpx.post(f"{self.address}/api/v1/login", json=given, trust_env=False, timeout=30)
            self.sessions[name] = answer.cookies[COOKIE]
        return self.sessions[name]

    def post_as(self, name: str, path: str, body: dict[str, object]) -> httpx.Response:
        """What a person does in a session of theirs, without a browser."""
        asked: dict[str, Any] = {
            "cookies": {COOKIE: self.session(name)},
            "headers": {"stepwell-request": "test"},
        }
        return httpx.post(f"{self.address}/api/v1{path}", json=body, trust_env=False, timeout=30, **asked)

    def start(self, process_id: str, actor: str = "", **variables: object) -> str:
        """A new instance, as another system would start it."""
        body = {"process_id": process_id, "variables": variables, "actor": actor}
        answer = self.server.client.post("/instances", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@dataclass
class Person:
    """Somebody before a screen, and what the browser complained of."""

    page: Page
    name: str
    complaints: list[str] = field(default_factory=list)

    def log_in(self, password: str) -> None:
        self.page.get_by_label("Login name").fill(self.name)
        self.page.get_by_role("textbox", name="Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("button", name="Run process")).to_be_visible()

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("complementary", name="Business process tasks")

    def row(self, title: str) -> Locator:
        """The row of a task in the panel, by the beginning of its title."""
        return self.panel.get_by_role("article").filter(has=self.page.get_by_role("link", name=title))

    def open(self, title: str) -> None:
        self.row(title).get_by_role("link").click()
        self.sees(title)

    def sees(self, title: str) -> None:
        """The page of this step is open."""
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()

    def act(self, title: str, action: str) -> None:
        """Choose a quick action of a row."""
        self.row(title).get_by_role("button", name="Actions").click()
        self.page.get_by_role("menuitem", name=action).click()

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def hand_to(self, who: str) -> None:
        """Choose, in the dialog that is open, whom something is handed to: a field has its list while it has the focus."""
        dialog = self.page.get_by_role("dialog")
        expect(dialog.locator(":focus")).to_have_count(1)
        dialog.get_by_label("Who shall do it").fill(who)
        self.page.get_by_role("option", name=who).click()
        dialog.get_by_role("button", name="Assign", exact=True).click()


Arrive = Callable[..., Person]
FRAMES = """() => new Promise((done) => {
  let left = 900;
  const look = () => (CONDITION) ? done(true) : left-- > 0 ? requestAnimationFrame(look) : done(false);
  look();
})"""


def comes_true(page: Page, condition: str) -> bool:
    """Whether this holds in the page at last. Playwright's own waiting asks by eval, which the page forbids."""
    return bool(page.evaluate(FRAMES.replace("CONDITION", condition)))


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    if not (BUILT / "index.html").exists():
        could_not_run(NOT_BUILT)
    with sync_playwright() as found:
        expect.set_options(timeout=PATIENCE)
        yield found


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    try:
        found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    except Error:
        could_not_run(NO_BROWSER)
    yield found
    found.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    with demonstration(f"sqlite:///{folder / 'stepwell.db'}", folder) as found:
        yield found


class demonstration:  # noqa: N801 - reads as a function
    """A server with the demonstration, for the length of a block; no work waits in it unless a story is about that."""

    def __init__(self, database: str, folder: Path, **settings: str) -> None:
        self.server = start(database, folder, "--demo", **{"demo_work": "false", **settings})

    def __enter__(self) -> Demo:
        assert self.server.process.stdout is not None
        for line in self.server.process.stdout:
            if found := re.search(r"Log in as\s+\S+\s+with\s+(\S+)", line):
                return Demo(self.server, self.server.address, found[1])
        raise AssertionError("Expected the demonstration to say a password, but it ended.")

    def __exit__(self, *_: object) -> None:
        self.server.stop()
        assert "Traceback" not in self.server.complaints(), self.server.complaints()


@pytest.fixture
def arrive(browser: Browser) -> Iterator[Arrive]:
    """Lets somebody come to a server with a browser of their own; nothing may go wrong in it by the end."""
    people: list[Person] = []

    def come(
        demo: Demo,
        name: str,
        *,
        path: str = "/",
        logs_in: bool = True,
        has_tour: bool = False,
        **screen: object,
    ) -> Person:
        context = browser.new_context(
            **{
                "viewport": {"width": 1280, "height": 800},
                "locale": "en-GB",
                "reduced_motion": "reduce",
                **screen,
            }
        )  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        if not has_tour:
            context.add_init_script(f"localStorage.setItem('stepwell.tour.{name}', 'seen')")
        if logs_in:
            context.add_cookies([{"name": COOKIE, "value": demo.session(name), "url": demo.address}])
        page = context.new_page()
        person = Person(page, name)
        page.on("pageerror", lambda error: person.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: person.complaints.append(said.text) if "Content Security" in said.text else None,
        )
        page.goto(demo.address + path)
        people.append(person)
        return person

    yield come
    for person in people:
        person.page.context.close()
        assert person.complaints == []
