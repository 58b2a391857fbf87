"""The browser for tests, pictures and measures."""

import os
import shutil


def chromium() -> str | None:
    """The one that STEPWELL_CHROMIUM names, else that of this machine; None is that of Playwright."""
    return os.environ.get("STEPWELL_CHROMIUM") or shutil.which("chromium")
