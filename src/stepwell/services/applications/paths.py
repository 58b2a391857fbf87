"""What may lie in the folder of an application: which names, how large, how many."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from stepwell.errors import Invalid, Problem, how_many, near
from stepwell.records.naming import LONGEST_NAME, is_name, shown

Files = Mapping[str, bytes]
"""The files of an application by their paths, with ``/`` between folder and name."""

APP, ROLES, RIGHTS, USERS = "app.yaml", "roles.yaml", "rights.yaml", "users.yaml"
TYPES, LOOKUPS, DATA = "record_types", "lookups", "data"
PROCESSES, PAGES, DECISIONS, MAIL = "processes", "pages", "decisions", "mail"

MOST_FILES = 2000
MOST_BYTES = 64 * 1024 * 1024
_YAML, _TABLE, _TEXT = 1024 * 1024, 20 * 1024 * 1024, 512 * 1024
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\Z")
_BESIDE = re.compile(r"[^/]*\.md\Z|LICENSE\Z|NOTICE\Z")


class Place(NamedTuple):
    """A folder of an application: how its files end, and how large one may be."""

    suffix: str
    largest: int
    is_named_as_data: bool = False


TOP = {APP: _YAML, ROLES: _YAML, RIGHTS: _YAML, USERS: _YAML}
FOLDERS = {
    TYPES: Place(".yaml", _YAML, is_named_as_data=True),
    LOOKUPS: Place(".csv", _TABLE, is_named_as_data=True),
    DATA: Place(".csv", _TABLE, is_named_as_data=True),
    PROCESSES: Place(".bpmn", 16 * 1024 * 1024),
    PAGES: Place(".form", _TEXT),
    DECISIONS: Place(".dmn", 4 * 1024 * 1024),
    MAIL: Place(".md", _TEXT),
}


def is_passed_over(path: str) -> bool:
    """Whether a file is none of the application's: a hidden one, a text about it."""
    return any(part.startswith(".") for part in path.split("/")) or _BESIDE.match(path) is not None


def problems_of_path(path: str) -> Iterator[Problem]:
    """What is wrong with where a file lies and what it is called."""
    folder, slash, name = path.partition("/")
    if not slash:
        if path not in TOP:
            yield _unknown(path, near(path, [*TOP, *FOLDERS]))
        return
    place = FOLDERS.get(folder)
    if place is None or "/" in name:
        yield _unknown(path, near(folder, FOLDERS) if place is None else "")
        return
    stem = name.removesuffix(place.suffix)
    if not name.endswith(place.suffix) or not _NAME.match(stem):
        message = f"Expected a name of letters, digits, _ . - and {place.suffix} in {folder}/, but found {shown(name)}."
        yield Problem("application.file-name", message, file=path)
    elif place.is_named_as_data and not is_name(stem):
        message = (
            f"Expected a name of at most {LONGEST_NAME} small letters, digits and _, but found {shown(stem)}."
        )
        yield Problem("application.file-name", message, file=path)


def _unknown(path: str, hint: str) -> Problem:
    message = f"Expected a file that belongs to an application, but found {shown(path)}{hint}."
    return Problem(
        "application.unknown-file", message, file=path[:200], hint="docs/applications.md says what does."
    )


def largest(path: str) -> int:
    """How many bytes a file may have at this place; 0 for one that has no place."""
    folder, slash, _ = path.partition("/")
    if not slash:
        return TOP.get(path, 0)
    return FOLDERS[folder].largest if folder in FOLDERS else 0


def too_large(path: str) -> Problem:
    """That a file is larger than one may be there."""
    message = f"Expected at most {largest(path)} bytes, but {shown(path)} has more."
    return Problem("application.too-large", message, file=path[:200])


def expect_few(paths: Iterable[str]) -> None:
    """Raise ``Invalid`` for more files than an application may have."""
    count = sum(1 for _ in paths)
    if count > MOST_FILES:
        message = f"Expected at most {MOST_FILES} files, but found {count}."
        raise refusal([Problem("application.too-many", message)])


class MisplacedError(Invalid):
    """Some files have no place in an application or can not be read; ``files`` are the others."""

    def __init__(self, problems: Iterable[Problem], files: Files) -> None:
        said = refusal(problems)
        super().__init__(said.code, said.message, said.problems)
        wrong = {problem.file for problem in said.problems}
        self.files = {path: content for path, content in files.items() if path not in wrong}


def refusal(problems: Iterable[Problem]) -> Invalid:
    """What is said of a folder that can not be deployed."""
    found = sorted(problems, key=lambda one: (one.warning, one.file, one.line))
    what = how_many([one for one in found if not one.warning])
    message = f"Expected an application that can be deployed, but found {what}; nothing was changed."
    return Invalid("application.invalid", message, found[:1000])


def stem(path: str) -> str:
    """What a file is called without folder and ending."""
    return PurePosixPath(path).stem


def within(files: Files, folder: str) -> dict[str, bytes]:
    """The files of one folder by their names."""
    start = f"{folder}/"
    return {path.removeprefix(start): files[path] for path in sorted(files) if path.startswith(start)}
