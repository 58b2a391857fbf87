"""The pages and dialogs of the web app: what each is for, and how one gets there in the demonstration.

The screenshots of ``docs/tour.md`` and the checks of the layout go through this table. A new page is one entry; what stands in
braces in its path is a key of ``places``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from playwright.sync_api import Page, expect

TIMES = {"morning": 9, "noon": 12, "afternoon": 15}  # hours of UTC
INVITATION = "Who is the new customer?"


def stays(_page: Page) -> None:
    """The page is what the address shows."""


@dataclass(frozen=True)
class Shown:
    """A page: the name of its picture, what it is called, a sentence for those who do not know it, whose screen it is (empty: of
    nobody who is logged in) and where. ``words`` stand in its main part when it is there; ``act`` then opens what is to be seen, such as a dialog.
    """

    name: str
    title: str
    sentence: str
    person: str
    path: str
    words: str
    act: Callable[[Page], None] = stays
    is_narrow_too: bool = False


def is_there(page: Page, shown: Shown) -> None:
    """Wait until it shows what it is for: the same words may stand in the navigation before."""
    words = page.get_by_role("main").get_by_text(shown.words).filter(visible=True)
    expect(words.first).to_be_visible()


def _run(page: Page) -> None:
    page.get_by_role("button", name="Run process").first.click()
    expect(page.get_by_role("dialog").get_by_text("Welcome a new customer").first).to_be_visible()


def press(name: str, then: str = "", *, role: str = "button") -> Callable[[Page], None]:
    """Press this, and wait for words that come of it."""

    def act(page: Page) -> None:
        page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        if then:
            expect(page.get_by_text(then).first).to_be_visible()

    return act


def _answers(page: Page) -> None:
    expect(page.get_by_role("main").get_by_role("checkbox").first).to_be_visible()


def _why(page: Page) -> None:
    page.get_by_role("combobox", name="Step").fill("Approve the order")
    page.get_by_role("option", name="Approve the order").first.click()
    page.get_by_role("textbox", name="Person").fill("tom")
    page.get_by_role("option", name="Tom").click()
    press("Explain", "Sees the step")(page)


def _search(page: Page) -> None:
    page.get_by_role("button", name="Search records, steps").click()
    page.get_by_role("dialog").get_by_role("textbox").or_(page.get_by_role("combobox")).first.fill("Planners")
    expect(page.get_by_role("dialog").get_by_text("Beacon Planners").first).to_be_visible()


PAGES = (
    Shown("login", "Login", "In the demonstration one is whoever one chooses.", "", "/", "Business processes in which people", is_narrow_too=True),
    Shown(
        "home", "Home", "Where the day begins: what is next, answered at once if it is a question, and what one starts often.",
        "samir", "/", "Hello, Samir", _answers, is_narrow_too=True,
    ),
    Shown(
        "tasks", "Business process tasks", "What one has to do now or may take, live; on narrow screens a page of its own.",
        "tom", "/tasks", INVITATION, is_narrow_too=True,
    ),
    Shown(
        "step", "A step", "What it is about, what there is to fill in, and what can be done with it.",
        "tom", "/?step={page}", "People who work there", press("What this step is about", "full name"), is_narrow_too=True,
    ),
    Shown(
        "question", "A question", "One answer or several; number keys choose, Enter saves.",
        "samir", "/?step={question}", "need first", is_narrow_too=True,
    ),
    Shown(
        "later", "Perform later", "A step comes back when there is time for it.",
        "samir", "/?step={question}", "need first", press("Perform later", "Reschedule"),
    ),
    Shown(
        "run", "Run process", "Everything that one may start, found by typing.",
        "tom", "/", "Hello, Tom", _run,
    ),
    Shown("search", "Search", "Records, steps and processes, whatever one may see of them.", "tom", "/", "Hello, Tom", _search),
    Shown(
        "notifications", "Notifications", "What one was told; what is not for now comes again later.",
        "tom", "/notifications", "Today", is_narrow_too=True,
    ),
    Shown(
        "activities", "Activities", "What people planned and what processes brought, narrowed as one likes.",
        "tom", "/activities", "Prepare the quarterly review", is_narrow_too=True,
    ),
    Shown(
        "calendar", "Calendar", "A day, a week or a month in the time zone of the person.",
        "tom", "/activities?view=calendar", "Prepare the quarterly review", is_narrow_too=True,
    ),
    Shown("month", "Month", "The same for a month.", "tom", "/activities?view=calendar&span=month", "Prepare the"),
    Shown(
        "activity", "An activity", "What is changed here moves the step that waits for it.",
        "tom", "/activities/{activity}", "Prepare the quarterly review",
    ),
    Shown("new-activity", "A new activity", "Something to do for oneself, somebody or a role.", "tom", "/activities/new", "Show in calendar"),
    Shown(
        "section", "A section", "Records of a type with search, filter, columns and views of one's own.",
        "tom", "/records/account", "Accounts", is_narrow_too=True,
    ),
    Shown(
        "record", "A record", "Its values, what belongs to it, its files, and the processes that can be run on it.",
        "tom", "/records/{account}", "Beacon", is_narrow_too=True,
    ),
    Shown("new-record", "A new record", "The layout of its type, with what is wrong beside the fields.", "tom", "/records/contact/new", "Save"),
    Shown(
        "log", "Process log", "What runs, what has ended, what is stuck.", "vera", "/log", "Process log", is_narrow_too=True,
    ),
    Shown(
        "instance", "An instance", "The diagram with what is done and where it waits, its steps, its variables.",
        "vera", "/log/{instance}", "Welcome a new customer", is_narrow_too=True,
    ),
    Shown("processes", "Processes", "The library: what is deployed, and who may run it.", "vera", "/processes", "Welcome a new customer"),
    Shown(
        "process", "A process", "Its description, its diagram, its versions, who may run it.",
        "vera", "/processes/welcome_customer", "Versions",
    ),
    Shown("upload", "Upload", "What is wrong with a file and what it would change, before it does.", "admin", "/deploy", "packed as a zip file"),
    Shown(
        "settings", "Settings", "What a person sets for themselves.", "tom", "/settings", "Language and time", is_narrow_too=True,
    ),
    Shown(
        "api-token", "A new API token", "For a program that works as the person; shown once.",
        "tom", "/settings", "API tokens", press("New API token", "What it may do"),
    ),
    Shown("people", "People", "Everybody who may log in.", "admin", "/admin/people", "Samir Haddad", is_narrow_too=True),
    Shown(
        "person", "A person", "What is known, roles, a new password, API tokens.",
        "admin", "/admin/people", "Samir Haddad", press("Samir Haddad", "Set a new password"),
    ),
    Shown(
        "roles", "Roles", "The tree of roles, who is in one, and who through others.",
        "admin", "/admin/roles", "Role tree", press("Sales", "Tom Okafor"),
    ),
    Shown(
        "rights", "Rights", "Who may see, add, change and delete the records of a type.",
        "admin", "/admin/rights", "Save rights", is_narrow_too=True,
    ),
    Shown("api-tokens", "API tokens of everybody", "Seen and revoked at one place.", "admin", "/admin/tokens", "Nightly import"),
    Shown("why", "Why?", "Why somebody sees a step or not, in words.", "vera", "/admin/why", "Explain", _why),
    Shown("lookups", "Lookups", "The lists from which people choose.", "admin", "/lookups", "Lookups"),
    Shown("lookup", "A lookup", "Its choices, in the order in which they are offered.", "admin", "/lookups/branch", "New choice"),
)  # fmt: skip


def places(client: httpx.Client, now: datetime | None = None) -> dict[str, str]:
    """Give the demonstration more to show, whether work waits in it or not; and where in it the pages of the table are.

    ``client`` speaks to the API with the token of the installation; ``now`` is what the clock of its server shows.
    """
    first = _welcomed(client, "tom")
    instance = _welcomed(client, "samir")
    _handed_on(client, "lena", "tom")
    _ask(client, "POST", "/instances", process_id="order", variables={"amount": 2000}, actor="tom")
    account = client.get("/records/account", params={"search": "Beacon Planners", "limit": 1}).json()[
        "items"
    ][0]["id"]
    today = (now or datetime.now(UTC)).replace(minute=0, second=0, microsecond=0)
    days = [
        _activity(client, account, (subject, category), today.replace(hour=TIMES[hour]) + timedelta(days=day))
        for subject, day, hour, category in PLANNED
    ]
    return {
        "page": _task(client, first),
        "question": _question(client, _task(client, instance)),
        "instance": instance,
        "activity": days[0].partition("/")[2],
        "account": account,
    }


PLANNED = (
    ("Prepare the quarterly review", 0, "afternoon", "To do"),
    ("Call Ann about the catalogue", 1, "morning", "Call"),
    ("Meeting with Beacon Planners", 1, "noon", "Meeting"),
    ("Send the offer", -1, "morning", "E-mail"),
)


def _activity(client: httpx.Client, account: str, what: tuple[str, str], start: datetime) -> str:
    subject, category = what
    values = {
        "subject": subject, "category": category, "owner": "tom", "in_calendar": True, "connections": [account],
        "start": start.isoformat(), "due": (start + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    return str(_ask(client, "POST", "/records/activity", values=values, actor="tom")["id"])


def _welcomed(client: httpx.Client, actor: str) -> str:
    return str(_ask(client, "POST", "/instances", process_id="welcome_customer", actor=actor)["id"])


def _task(client: httpx.Client, instance: str) -> str:
    return str(client.get("/user-tasks", params={"instance": instance}).json()["items"][0]["id"])


def _handed_on(client: httpx.Client, whose: str, to: str) -> None:
    task = _task(client, _welcomed(client, whose))
    _ask(client, "POST", f"/user-tasks/{task}/reassign", assignee=to, actor="vera")


def _question(client: httpx.Client, task: str) -> str:
    """Go on from the first step of a welcome to its question."""
    asked = [
        ("keep", {"company": "Lighthouse Books", "city": "Bergen"}),
        ("save", {"name": "Ann Ames", "email": "ann@example.org"}),
    ]
    for button, values in asked:
        more = {"foreground": True, "wait": 30, "actor": "samir"}
        _ask(client, "POST", f"/user-tasks/{task}/open", actor="samir")
        done = _ask(client, "POST", f"/user-tasks/{task}/complete", button=button, values=values, **more)
        task = done["next"][0]["id"]
    return task


def _ask(client: httpx.Client, method: str, path: str, **body: Any) -> dict[str, Any]:
    answer = client.request(method, path, json=body)
    assert answer.is_success, f"{method} {path}: {answer.text}"
    return dict(answer.json())


def visits(found: Mapping[str, str]) -> Iterator[tuple[Shown, str]]:
    """Each page with its address."""
    for page in PAGES:
        yield page, page.path.format_map(found)
