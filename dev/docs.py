"""Writes the pages of docs/ that the code itself knows best; ``--check`` only says which are out of date.

A new page is one entry in PAGES: its path, and the function that gives its text.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from dev.errors_page import errors_page
from dev.settings_page import settings_page
from stepwell.bpmn import extension_pages

ROOT = Path(__file__).parents[1]
PAGES: dict[str, Callable[[], str]] = {
    "docs/bpmn-extensions.md": extension_pages,
    "docs/errors.md": errors_page,
    "docs/settings.md": settings_page,
}


def main() -> int:
    stale = [path for path, text in PAGES.items() if _now(path) != text()]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path}: differs from the code, run make docs")
        return 1 if stale else 0
    for path in stale:
        (ROOT / path).write_text(PAGES[path]())
        print(f"wrote {path}")
    return 0


def _now(path: str) -> str:
    return (ROOT / path).read_text() if (ROOT / path).exists() else ""


if __name__ == "__main__":
    sys.exit(main())
