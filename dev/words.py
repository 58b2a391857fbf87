"""Keeps the words of docs/glossary.md that we do not use out of public names.

Public names are those of modules, functions and tables, and the paths of the API.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECTION = "## Words that names avoid"
API_TOKEN = re.compile(r"api[_-]tokens?")  # what a program sends for a person; a token alone is BPMN's
TABLE = re.compile(r"\bcreate table (?:if not exists )?\"?(\w+)", re.IGNORECASE)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def avoided(glossary: str) -> set[str]:
    """The words in backticks of the glossary's section."""
    _, _, section = glossary.partition(SECTION)
    return set(re.findall(r"`(\w+)`", section.partition("\n## ")[0]))


def words(name: str) -> set[str]:
    """The words that ``name`` is made of, small, each also without a plural's s."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", API_TOKEN.sub("", name))
    small = {part.lower() for part in parts}
    return small | {part.removesuffix("s") for part in small} | {re.sub("ies$", "y", part) for part in small}


def public_names(path: Path, text: str) -> Iterator[tuple[int, str]]:
    """Every public name in a file, with its line; the module's own comes first."""
    yield 1, path.stem
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node.lineno, node.name
        elif isinstance(node, ast.Call):
            yield from _table_or_path(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from ((node.lineno, name) for name in TABLE.findall(node.value))


def _table_or_path(call: ast.Call) -> Iterator[tuple[int, str]]:
    """``Table("name", ...)``, and whatever is called with a first or named string that begins with a slash."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    for given in [*call.args[:1], *(keyword.value for keyword in call.keywords)]:
        if not isinstance(given, ast.Constant) or not isinstance(given.value, str):
            continue
        if given.value.startswith("/") or (called == "Table" and given in call.args):
            yield given.lineno, given.value


def main() -> int:
    not_ours = avoided((ROOT / "docs/glossary.md").read_text())
    assert not_ours, f"Expected words under '{SECTION}' in docs/glossary.md but found none"
    found = 0
    for path in sorted((ROOT / "src").rglob("*.py")):
        for line, name in public_names(path, path.read_text()):
            for word in sorted(words(name) & not_ours):
                found += 1
                print(f"{path.relative_to(ROOT)}:{line}: {name}: the glossary has another word for '{word}'")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
