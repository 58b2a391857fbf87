"""The folder of an application on this machine: read without following a link, written without touching others."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from stepwell.errors import Conflict, NotFound, Problem
from stepwell.records.naming import shown
from stepwell.services.applications import paths
from stepwell.services.applications.paths import Files

DEEPEST = 3


def is_application(root: Path) -> bool:
    """Whether a folder holds an application."""
    return (root / paths.APP).is_file()


def read(root: Path) -> Files:
    """The files of an application; raises ``MisplacedError`` with everything that has no place there, ``NotFound``."""
    if not root.is_dir():
        raise NotFound("file.unreadable", f"Expected a folder, but there is none at {root}.")
    problems: list[Problem] = []
    found: dict[str, Path] = {}
    for path in _walk(root, root, problems):
        name = path.relative_to(root).as_posix()
        wrong = [*paths.problems_of_path(name)]
        problems += wrong
        if not wrong:
            found[name] = path
        paths.expect_few(found)
    contents = {name: _content(name, path, problems) for name, path in sorted(found.items())}
    if sum(map(len, contents.values())) > paths.MOST_BYTES:
        message = f"Expected at most {paths.MOST_BYTES} bytes in all files, but there are more."
        raise paths.refusal([*problems, Problem("application.too-large", message)])
    if problems:
        raise paths.MisplacedError(problems, contents)
    return contents


def _walk(root: Path, folder: Path, problems: list[Problem]) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        path = folder / entry.name
        name = path.relative_to(root).as_posix()
        if paths.is_passed_over(name):
            continue
        if entry.is_dir(follow_symlinks=False) and name.count("/") < DEEPEST:
            yield from _walk(root, path, problems)
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            message = f"Expected files and folders, but {shown(name)} is a link or something else."
            problems.append(Problem("application.not-a-file", message, file=name[:200]))


def _content(name: str, path: Path, problems: list[Problem]) -> bytes:
    """The bytes of a file that is no link, at most so many as it may have."""
    most = paths.largest(name)
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise OSError(0, "it is no file")
            data = opened.read(most + 1)
    except OSError as error:
        message = f"Expected a file that can be read, but {shown(name)} can not: {error.strerror}."
        problems.append(Problem("file.unreadable", message, file=name))
        return b""
    if len(data) > most:
        problems.append(paths.too_large(name))
    return data[:most]


def write(root: Path, files: Files) -> tuple[str, ...]:
    """Write an application into a folder, which is made if need be; gives the paths that changed or went.

    A file of the application that is not among ``files`` any more is removed; everything else in the folder
    stays. Raises ``Conflict`` for a folder that holds files and no application, or a link where one is written.
    """
    if root.is_dir() and any(root.iterdir()) and not is_application(root):
        message = f"Expected an empty folder or one with an application, but {root} is none."
        raise Conflict("application.other-folder", message)
    root.mkdir(parents=True, exist_ok=True)
    old = read(root) if is_application(root) else {}
    for name in sorted({name.partition("/")[0] for name in files if "/" in name}):
        _expect_no_link(root / name)
        (root / name).mkdir(exist_ok=True)
    for name in old.keys() - files.keys():
        (root / name).unlink()
    changed = [name for name, content in files.items() if old.get(name) != content]
    for name in changed:
        _expect_no_link(root / name)
        (root / name).write_bytes(files[name])
    return tuple(sorted([*changed, *(old.keys() - files.keys())]))


def _expect_no_link(path: Path) -> None:
    if path.is_symlink():
        raise Conflict("application.other-folder", f"Expected a file or folder at {path}, but it is a link.")
