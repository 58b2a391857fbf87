"""What other programs may rely on."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import stepwell
from stepwell.library import Engine

ROOT = Path(__file__).parents[1]


def test_the_public_names_are_one_sorted_list() -> None:
    assert stepwell.__all__ == sorted(stepwell.__all__)
    assert len(set(stepwell.__all__)) == len(stepwell.__all__)


@pytest.mark.parametrize("name", stepwell.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    assert getattr(stepwell, name).__doc__


def test_a_name_that_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'store_it'"):
        _ = stepwell.store_it


def test_importing_stepwell_imports_nothing_heavy() -> None:
    heavy = "{'sqlalchemy', 'litestar', 'lxml', 'pydantic', 'msgspec', 'psycopg', 'structlog'}"
    code = f"import sys, stepwell; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "src"
    )
    assert done.stdout == "[]\n"


VERBS = {name: verb.__doc__ for name, verb in vars(Engine).items() if not name.startswith("_")}


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_of_the_engine_says_what_it_does(name: str) -> None:
    assert VERBS[name]


@pytest.mark.parametrize("page", ["docs/library.md", "README.md"])
def test_the_examples_of_the_pages_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    shutil.copytree(ROOT / "demo", tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    for block in blocks:
        exec(compile(block, page, "exec"), {})
    assert blocks or page == "README.md"
