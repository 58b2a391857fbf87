"""The codes of docs/errors.md, by which callers tell what went wrong."""

import re

from dev.errors_page import errors_page

FORM = re.compile(r"[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?")


def test_every_code_is_written_in_the_same_form() -> None:
    codes = re.findall(r"^\| `([^`]+)` \|", errors_page(), re.MULTILINE)
    assert [code for code in codes if not FORM.fullmatch(code)] == []
