"""Draws docs/show.svg: what ``stepwell show`` prints for the demo process, as the README shows it.

``python -m dev.picture``. The process runs for real, in memory of a temporary folder; only times differ from run to run.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

import stepwell

ROOT = Path(__file__).parents[1]
FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, monospace; font-size: {char_height}px;
  line-height: {line_height}px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>{lines}</defs>
<rect fill="#1e2430" x="1" y="1" width="{width}" height="{height}" rx="10"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


def main() -> int:
    """Run the process up to its person, and draw what a user sees."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.db"
        with stepwell.open(url) as engine:
            engine.deploy(ROOT / "demo" / "processes" / "order.bpmn")
            engine.start("order", {"customer": "Ada", "amount": 50}, actor="ada")
            engine.work(until_idle=False, seconds=7)
        folder_of_programs = str(Path(sys.executable).parent)
        environment = {**os.environ, "STEPWELL_DATABASE_URL": url, "FORCE_COLOR": "1", "COLUMNS": "76",
                       "PATH": f"{folder_of_programs}{os.pathsep}{os.environ['PATH']}"}  # fmt: skip
        command = ["stepwell", "show", "1"]
        shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    console = Console(record=True, width=76, file=Path(os.devnull).open("w"))  # noqa: SIM115
    console.print(Text.from_ansi("$ stepwell show 1\n" + shown))
    drawn = console.export_svg(title="", code_format=FRAME, unique_id="show")
    (ROOT / "docs" / "show.svg").write_text(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
