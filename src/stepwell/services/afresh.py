"""How things stand behind a command in the foreground that is repeated: its trail is over, or goes on elsewhere."""

from stepwell.services.requests import Done
from stepwell.services.trail import Followed, Standing, is_awaited
from stepwell.store import Store
from stepwell.store.queries.open_work import OpenWork, around

ENDED = ("completed", "cancelled")


def look(store: Store, done: Done, person: str) -> tuple[Followed, bool]:
    """What is open now for who waits, and whether something is under way that may soon change it."""
    with store.reading() as session:
        found = around(session, done.instance_id, person)
    awaited = [(instance, job) for instance, job in found.jobs if is_awaited(job)]
    is_under_way = any(not job.error for _, job in awaited)
    return Followed(done, _standing(found), is_running=bool(awaited)), is_under_way


def _standing(found: OpenWork) -> Standing:
    return Standing(
        tasks={(instance, task.key): task for instance, task in found.tasks if task.details.foreground},
        incidents={(instance, row.key): row for instance, row in found.incidents},
        ended={instance: status for instance, status in found.statuses.items() if status in ENDED},
    )
