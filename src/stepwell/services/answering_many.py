"""The same answer to several steps: only where the question is the same (T8)."""

from collections.abc import Iterable

from stepwell.errors import Conflict, NotFound
from stepwell.identity import Actor
from stepwell.services.ids import inner_key
from stepwell.store import Store
from stepwell.store.queries import user_tasks as queries

Question = tuple[str, str]


def questions(store: Store, ids: Iterable[str], actor: Actor) -> dict[str, Question]:
    """The process and the element of each open task that the actor sees, by its id, in the order asked for."""
    found: dict[str, Question] = {}
    with store.reading() as session:
        for id in ids:
            try:
                row = queries.fetch(session, *inner_key(id, "user task"), actor)
            except NotFound:
                continue  # it is told in its row
            if row is not None:
                found[id] = (row.process_id, row.task.element)
    return found


def expect_same(found: dict[str, Question], id: str) -> None:
    """Raise ``Conflict`` for a task that asks something else than the first one."""
    first = next(iter(found.values()), None)
    if id in found and found[id] != first:
        asked, other = found[id], first or ("", "")
        message = f"Expected user task {id} to ask what the first one asks ({other[1]} of {other[0]})"
        raise Conflict("user-task.other-question", f"{message}, but it is {asked[1]} of {asked[0]}.")
