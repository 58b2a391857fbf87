"""Taking an application away with everything that became of it: for demonstrations and tests."""

from collections.abc import Callable

from stepwell.config import Settings
from stepwell.errors import Rejection
from stepwell.identity import Actor
from stepwell.services import instances
from stepwell.services.applications import deploying, paths
from stepwell.services.applications.deploying import Asked
from stepwell.services.requests import Done, Request
from stepwell.store import Store, applications, lookups, retention
from stepwell.store.records import catalogue

SHIPPED = "activity"
"""What the names of record types begin with that Stepwell itself brings."""


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
        *(f"record type {other}" for other in known if other not in types and not other.startswith(SHIPPED)),
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
    while ids := _instances(store, processes, is_running=True):
        for number in ids:
            try:
                submit(instances.cancel(number, actor=actor, reason="The application is reset."))
            except Rejection:  # it ended by itself, or with the one that called it
                continue
    while ids := _instances(store, processes, is_running=False):
        with store.transaction() as tx:
            retention.delete_instances(tx.session, ids)
    left = {path: files[path].content for path in (paths.APP, paths.ROLES, paths.USERS) if path in files}
    deploying.deploy(store, left, Asked(actor=actor, prune=True, with_data=True), settings)


def _processes(files: dict[str, applications.ApplicationFile]) -> set[str]:
    start = f"{paths.PROCESSES}/"
    return {key for path, file in files.items() if path.startswith(start) for key in file.brought}


def _instances(store: Store, processes: list[str], *, is_running: bool) -> list[int]:
    with store.reading() as session:
        return applications.instances(session, processes, is_running=is_running)
