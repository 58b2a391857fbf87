"""What is handed on: the archive of sources and the wheel."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

from stepwell.services.applications import folders

ROOT = Path(__file__).parents[2]


def test_the_archive_of_sources_holds_whatever_the_wheel_is_made_of() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]
    archive = built["sdist"]["include"]
    made_of = [*built["wheel"]["packages"], *built["wheel"]["force-include"]]
    assert {path.split("/")[0] for path in made_of} <= set(archive)


def test_the_wheel_holds_the_demo_and_the_web_app(tmp_path: Path) -> None:
    build = "import sys; from hatchling.builders.wheel import WheelBuilder as B; next(B(sys.argv[1]).build(directory=sys.argv[2]))"
    subprocess.run([sys.executable, "-c", build, str(ROOT), str(tmp_path)], check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(tmp_path / "installed")
    found = folders.read(tmp_path / "installed" / "stepwell" / "demo")
    assert found == folders.read(ROOT / "demo")
    assert "processes/order.bpmn" in found
    if (ROOT / "src" / "stepwell" / "static" / "index.html").exists():  # left out with STEPWELL_SKIP_WEB
        assert (tmp_path / "installed" / "stepwell" / "static" / "index.html").exists()
