"""Sections and records in the browser: lists, their filters and views, the page of a record."""

from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Arrive, Demo


def rows(page: Page) -> Locator:
    return page.get_by_role("table").first.get_by_role("row").filter(has=page.get_by_role("cell"))


def row(page: Page, text: str) -> Locator:
    return rows(page).filter(has_text=text)


def test_d2_a_section_is_searched_sorted_and_its_columns_are_chosen(demo: Demo, arrive: Arrive) -> None:
    nora = arrive(demo, "nora")
    page = nora.page
    page.get_by_role("navigation").get_by_role("link", name="Cases").click()
    expect(page.get_by_role("heading", name="Cases")).to_be_visible()
    page.get_by_label("Search in this list").fill("carpet fire")
    expect(row(page, "Is the carpet fire-proof?").first).to_be_visible()
    expect(row(page, "Two boxes are missing")).to_have_count(0)
    page.get_by_role("button", name="Case number").click()
    expect(page.get_by_role("columnheader", name="Case number")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("menuitemcheckbox", name="Handled by").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("columnheader", name="Handled by")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("columnheader", name="Handled by")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("columnheader", name="Case number")).to_have_attribute("aria-sort", "none")
    page.reload()
    expect(page.get_by_label("Search in this list")).to_have_value("carpet fire")
