"""The web app in a real browser: what it loads, how soon it is there, and how soon the next step is."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from bench import models, script
from bench.plan import IN_THE_BROWSER
from bench.systems import server, stepwell
from dev.browser import chromium
from dev.web import BUILT

PERSON, COLLEAGUE, ROLE = "ann", "bob", "clerks"
SAID_AT_LOGIN = "a long one for the bench"
COMPLETIONS = 20
SCROLLED = 10  # seconds
SLOWER = 4  # times that the processor is made slower for the first paint
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PROGRAMS = Path(__file__).with_name("web.js").read_text()


def fill(engine: stepwell.Engine, steps: int) -> None:
    """Two people of one role, and so many open steps of the first."""
    engine.add_role(ROLE)
    for name in (PERSON, COLLEAGUE):
        engine.add_person(name, SAID_AT_LOGIN, ROLE)
    engine.deploy(models.questions(COMPLETIONS + 1, COLLEAGUE))
    for kind in ("assigned", "offered"):
        engine.deploy(models.inbox(kind))
    engine.start_many((stepwell.Start("assigned", {"user": PERSON}) for _ in range(steps)), 64)


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser of this machine, or none and why."""
    if not (BUILT / "index.html").exists():
        script.cannot("the web app is not built (make setup)")
        raise SystemExit(0)
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        except Error as error:
            script.cannot(f"there is no browser: {error.message.splitlines()[0]}")
            raise SystemExit(0) from error
        yield found
        found.close()


def logged_in(on: Browser, running: server.Running, name: str) -> BrowserContext:
    """A browser of its own, with nothing kept, of somebody who has logged in."""
    address = f"http://127.0.0.1:{running.port}"
    context = on.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    context.add_init_script(PROGRAMS)
    given = {"name": name, "password": SAID_AT_LOGIN}
    answer = context.request.post("/api/v1/login", data=given, headers={"stepwell-request": "web"})
    assert answer.ok, f"Expected to be logged in but was told {answer.text()}"
    return context


def first_load(on: Browser, running: server.Running) -> None:
    """All scripts that come before a step page opens, and how soon the page is there on a slow processor."""
    with logged_in(on, running, COLLEAGUE) as context:
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto("/")
        page.get_by_role("button", name="Run process").wait_for()
        script.say_value(
            "bytes", page.evaluate("bench.scripts()"), "bytes", setting=IN_THE_BROWSER["scripts"]
        )
        seconds = page.evaluate("bench.largestPaint") / 1000
        script.say_value("seconds", seconds, "s", setting=IN_THE_BROWSER["paint"])


def next_steps(on: Browser, running: server.Running) -> None:
    """From the press on Save until the next question takes an answer, in one chain in the foreground."""
    with logged_in(on, running, COLLEAGUE) as context:
        page = context.new_page()
        instance = running.start_process("questions", {})
        page.goto(f"/?step={instance}-1")
        latencies = []
        for number in range(1, COMPLETIONS + 1):
            answer(page, number)
            page.evaluate("(title) => void bench.awaitStep(title)", f"Question {number + 1}")
            page.get_by_role("button", name="Save", exact=True).click()
            latencies.append(page.evaluate("bench.step") / 1000)
        say_p95(latencies, "next")


def answer(page: Page, number: int) -> None:
    """Choose an answer of the question that is open."""
    page.get_by_role("heading", name=f"Question {number}", exact=True, level=1).wait_for()
    page.get_by_role("radio", name="Yes").check()


def told(on: Browser, running: server.Running) -> None:
    """From the start of an instance until its step is in the panel of somebody else."""
    with logged_in(on, running, COLLEAGUE) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_text("Live", exact=True).first.wait_for()
        page.get_by_role("article").first.wait_for()
        before = page.get_by_role("article").count()
        latencies = []
        for _ in range(COMPLETIONS):
            page.evaluate("(count) => void bench.awaitRows(count)", before + 1)
            began = time.time()
            instance = running.start_process("offered", {"roles": [ROLE]})
            latencies.append(page.evaluate("bench.rows") / 1000 - began)
            page.evaluate("(count) => void bench.awaitRows(count)", before)
            running.complete(f"{instance}-1")
            page.evaluate("bench.rows")
        say_p95(latencies, "told")


def long_panel(on: Browser, running: server.Running) -> None:
    """The panel of somebody with very many steps: its first rows, and how smoothly it scrolls."""
    with logged_in(on, running, PERSON) as context:
        page = context.new_page()
        seconds = []
        for _ in range(5):  # the first has to load the app, too
            page.goto("/")
            seconds.append(page.evaluate("bench.firstRow") / 1000)
        script.say_value("seconds", median(seconds[1:]), "s", setting=IN_THE_BROWSER["rows"])
        found: dict[str, Any] = page.evaluate("(seconds) => bench.scroll(seconds)", SCROLLED)
        assert found["passed"] > 1000, f"Expected to scroll far but came to {found['passed']} px"
        script.say_value("seconds", found["longest"] / 1000, "s", setting=IN_THE_BROWSER["longest"])
        say_p95([frame / 1000 for frame in found["frames"]], "frames")


def say_p95(latencies: list[float], what: str) -> None:
    """Says what 95 % stayed below."""
    timing = script.Timing(sum(latencies), latencies)
    script.say_value("seconds", timing.percentile(0.95) / 1000, "s", setting=IN_THE_BROWSER[what])


def main() -> None:
    given = script.task()
    with stepwell.opened(given) as engine:
        fill(engine, given["steps"])
    with browser() as on, server.running(script.folder(given), given["url"]) as running:
        first_load(on, running)
        next_steps(on, running)
        told(on, running)
        long_panel(on, running)


if __name__ == "__main__":
    main()
