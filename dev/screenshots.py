"""Takes the pictures of the web app for docs/tour.md: ``python -m dev.screenshots``, or ``make screenshots``.

Starts the demonstration on a database of its own, goes through ``app_pages.PAGES`` in light and dark, some on a narrow screen too,
and writes docs/images/*.webp and the page. The font comes with the app, nothing moves, and for server and browser it is always
the same morning, so that a picture changes when what it shows does. ``--compare`` takes them again and keeps none: it fails when
one is not as it was kept.
"""

import base64
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dev.app_pages import PAGES, Shown, is_there, places, visits
from dev.browser import chromium
from stepwell.api.callers import COOKIE

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
TOUR = ROOT / "docs" / "tour.md"
TOKEN = "screenshots"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--force-color-profile=srgb"]
SCREENS = {"light": (1280, 800), "dark": (1280, 800), "narrow": (390, 844)}
MOST = 4_000_000  # bytes of all pictures
QUALITY = 0.82
SMALLER = """async ([data, quality]) => {
  const image = new Image(); image.src = data; await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height); canvas.getContext("2d").drawImage(image, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({type: "image/webp", quality})).arrayBuffer());
  let text = ""; for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}"""
MORNING = datetime(2026, 3, 10, 8, tzinfo=UTC)
SERVER = """import time
real, began = time.time_ns, time.time_ns()
time.time_ns = lambda: {morning} + real() - began
time.time = lambda: time.time_ns() / 1e9
from stepwell.main import run
run()
"""
MOST_CHANGED = 0.005  # of the pixels of a picture
CHANGED = """async ([before, after]) => {
  const pixels = async (data) => {
    const image = new Image(); image.src = `data:image/webp;base64,${data}`; await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d"); context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const [old, now] = [await pixels(before), await pixels(after)];
  if (old.width !== now.width || old.height !== now.height) return 1;
  let changed = 0;
  for (let at = 0; at < now.data.length; at += 4)
    if ([0, 1, 2].some((one) => Math.abs(old.data[at + one] - now.data[at + one]) > 24)) changed++;
  return changed / (now.width * now.height);
}"""  # what is lost by packing alone stays under these 24 of 255
BEGINNING = """# A tour of the web app

Every page in light and dark, as the demonstration (`make run`) shows it. Made by `make screenshots`; what the pages do stands in
[the web app](web-app.md).
"""


def main(arguments: list[str]) -> int:
    """Take all pictures, and write the page that shows them, or say which are not as they were kept."""
    if arguments == ["--compare"]:
        with tempfile.TemporaryDirectory() as folder:
            take_all(Path(folder))
            return 1 if changed_in(Path(folder)) else 0
    IMAGES.mkdir(exist_ok=True)
    take_all(IMAGES)
    TOUR.write_text(text())
    size = sum(path.stat().st_size for path in IMAGES.glob("*.webp"))
    print(f"{len(PAGES)} pages, {size / 1e6:.1f} MB")
    return 1 if size > MOST else 0


def changed_in(folder: Path) -> list[str]:
    """The pictures in it that differ from those that are kept; a kept one that is not taken any more differs, too."""
    found = []
    with browser() as opened:
        page = opened.new_page()
        for name in sorted({path.name for path in (*folder.glob("*.webp"), *kept())}):
            pair = [
                base64.b64encode(path.read_bytes()).decode()
                for path in (IMAGES / name, folder / name)
                if path.exists()
            ]
            share = page.evaluate(CHANGED, pair) if len(pair) == 2 else 1.0
            if share > MOST_CHANGED:
                found.append(name)
            print(f"{share:8.3%}  {name}{'  CHANGED' if share > MOST_CHANGED else ''}", flush=True)
    return found


def kept() -> list[Path]:
    """The pictures of the tour in docs/images; others may stand beside them."""
    return [IMAGES / name for name in re.findall(r"\(images/([\w-]+\.webp)\)", TOUR.read_text())]


