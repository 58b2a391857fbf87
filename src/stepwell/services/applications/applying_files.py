"""Processes, and the texts that processes use: pages, decisions, mail."""

import hashlib

from msgspec.structs import replace

from stepwell.services import definitions, record_checks
from stepwell.services.applications import paths
from stepwell.services.applications.applying import Applying
from stepwell.services.applications.paths import Files, within
from stepwell.services.applications.report import What

_KEPT: dict[str, What] = {paths.PAGES: "page", paths.DECISIONS: "decision", paths.MAIL: "mail"}


def put_texts(applying: Applying) -> None:
    """Note which pages, decisions and texts are other ones; all files are kept at the end."""
    for folder, what in _KEPT.items():
        for name, data in within(applying.written.files, folder).items():
            path = f"{folder}/{name}"
            old = applying.old.get(path)
            applying.brought[path] = (paths.stem(path),)
            if old is None or old.sha256 != hashlib.sha256(data).digest():
                applying.note(what, paths.stem(path), "made" if old is None else "changed")


def check_processes(applying: Applying) -> None:
    """Hold what the processes say about records against the record types and lookups as they are with this deployment."""
    there = record_checks.there(applying.tx.session, applying.known)
    for file in applying.written.processes:
        found = definitions.problems_with_records(file.definitions, there, applying.tx.now)
        applying.written.problems += [replace(problem, file=file.path) for problem in found]


def put_processes(applying: Applying, kept: Files) -> None:
    """Deploy the processes, with the pages of the folder and those kept before."""
    pages = {**within(kept, paths.PAGES), **applying.written.pages}
    for file in applying.written.processes:
        given = definitions.File(file.data, file.path.removeprefix(f"{paths.PROCESSES}/"), applying.actor)
        deployed = definitions.put_in(applying.tx, given, file.definitions, pages)
        applying.brought[file.path] = file.ids
        if deployed.is_new:
            for row in deployed.definitions:
                applying.note(
                    "process",
                    row.process_id,
                    "made" if row.version == 1 else "changed",
                    f"version {row.version}",
                )
