"""The web app as a browser gets it: its files, and its page at every other address."""

import asyncio
import gzip
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from stepwell.api import web_app
from stepwell.api.front import Front
from tests.api.conftest import opened, rooms_of

PAGE = "<!doctype html><head><title>Stepwell</title></head><body></body>"
SCRIPT = "console.log('hello')"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small app, as the build leaves one."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "assets" / "index-abc.js").write_text(SCRIPT)
    (folder / "assets" / "index-abc.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (folder / "stamp").write_text("of the build")
    return folder


class Browser:
    """Asks an application with this web app in it, without a login."""

    def __init__(self, runner: asyncio.Runner, front: Front) -> None:
        self.runner = runner
        transport = httpx.ASGITransport(front, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://stepwell.test")

    def ask(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        return self.runner.run(self.client.request(method, path, headers=headers))


@pytest.fixture
def browser(sqlite_template: Path, tmp_path: Path, built: Path) -> Iterator[Browser]:
    copy = tmp_path / "stepwell.db"
    copy.write_bytes(sqlite_template.read_bytes())
    with opened(f"sqlite:///{copy}") as api:
        rooms = rooms_of(api.engine)

        async def nowhere(*_: object) -> None:
            raise AssertionError("Expected the web app to answer.")

        yield Browser(api.runner, Front(nowhere, rooms, [], web_app.load(built)))


def test_every_address_that_is_no_program_s_shows_the_page(browser: Browser) -> None:
    for path in ("/", "/tasks", "/records/contact/17", "/apiary"):
        answer = browser.ask(path)
        assert (answer.status_code, answer.text) == (200, PAGE), path


def test_the_page_is_asked_for_anew(browser: Browser) -> None:
    assert browser.ask("/").headers["cache-control"] == "no-cache"


def test_a_file_with_a_hash_in_its_name_is_kept_for_ever(browser: Browser) -> None:
    answer = browser.ask("/assets/index-abc.js", **{"accept-encoding": "identity"})
    assert answer.text == SCRIPT
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert "content-encoding" not in answer.headers


def test_a_browser_that_unpacks_gets_it_packed(browser: Browser) -> None:
    answer = browser.ask("/assets/index-abc.js", **{"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == SCRIPT


def test_a_file_that_is_not_there_is_not_the_page(browser: Browser) -> None:
    assert browser.ask("/assets/index-old.js").status_code == 404


def test_what_the_build_notes_for_itself_is_no_file_of_the_app(browser: Browser) -> None:
    assert browser.ask("/stamp").text == PAGE


@pytest.mark.parametrize("path", ["/../stepwell.db", "/assets/../../stepwell.db", "/%2e%2e/stepwell.db"])
def test_nothing_outside_of_the_app_is_given(browser: Browser, path: str) -> None:
    assert "SQLite" not in browser.ask(path).text


def test_only_reading_is_answered(browser: Browser) -> None:
    assert browser.ask("/", "POST").status_code == 405
    head = browser.ask("/", "HEAD")
    assert (head.status_code, head.content) == (200, b"")


def test_scripts_come_from_our_own_files_only(browser: Browser) -> None:
    headers = browser.ask("/").headers
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/api", "/api/v1/inbox", "/health/ready", "/docs", "/metrics"])
def test_what_is_for_programs_stays_theirs(path: str) -> None:
    assert not web_app.is_ours(path)


def test_the_page_of_a_demonstration_names_its_people(built: Path) -> None:
    app = web_app.load(built, ("ada", '"><script>'))
    assert app is not None
    page = app.files["index.html"].content.decode()
    assert '<meta name="stepwell-demo" content="ada &quot;&gt;&lt;script&gt;"></head>' in page


def test_an_installation_without_the_app_has_none(tmp_path: Path) -> None:
    assert web_app.load(tmp_path) is None
