"""Every page on every screen: no sideways scroll, nothing over something else, nothing serious for axe-core."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from dev.app_pages import PAGES, Shown, is_there, places
from dev.screenshots import settle
from stepwell.api.callers import COOKIE
from tests.web.conftest import PATIENCE, Demo, comes_true
from tests.web.test_for_everybody import findings

SIZES = {
    "360": (360, 740),
    "768": (768, 1024),
    "1280": (1280, 800),
    "1920": (1920, 1080),
    "200 %": (640, 400),
}
DARK = "document.documentElement.dataset.mantineColorScheme === 'dark'"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
OVERLAPS = """() => {
  const within = [...document.querySelectorAll('[role="dialog"]')].at(-1) ?? document;
  const barOf = (one) => {  // what a bar at the edge of the screen hides comes out from under it by scrolling
    const bar = one.closest('footer');
    return bar && getComputedStyle(bar).position === 'sticky' ? bar : null;
  };
  const seen = [...within.querySelectorAll('a, button, input, select, textarea')]
    .map((one) => ({ one, box: one.getBoundingClientRect(), field: one.closest('.mantine-Input-wrapper'), bar: barOf(one) }))
    .filter(({ one, box }) => box.width > 2 && box.height > 2
      && one.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
  const shown = ({ one, box }) => {
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return at !== null && (one.contains(at) || at.contains(one));
  };
  const words = ({ one }) => one.getAttribute('aria-label') ?? one.innerText?.slice(0, 40) ?? one.tagName;
  return seen.flatMap((first, index) => seen.slice(index + 1).filter((second) => {
    const wide = Math.min(first.box.right, second.box.right) - Math.max(first.box.left, second.box.left);
    const high = Math.min(first.box.bottom, second.box.bottom) - Math.max(first.box.top, second.box.top);
    const isPart = first.field !== null && first.field === second.field;
    return wide > 3 && high > 3 && !isPart && first.bar === second.bar && shown(first) && shown(second);
  }).map((second) => `${words(first)} | ${words(second)}`));
}"""


@pytest.fixture(scope="module")
def found(demo: Demo) -> dict[str, str]:
    given = places(demo.server.client)
    body: dict[str, object] = {"name": "Nightly import", "scope": "act"}
    made = demo.post_as("tom", "/api-tokens", body)
    assert made.status_code == 201, made.text
    return given


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A browser for each person, used for all their pages."""
    kept: dict[str, BrowserContext] = {}
    yield kept
    for context in kept.values():
        context.close()


def come(demo: Demo, browser: Browser, kept: dict[str, BrowserContext], name: str) -> Page:
    if name not in kept:
        kept[name] = browser.new_context(locale="en-GB", reduced_motion="reduce")
        kept[name].set_default_timeout(PATIENCE)
        kept[name].add_init_script(f"localStorage.setItem('stepwell.tour.{name}', 'seen')")
        if name:
            kept[name].add_cookies([{"name": COOKIE, "value": demo.session(name), "url": demo.address}])
    return kept[name].new_page()


@pytest.mark.parametrize("shown", PAGES, ids=lambda page: page.name)
def test_a_page_fits_every_screen(
    shown: Shown, demo: Demo, browser: Browser, contexts: dict[str, BrowserContext], found: dict[str, str]
) -> None:
    page = come(demo, browser, contexts, shown.person)
    wrong: list[str] = []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(demo.address + shown.path.format_map(found))
    is_there(page, shown)
    shown.act(page)
    settle(page)
    page.emulate_media(color_scheme="dark")
    assert comes_true(page, DARK)
    wrong += [f"dark: {one}" for one in findings(page)]
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        if not comes_true(page, FITS):
            wrong.append(f"{name}: it scrolls sideways")
        wrong += [f"{name}: {one} overlap" for one in page.evaluate(OVERLAPS)]
    page.close()
    assert not wrong, "\n".join(wrong)
