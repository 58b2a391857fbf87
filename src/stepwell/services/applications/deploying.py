"""Deploying an application: everything that its folder says, in one transaction, or nothing."""

import hashlib
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from stepwell.config import Settings
from stepwell.errors import Contended, Invalid, Problem, Unavailable
from stepwell.identity import STEPWELL, Actor
from stepwell.identity.policies import application as policy
from stepwell.services import record_signals
from stepwell.services.allowing import allow, note
from stepwell.services.applications import paths, reading
from stepwell.services.applications.applying import Applying
from stepwell.services.applications.applying_files import check_processes, put_processes, put_texts
from stepwell.services.applications.applying_people import put_people, put_roles
from stepwell.services.applications.applying_rows import put_lookups, put_records
from stepwell.services.applications.applying_types import put_rights, put_types
from stepwell.services.applications.paths import Files, MisplacedError
from stepwell.services.applications.pruning import Pruning, prune
from stepwell.services.applications.rendering import Sifted, renderer
from stepwell.services.applications.report import ApplicationDeployment, Changed
from stepwell.services.applications.written import Written
from stepwell.services.auditing import note_change
from stepwell.services.records.viewer import Viewer
from stepwell.store import Store, applications
from stepwell.store.applications import Application, ApplicationFile
from stepwell.store.session import Session, TakenError
from stepwell.store.transaction import Transaction

LOCK = "applications"
TRIES = 5  # of a deployment that others get in the way of


class Asked(Struct, frozen=True, kw_only=True):
    """How to deploy: by whom, and what becomes of what is gone from the folder.

    ``dry_run``: only tell what would change. ``prune``: take away what is gone, as far as it holds no data;
    ``with_data``: that too.
    """

    actor: Actor = STEPWELL
    dry_run: bool = False
    prune: bool = False
    with_data: bool = False


class _TrialError(Exception):
    """Ends a transaction that was only to tell what it would do."""

    def __init__(self, done: ApplicationDeployment) -> None:
        super().__init__()
        self.done = done


def deploy(store: Store, files: Files, asked: Asked, settings: Settings) -> ApplicationDeployment:
    """Make the installation as the files say, and tell what changed; deployed again, nothing does.

    Raises ``Invalid`` (``application.invalid``) with every problem, its file and its line: then nothing has
    changed.
    """
    verdict = policy.may_deploy_applications(asked.actor)
    allow(verdict, "application.forbidden", "Expected to be allowed to deploy applications")
    for _ in range(TRIES):
        try:
            done = _deploy(store, files, asked, settings)
            break
        except (Contended, TakenError):
            continue
    else:
        message = "Expected to have the installation for a moment, but others work with it; try again."
        raise Unavailable("application.busy", message)
    if done.changed:
        note("application deployed", name=done.name, changes=len(done.changed), by=asked.actor.name)
    return done


def deploy_read(
    store: Store, read: Callable[[], Files], asked: Asked, settings: Settings
) -> ApplicationDeployment:
    """The same with files that are to be read; what has no place among them is told with all else that is wrong."""
    try:
        files = read()
    except MisplacedError as refusal:
        try:
            deploy(store, refusal.files, replace(asked, dry_run=True), settings)
        except Invalid as others:
            raise paths.refusal([*refusal.problems, *others.problems]) from None
        raise
    return deploy(store, files, asked, settings)


def _deploy(store: Store, files: Files, asked: Asked, settings: Settings) -> ApplicationDeployment:
    """One attempt; raises ``Contended`` when somebody else deployed meanwhile."""
    with store.reading() as session:
        kept = _kept_texts(session)
    written = reading.read(files, settings, kept)
    try:
        with store.transaction() as tx:
            done = _carry_out(tx, written, asked, kept)
            if asked.dry_run:
                raise _TrialError(done)
    except _TrialError as trial:
        return trial.done
    return done


def _kept_texts(session: Session) -> dict[str, bytes]:
    """The pages and mail texts that applications brought."""
    return dict(applications.texts(session))


