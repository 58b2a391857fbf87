"""One deployment on its way: the transaction, what the folder says, and what came of it so far."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property

from msgspec.structs import replace

from stepwell.errors import Invalid, Problem, Rejection
from stepwell.identity import Actor
from stepwell.records.changes import Change
from stepwell.services.applications.report import Changed, Done, Kept, What
from stepwell.services.applications.written import Written
from stepwell.services.records.work import Work
from stepwell.store.applications import ApplicationFile
from stepwell.store.records import catalogue
from stepwell.store.records.catalogue import Known
from stepwell.store.transaction import Transaction


class Applying:
    """What every part of a deployment works with.

    ``old`` are the files of the application as they were deployed before; ``brought`` grows to what each file
    brings now, by its path, ``left`` to what it brought before and was kept; ``changes`` are those of records.
    """

    def __init__(
        self, tx: Transaction, written: Written, actor: Actor, old: Mapping[str, ApplicationFile]
    ) -> None:
        self.tx = tx
        self.written = written
        self.actor = actor
        self.old = old
        self.changed: list[Changed] = []
        self.kept: list[Kept] = []
        self.brought: dict[str, tuple[str, ...]] = {}
        self.left: dict[str, list[str]] = {}
        self.changes: list[Change] = []

    def note(self, what: What, name: str, done: Done, *details: str) -> None:
        """That something is another one now."""
        self.changed.append(Changed(what, name, done, details))

    def keep(self, what: What, name: str, reason: str, place: tuple[str, str]) -> None:
        """That something stays although the folder has it no more; ``place`` is the file and its key there."""
        path, key = place
        self.kept.append(Kept(what, name, reason))
        self.left.setdefault(path, []).append(key)

    def gone(self, path: str) -> tuple[str, ...]:
        """What a file brought before and does not bring any more."""
        old = self.old.get(path)
        now = set(self.brought.get(path, ()))
        return tuple(key for key in (*old.brought, *old.kept) if key not in now) if old else ()

    @cached_property
    def known(self) -> Known:
        """The record types as they are in this transaction, once those of the folder are made."""
        self.tx.know_records_anew()
        return catalogue.load(self.tx.session)

    def work(self) -> Work:
        """Records being changed, by whoever deploys."""
        self.tx.know_records_anew()
        return Work(self.tx, self.actor)

    @contextmanager
    def telling(self, path: str, place: str = "", line: int = 0) -> Iterator[None]:
        """Whatever is refused meanwhile becomes a problem of a file; the next part goes on."""
        try:
            yield
        except Rejection as refusal:
            tree = self.written.trees.get(path)
            found = refusal.problems if isinstance(refusal, Invalid) else ()
            for problem in found or [Problem(refusal.code, refusal.message)]:
                inner = ".".join(filter(None, [place, problem.field]))
                at = problem.line or (tree.line(inner) if tree else 0) or line
                self.written.problems.append(replace(problem, file=path, line=at, field=inner))
