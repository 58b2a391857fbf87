"""The folder of an application as a zip file of unknown origin."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from stepwell.errors import Problem
from stepwell.records.naming import shown
from stepwell.services.applications import paths
from stepwell.services.applications.paths import Files

_UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OverflowError, OSError,
)  # fmt: skip
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def read(data: bytes) -> Files:
    """The files of an application; raises ``Invalid`` for what is no zip file, ``MisplacedError`` for what has no
    place in it.

    Nothing is written anywhere. No more is unpacked than an application may have, whatever the file says
    of itself. All may lie in one folder, whatever it is called.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return _read(opened)
    except _UNREADABLE as error:
        message = f"Expected a zip file with an application, but it can not be read: {error}."
        raise paths.refusal([Problem("application.unreadable", message)]) from None


def write(files: Files) -> bytes:
    """The same files as a zip file, byte for byte the same every time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            opened.writestr(entry, files[path])
    return made.getvalue()


def _read(opened: zipfile.ZipFile) -> Files:
    entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    paths.expect_few(entry.filename for entry in entries)
    root = _root([entry.filename for entry in entries])
    problems: list[Problem] = []
    found: dict[str, bytes] = {}
    seen: set[str] = set()
    left = paths.MOST_BYTES
    for entry in entries:
        name = entry.filename.removeprefix(root)
        if paths.is_passed_over(name) and ".." not in name.split("/"):
            continue
        wrong = [*_problems(entry, name, seen)]
        problems += wrong
        seen.add(name.casefold())
        if not wrong:
            found[name] = _content(opened, entry, name, problems)
            left -= len(found[name])
        if left < 0:
            message = f"Expected at most {paths.MOST_BYTES} bytes in all files, but there are more."
            raise paths.refusal([Problem("application.too-large", message)])
    if problems:
        raise paths.MisplacedError(problems, found)
    return found


def _root(names: list[str]) -> str:
    """The one folder in which everything lies, with a slash; empty if there is none."""
    if paths.APP in names:
        return ""
    roots = {name.partition("/")[0] for name in names if not name.startswith("__MACOSX/")}
    root = f"{next(iter(roots))}/" if len(roots) == 1 else ""
    return root if f"{root}{paths.APP}" in names else ""


def _problems(entry: zipfile.ZipInfo, name: str, seen: set[str]) -> Iterator[Problem]:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or "\\" in name or "\0" in entry.orig_filename:
        message = f"Expected a path inside the application, but found {shown(name)}."
        yield Problem("application.file-name", message, file=name[:200])
    elif (
        stat.S_ISLNK(entry.external_attr >> 16) or entry.flag_bits & 1 or entry.compress_type not in _METHODS
    ):
        message = f"Expected plain files, but {shown(name)} is a link, encrypted, or packed in another way."
        yield Problem("application.not-a-file", message, file=name[:200])
    elif name.casefold() in seen:
        message = f"Expected every file once, but {shown(name)} is there twice."
        yield Problem("application.file-name", message, file=name[:200])
    else:
        yield from paths.problems_of_path(name)


def _content(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, problems: list[Problem]) -> bytes:
    most = paths.largest(name)
    with opened.open(entry) as content:
        data = content.read(most + 1)
    if len(data) > most:
        problems.append(paths.too_large(name))
    return data[:most]