def take_all(folder: Path) -> None:
    """Every picture, into a folder."""
    with demonstration() as (address, password), browser() as opened:
        began = time.monotonic()
        headers = {"authorization": f"Bearer {TOKEN}"}
        api = httpx.Client(base_url=f"{address}/api/v1", headers=headers, timeout=30, trust_env=False)
        sessions = {
            name: _session(address, name, password) for name in {page.person for page in PAGES} - {""}
        }
        _api_token(address, sessions["tom"])
        for page, path in visits(places(api, MORNING)):
            for screen in SCREENS:
                if screen != "narrow" or page.is_narrow_too:
                    now = MORNING + timedelta(seconds=time.monotonic() - began)
                    picture = _taken(
                        opened, page, f"{address}{path}", (screen, sessions.get(page.person, ""), now)
                    )
                    (folder / f"{page.name}-{screen}.webp").write_bytes(picture)
            print(f"{page.name}: {page.title}", flush=True)


def text() -> str:
    """The page that shows the pictures."""
    return BEGINNING + "".join(_section(page) for page in PAGES)


def _section(page: Shown) -> str:
    names = ["light", "dark", *(["narrow"] if page.is_narrow_too else [])]
    pictures = "\n".join(f"![{page.title}, {name}](images/{page.name}-{name}.webp)" for name in names)
    return f"\n## {page.title}\n\n{page.sentence}\n\n{pictures}\n"


@contextmanager
def demonstration() -> Iterator[tuple[str, str]]:
    """A server with the demonstration: its address, and the password of everybody in it."""
    with tempfile.TemporaryDirectory() as folder:
        program = [
            sys.executable,
            "-c",
            SERVER.format(morning=int(MORNING.timestamp() * 1e9)),
            "serve",
            "--demo",
            "--port",
            "0",
        ]
        named = {"STEPWELL_DATABASE_URL": f"sqlite:///{folder}/demo.db", "STEPWELL_TOKEN": TOKEN}
        process = subprocess.Popen(
            program, cwd=folder, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src"), **named},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        address = password = ""
        for line in process.stdout:
            address = (
                found[0]
                if (found := re.search(r"http://127\.0\.0\.1:\d+", line)) and not address
                else address
            )
            if found := re.search(r"Log in as\s+\S+\s+with\s+(\S+)", line):
                password = found[1]
                break
        try:
            yield address, password
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser of this machine, or that of Playwright."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        expect.set_options(timeout=15_000)
        yield found
        found.close()


def _session(address: str, name: str, password: str) -> str:
    given = {"name": name, "password": password}
    answer = httpx.post(f"{address}/api/v1/login", json=given, trust_env=False, timeout=30)
    return answer.cookies[COOKIE]


def _api_token(address: str, session: str) -> None:
    given = {"name": "Nightly import", "scope": "act"}
    asked = {"headers": {"stepwell-request": "screenshots"}, "cookies": {COOKIE: session}}
    httpx.post(f"{address}/api/v1/api-tokens", json=given, trust_env=False, **asked)  # type: ignore[arg-type]


def _taken(opened: Browser, shown: Shown, address: str, given: tuple[str, str, datetime]) -> bytes:
    screen, session, now = given
    width, height = SCREENS[screen]
    context = opened.new_context(
        viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce",
        color_scheme="dark" if screen == "dark" else "light",
    )  # fmt: skip
    context.add_init_script(f"localStorage.setItem('stepwell.tour.{shown.person}', 'seen')")
    if session:
        context.add_cookies([{"name": COOKIE, "value": session, "domain": "127.0.0.1", "path": "/"}])
    page = context.new_page()
    page.clock.set_fixed_time(now)
    page.goto(address)
    is_there(page, shown)
    shown.act(page)
    settle(page)
    picture = page.screenshot(animations="disabled", caret="hide")
    smaller = _smaller(page, picture)
    context.close()
    return smaller


def settle(page: Page) -> None:
    """Wait until fonts are there and nothing is being read."""
    page.evaluate("document.fonts.ready.then(() => undefined)")
    expect(page.locator('[class*="Loader"], [class*="Skeleton"], [aria-busy="true"]')).to_have_count(0)


def _smaller(page: Page, picture: bytes) -> bytes:
    data = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    blank = page.context.new_page()
    found: str = blank.evaluate(SMALLER, [data, QUALITY])
    return base64.b64decode(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
