"""Applications that were deployed as folders, and the files that they brought."""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from stepwell.store.session import Session

_APPLICATION = "select name, label, version, deployed_at, deployed_by from application"
_FILE = (
    "select path, content, sha256, made, brought, is_current, deployed_at from application_file"
    " where application = ?"
)
_PUT = (
    "insert into application_file (application, path, content, sha256, made, brought, is_current, deployed_at)"
    " values (?, ?, ?, ?, ?, ?, ?, ?)"
)
_REMOVE = "delete from application_file where application = ? and path = ?"
_SAME = "select content from application_file where path = ? order by deployed_at desc, application limit 1"
_FOLDER = "select path, content from application_file where path >= ? and path < ? order by deployed_at, application desc"


class Application(Struct, frozen=True):
    """An application as its folder says what it is; who deployed it last, and when."""

    name: str
    label: str
    version: str
    deployed_at: int
    deployed_by: str


class ApplicationFile(Struct, frozen=True):
    """A file of an application as it was deployed.

    ``made`` is the SHA-256 of what an export would write of what the file describes and nothing else, so that
    an export knows whether that is as it was. ``brought`` are the keys of what it describes: fields, codes, names;
    ``kept`` those of what it once described and what is still there. One that is not ``is_current`` is gone from
    the folder.
    """

    path: str
    content: bytes
    sha256: bytes
    made: bytes
    brought: tuple[str, ...]
    is_current: bool
    deployed_at: int
    kept: tuple[str, ...] = ()


def everything(session: Session) -> list[Application]:
    """All applications, by name."""
    return [Application(*row) for row in session.read(f"{_APPLICATION} order by name")]


def fetch(session: Session, name: str) -> Application | None:
    """One application by its name."""
    found = session.read(f"{_APPLICATION} where name = ?", name)
    return Application(*found[0]) if found else None


def put(session: Session, found: Application) -> None:
    """Keep what an application is now."""
    session.run("delete from application where name = ?", found.name)
    session.run(
        "insert into application (name, label, version, deployed_at, deployed_by) values (?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(found),
    )


def remove(session: Session, name: str) -> None:
    """Forget an application and its files; what these brought stays."""
    session.run("delete from application_file where application = ?", name)
    session.run("delete from application where name = ?", name)


def files(session: Session, application: str) -> dict[str, ApplicationFile]:
    """The files of an application by their paths."""
    found = session.read(f"{_FILE} order by path", application)
    return {row[0]: _file(*row) for row in found}


def _file(path: str, content: bytes, *row: Any) -> ApplicationFile:
    sha256, made, brought, is_current, deployed_at = row
    keys, kept = (tuple(found) for found in msgspec.json.decode(brought))
    data = zlib.decompress(content)
    return ApplicationFile(path, data, bytes(sha256), bytes(made), keys, bool(is_current), deployed_at, kept)


def put_file(session: Session, application: str, file: ApplicationFile) -> None:
    """Keep a file in the place of the one of its path."""
    session.run(_REMOVE, application, file.path)
    brought = msgspec.json.encode((file.brought, file.kept)).decode()
    kept = (
        zlib.compress(file.content),
        file.sha256,
        file.made,
        brought,
        int(file.is_current),
        file.deployed_at,
    )
    session.run(_PUT, application, file.path, *kept)


def remove_files(session: Session, application: str, paths: Sequence[str]) -> None:
    """Forget files."""
    for path in paths:
        session.run(_REMOVE, application, path)


def owners(session: Session) -> dict[str, str]:
    """The application of each path that only one can have: what lies in a folder."""
    found = session.read("select path, application from application_file order by path, application")
    return {path: application for path, application in found if "/" in path}


def content(session: Session, path: str) -> bytes | None:
    """A file by its path, such as ``mail/party.md``; None if no application brought one."""
    found = session.read(_SAME, path)
    return zlib.decompress(found[0][0]) if found else None


def texts(session: Session) -> Mapping[str, bytes]:
    """The pages and the texts of mails that applications brought, by their paths."""
    found = [*session.read(_FOLDER, "pages/", "pages0"), *session.read(_FOLDER, "mail/", "mail0")]
    return {path: zlib.decompress(data) for path, data in found}


def pages(session: Session) -> Mapping[str, bytes]:
    """The page schemas that applications brought, by the names that steps call them."""
    found = session.read(_FOLDER, "pages/", "pages0")
    return {path.removeprefix("pages/"): zlib.decompress(data) for path, data in found}


def instances(session: Session, processes: Sequence[str], *, is_running: bool) -> list[int]:
    """Some instances of these processes, running or not, the newest first."""
    if not processes:
        return []
    marks = ", ".join("?" * len(processes))
    status = "=" if is_running else "<>"
    found = session.read(
        "select p.id from process_instance p join definition d on d.id = p.definition_id"
        f" where d.process_id in ({marks}) and p.status {status} 'running' order by p.id desc limit 200",
        *processes,
    )
    return [row[0] for row in found]
