"""The measures of form (docs/architecture.md): how long files and functions are, how many parameters they take.

They are symptoms, not aims: small alone is no virtue.
"""

import ast
import re
import statistics
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
STEPS = Path("src/stepwell/engine/steps")
HARD_STEPS = {"multi_instance", "event_sub_process"}
OPEN_ENDS = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Measured:
    """One Python file: its lines, and the lines and parameters of each function in it."""

    path: Path
    lines: int
    functions: tuple[tuple[str, int, int], ...]


def measure(path: Path, text: str) -> Measured:
    """Counts ``text``; a function counts from its ``def`` to its last line, ``self`` is no parameter."""
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, Function))
    return Measured(path, len(text.splitlines()), tuple(map(_size, functions)))


def _size(function: Function) -> tuple[str, int, int]:
    given = function.args
    names = [arg.arg for arg in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    own = names[1:] if names[:1] in (["self"], ["cls"]) else names
    return function.name, (function.end_lineno or 0) - function.lineno + 1, len(own)


def complaints(files: list[Measured]) -> Iterator[str]:
    """What is out of measure in ``files``, the source of the package."""
    functions = [(file.path, *function) for file in files for function in file.functions]
    long = [(path, name, lines) for path, name, lines, _ in functions if lines > 50]
    few = sum(parameters <= 4 for *_, parameters in functions)
    yield from (f"{file.path}: {file.lines} lines, at most {_most(file.path)}" for file in _too_long(files))
    yield from _above("lines of a file, median", [file.lines for file in files], 100)
    yield from _above("lines of a function, median", [lines for _, _, lines, _ in functions], 8)
    if len(long) > len(functions) / 100:
        yield f"{len(long)} of {len(functions)} functions over 50 lines, at most 1 %"
        yield from (f"    {path}: {name} has {lines}" for path, name, lines in long)
    if few < 0.9 * len(functions):
        yield f"{few} of {len(functions)} functions take at most 4 parameters, at least nine in ten should"


def _above(what: str, values: list[int], most: int) -> Iterator[str]:
    if values and statistics.median(values) > most:
        yield f"{what}: {statistics.median(values)}, at most {most}"


def _too_long(files: Iterable[Measured]) -> Iterator[Measured]:
    return (file for file in files if file.lines > _most(file.path))


def _most(path: Path) -> int:
    if path.parent != STEPS or path.stem == "__init__":
        return 400
    return 150 if path.stem in HARD_STEPS else 80


def open_ends(path: Path, text: str) -> Iterator[str]:
    """The lines that promise to do something later."""
    for number, line in enumerate(text.splitlines(), 1):
        if OPEN_ENDS.search(line):
            yield f"{path}:{number}: an open end, do it or write an issue"


def direct_dependencies(project: str) -> list[str]:
    """The names of the packages that ``project``, a pyproject.toml, needs at run time."""
    return [re.split(r"[\[~=<> ]", line)[0] for line in tomllib.loads(project)["project"]["dependencies"]]


def _read(*folders: str) -> dict[Path, str]:
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return {path.relative_to(ROOT): path.read_text() for path in paths}


def main() -> int:
    source, tests = _read("src"), _read("tests")
    found = list(complaints([measure(path, text) for path, text in source.items()]))
    for path, text in (source | tests | _read("dev", "bench", "conformance")).items():
        found += open_ends(path, text)
    needed = direct_dependencies((ROOT / "pyproject.toml").read_text())
    if len(needed) > 20:
        found.append(f"{len(needed)} direct dependencies, at most 20")
    print("\n".join(found + _summary(source, tests)))
    return 1 if found else 0


def _summary(source: dict[Path, str], tests: dict[Path, str]) -> list[str]:
    lines, tested = (sum(len(text.splitlines()) for text in files.values()) for files in (source, tests))
    return [f"{lines} lines of source, {tested} of tests: {tested / lines:.1f} to 1 (1.2 to 2.2 is usual)"]


if __name__ == "__main__":
    sys.exit(main())
