"""Taking an application away with everything that became of it: for demonstrations and tests."""

from collections.abc import Callable

from msgspec.structs import replace

from stepwell.config import Settings
from stepwell.errors import Rejection
from stepwell.identity import Actor
from stepwell.records.shipped import ACTIVITY, NAMES
from stepwell.services import instances
from stepwell.services.applications import deploying, paths
from stepwell.services.applications.deploying import Asked
from stepwell.services.records import deleting, reading
from stepwell.services.records.reading import ListAsked
from stepwell.services.records.work import Work
from stepwell.services.records.writing import Given
from stepwell.services.requests import Done, Request
from stepwell.store import Store, applications, lookups, retention
from stepwell.store.records import catalogue


def others(store: Store, name: str) -> tuple[str, ...]:
    """What else than an application there is: other applications, processes and record types of nobody."""
    with store.reading() as session:
        found = [found.name for found in applications.everything(session)]
        brought = {key for app in found for key in _processes(applications.files(session, app))}
        types = {paths.stem(path) for path in applications.owners(session)}
        known = catalogue.load(session).types
        processes = lookups.latest_definitions(session)
    return (
        *(f"application {other}" for other in found if other != name),
        *(f"process {other}" for other in sorted(processes) if other not in brought),
        *(f"record type {other}" for other in known if other not in types and other not in NAMES),
    )


def take_away(
    store: Store, submit: Callable[[Request], Done], name: str, settings: Settings, actor: Actor
) -> None:
    """Delete an application: its instances, its records and all that it brought; only its people and roles stay.

    What others lead to stays too.
    """
    with store.reading() as session:
        files = applications.files(session, name)
    if not files:
        return
    processes = sorted(_processes(files))
    _cancel_all(store, submit, processes, actor)
    gone: set[int] = set()
    while ids := _instances(store, processes, is_running=False):
        with store.transaction() as tx:
            retention.delete_instances(tx.session, ids)
        gone.update(ids)
    _delete_activities(store, gone, actor)
    left = {path: files[path].content for path in (paths.APP, paths.ROLES, paths.USERS) if path in files}
    deploying.deploy(store, left, Asked(actor=actor, prune=True, with_data=True), settings)


def _cancel_all(store: Store, submit: Callable[[Request], Done], processes: list[str], actor: Actor) -> None:
    """Cancel what runs; one that ended meanwhile, by itself or with its caller, is none any more."""
    before: list[int] = []
    while ids := _instances(store, processes, is_running=True):
        for number in ids:
            try:
                submit(instances.cancel(number, actor=actor, reason="The application is reset."))
            except Rejection:
                if ids == before:
                    raise
        before = ids


def _delete_activities(store: Store, gone: set[int], actor: Actor) -> None:
    """Delete the activities that steps of instances which are gone have made."""
    asked = ListAsked(
        type=ACTIVITY, filter={"field": "step", "op": "is not empty"}, columns=("step",), limit=200
    )
    after: str | None = ""
    while after is not None and gone:
        page = reading.page(store, actor, replace(asked, after=after or None))
        after = page.after
        of_gone = [item for item in page.items if int(str(item.values["step"]).partition("-")[0]) in gone]
        with store.transaction() as tx:
            work = Work(tx, actor)
            given = [Given({}, int(item.id.partition("/")[2])) for item in of_gone]
            if given:
                deleting.delete(work, ACTIVITY, given)


def _processes(files: dict[str, applications.ApplicationFile]) -> set[str]:
    start = f"{paths.PROCESSES}/"
    return {key for path, file in files.items() if path.startswith(start) for key in file.brought}


def _instances(store: Store, processes: list[str], *, is_running: bool) -> list[int]:
    with store.reading() as session:
        return applications.instances(session, processes, is_running=is_running)
