"""What is handed on: the archive of sources and the wheel."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_archive_of_sources_holds_whatever_the_wheel_is_made_of() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]
    archive = built["sdist"]["include"]
    made_of = [*built["wheel"]["packages"], *built["wheel"]["force-include"]]
    assert {path.split("/")[0] for path in made_of} <= set(archive)
