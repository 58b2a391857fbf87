"""The same answer to several steps: only where the question is the same, and the answer is all that it writes (T8)."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from stepwell import forms
from stepwell.engine.rows import PAGE, UserTask
from stepwell.engine.work import KINDS, ActivityStep, DrawnPage, EmailDraft, Part, RecordPage
from stepwell.errors import Conflict, NotFound
from stepwell.identity import Actor
from stepwell.services.ids import inner_key
from stepwell.store import Store
from stepwell.store.queries import user_tasks as queries
from stepwell.store.queries import variables
from stepwell.store.session import Session

OWN: Mapping[type[Part], str] = {
    RecordPage: "the page of a record",
    ActivityStep: "an activity",
    EmailDraft: "an e-mail",
}
"""What is the step's own: an answer for many would write that of one into all."""


class Question(Struct, frozen=True):
    """What an open step asks. ``own`` names what is on its page that belongs to it alone; ``begun`` is what the
    fields of an author's page begin with, None for other pages and for one that was not opened.
    """

    process_id: str
    element: str
    own: str = ""
    is_drawn: bool = False
    begun: dict[str, Any] | None = None


def questions(store: Store, ids: Iterable[str], actor: Actor) -> dict[str, Question]:
    """What each open task asks that the actor sees, by its id, in the order asked for."""
    found: dict[str, Question] = {}
    with store.reading() as session:
        for id in ids:
            try:
                place = inner_key(id, "user task")
            except NotFound:
                continue  # it is told in its row
            row = queries.fetch(session, *place, actor)
            if row is not None:
                found[id] = _question(session, row)
    return found


def _question(session: Session, row: queries.UserTaskView) -> Question:
    kind = KINDS.get(row.task.kind)
    is_drawn = kind is not None and issubclass(kind, DrawnPage)
    begun = _begun(session, row) if is_drawn else None
    return Question(row.process_id, row.task.element, _own(row.task), is_drawn, begun)


def _own(task: UserTask) -> str:
    kind = KINDS.get(task.kind)
    return OWN[ActivityStep] if task.details.activity else OWN.get(kind, "") if kind else ""


def _begun(session: Session, row: queries.UserTaskView) -> dict[str, Any] | None:
    kept = variables.kept(session, row.instance_id, row.task.key, PAGE)
    if not isinstance(kept, dict):
        return None
    return forms.to_fill(forms.stored(kept["schema"].encode()), kept["values"])


def unopened(found: Mapping[str, Question]) -> list[str]:
    """The tasks with the page of an author that has to be opened to tell with what it begins."""
    return [id for id, one in found.items() if one.is_drawn and one.begun is None and not one.own]


def expect_same(found: Mapping[str, Question], first_id: str, id: str) -> None:
    """Raise ``Conflict`` for an open task that no answer for many can do, or that asks something else than the first."""
    asked, first = found.get(id), found.get(first_id)
    if asked is None:
        return  # done, it is as it was answered
    if asked.own:
        message = f"Expected user task {id} to want an answer and nothing else, but it shows {asked.own}. Do it alone."
        raise Conflict("user-task.not-for-many", message)
    if first is None:
        message = f"Expected user task {first_id} to be open, because user task {id} is to get its answer, but it is not."
        raise Conflict("user-task.first-is-over", message)
    if (asked.process_id, asked.element) != (first.process_id, first.element):
        message = (
            f"Expected user task {id} to ask what the first one asks ({first.element} of {first.process_id})"
        )
        raise Conflict(
            "user-task.other-question", f"{message}, but it is {asked.element} of {asked.process_id}."
        )
    if asked.begun != first.begun:
        message = f"Expected user task {id} to begin with the values of the first one, but it has others. Do it alone."
        raise Conflict("user-task.other-values", message)
