"""Searching everywhere: one's steps, the processes that one may run, and the records that one sees."""

from stepwell.identity import Actor
from stepwell.services import inboxes, processes
from stepwell.services.records import searching as records
from stepwell.services.records.searching import Hit, Hits
from stepwell.store import Store

PER_KIND = 10


def search(store: Store, actor: Actor, text: str) -> Hits:
    """What has all the words: at most ten steps and processes, and ten records of each type, the newest first."""
    steps, has_all_steps = _steps(store, actor, text) if actor.name else ((), True)
    found = records.search(store, actor, text)
    items = (*steps, *_processes(store, actor, text), *found.items)
    return Hits(items, found.is_complete and has_all_steps)


def _steps(store: Store, actor: Actor, text: str) -> tuple[tuple[Hit, ...], bool]:
    """Open steps that one has or may take, also what starts later; and whether all were looked at."""
    asked = inboxes.Asked(search=text, is_later=True, limit=PER_KIND)
    page = inboxes.page(store, inboxes.person_of(actor), asked, actor)
    hits = tuple(
        Hit(
            kind="step", id=task.id, title=task.title or task.element, type=task.process_id,
            type_label=task.process_name or task.process_id, field="instance_caption", text=task.instance_caption,
        )
        for task in page.items
    )  # fmt: skip
    return hits, page.after is None or len(hits) == PER_KIND


def _processes(store: Store, actor: Actor, text: str) -> tuple[Hit, ...]:
    asked = processes.Asked(search=text, limit=PER_KIND)
    return tuple(
        Hit(
            kind="process", id=process.definition_id, title=process.name or process.process_id,
            type=process.process_id, type_label="Process", field="name", text=process.name,
        )
        for process in processes.runnable(store, asked, actor).items
    )  # fmt: skip