def _carry_out(tx: Transaction, written: Written, asked: Asked, kept: Files) -> ApplicationDeployment:
    tx.session.lock_name(LOCK)
    _ = tx.known_records  # what all know of record types, before this transaction changes them
    if _kept_texts(tx.session) != kept:
        raise Contended("application.busy", "Expected the pages as they were read, but they changed.")
    old = applications.files(tx.session, written.name)
    written.problems += _of_others(tx.session, written)
    applying = Applying(tx, written, asked.actor, old)
    _apply(applying, kept)
    if written.errors:
        raise paths.refusal(written.problems)
    prune(applying, Pruning(asked.prune, asked.with_data))
    record_signals.tell_waiting(tx, tuple(applying.changes))
    _keep(applying)
    return ApplicationDeployment(
        written.name, written.label, written.version, tuple(applying.changed), tuple(applying.kept),
        asked.dry_run, tuple(written.problems),
    )  # fmt: skip


def _of_others(session: Session, written: Written) -> list[Problem]:
    """Files that another application has brought: what they describe is that one's."""
    return [
        Problem(
            "application.of-another", f"Expected files of '{written.name}' only, but '{owner}' brought this one.", file=path
        )
        for path, owner in applications.owners(session).items()
        if path in written.files and owner != written.name
    ]  # fmt: skip


def _apply(applying: Applying, kept: Files) -> None:
    """Everything that the folder says, in an order in which each part finds what it leads to."""
    put_roles(applying)
    put_types(applying)
    put_people(applying)
    put_rights(applying)
    if any(problem.file.startswith(f"{paths.TYPES}/") for problem in applying.written.errors):
        return  # every row of a type that is not there would be a problem
    put_records(applying, put_lookups(applying))
    put_texts(applying)
    check_processes(applying)
    if not applying.written.errors:
        put_processes(applying, kept)


def _keep(applying: Applying) -> None:
    """Keep the files, so that the next deployment knows what this one brought, and an export what is as it was."""
    tx, written = applying.tx, applying.written
    _keep_application(applying)
    tx.know_records_anew()
    viewer = Viewer(tx.session, tx.known_records, applying.actor, tx.now)
    for path, content in written.files.items():
        if paths.is_passed_over(path):
            continue
        sha256, keys = hashlib.sha256(content).digest(), applying.brought.get(path, ())
        render = renderer(path, Sifted(keys), content)
        rendered = hashlib.sha256(render(viewer)).digest() if render else sha256
        kept = tuple(applying.left.get(path, ()))
        _keep_file(
            applying,
            ApplicationFile(
                path, content, sha256, rendered, keys, is_current=True, deployed_at=tx.now, kept=kept
            ),
        )
    for path in applying.old.keys() - written.files.keys():
        left = tuple(applying.left.get(path, ()))
        if left:
            _keep_file(applying, replace(applying.old[path], brought=(), kept=left, is_current=False))
        else:
            applications.remove_files(tx.session, written.name, [path])


def _keep_file(applying: Applying, file: ApplicationFile) -> None:
    old = applying.old.get(file.path)
    if old is None or replace(file, deployed_at=old.deployed_at) != old:
        applications.put_file(applying.tx.session, applying.written.name, file)


def _keep_application(applying: Applying) -> None:
    written, session = applying.written, applying.tx.session
    old = applications.fetch(session, written.name)
    said = (written.label, written.version)
    if old is None or (old.label, old.version) != said:
        version = tuple(filter(None, [written.version]))
        done = Changed("application", written.name, "made" if old is None else "changed", version)
        applying.changed.insert(0, done)
    if old is None or applying.changed:
        found = Application(written.name, *said, applying.tx.now, applying.actor.name)
        applications.put(session, found)
        facts = {"version": written.version, "changes": len(applying.changed)}
        note_change(applying.tx, applying.actor, ("application.deployed", written.name), None, facts)


def problems(read: Callable[[], Files], settings: Settings) -> Sequence[Problem]:
    """What can be said to be wrong with an application without any database."""
    misplaced: Sequence[Problem] = ()
    try:
        files = read()
    except MisplacedError as refusal:
        files, misplaced = refusal.files, refusal.problems
    written = reading.read(files, settings, {})
    return sorted([*misplaced, *written.problems], key=lambda one: (one.file, one.line, one.warning))
