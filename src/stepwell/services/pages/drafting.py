"""What somebody typed on a page and did not send yet: kept for that person, who finds it there again (S5)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from stepwell import forms
from stepwell.engine.rows import PAGE
from stepwell.errors import Invalid, Problem
from stepwell.forms.sizes import is_small
from stepwell.identity import Actor
from stepwell.identity.policies import user_task as policy
from stepwell.services.allowing import allow
from stepwell.services.batch import Batch
from stepwell.services.directory import Directory
from stepwell.services.ids import inner_id, inner_key
from stepwell.services.moments import moment
from stepwell.services.pages.asking import Choices
from stepwell.services.pages.completing import files_in, typed
from stepwell.services.pages.showing import not_opened, seen
from stepwell.services.records.viewer import Viewer, ask, zone_of
from stepwell.services.requests import Done, Request
from stepwell.store import drafts
from stepwell.store.queries import variables
from stepwell.store.session import Session


class SaveDraft(Request, frozen=True, gc=False):
    """Keep what a person typed on the page of a step."""

    place: tuple[int, int]
    values: Mapping[str, Any]


class Examined(Struct, frozen=True):
    """What is wrong with what was typed so far; nothing: the next part of the page may open."""

    problems: tuple[Problem, ...]


class DraftKept(Struct, frozen=True):
    """When it was kept: the draft of the page has this time until something else is typed."""

    at: datetime


def save_draft(batch: Batch, request: SaveDraft) -> Done:
    """Keep it in place of what that person typed before, right or wrong; raises ``NotFound``, ``Forbidden`` and ``Conflict``."""
    session = batch.tx.session
    _page(session, request.place, request.by)
    if not is_small(request.values):
        message = "Expected what a page can hold, but it is too much."
        raise Invalid("page.wrong-input", message, [Problem("input.too-large", message, field="values")])
    row = typed(batch, request, request.values)
    drafts.put(session, request.place, row)
    return Done(at=batch.tx.now, answer=msgspec.json.encode(DraftKept(moment(row.at))))


def _page(session: Session, place: tuple[int, int], actor: Actor) -> dict[str, Any]:
    """The stored page of a step that the person may do."""
    found = seen(session, place, actor)
    id = inner_id(*place)
    allow(
        policy.may_complete(actor, found.task),
        "user-task.forbidden",
        f"Expected to be allowed to do user task {id}",
    )
    kept = variables.kept(session, *place, PAGE)
    if not isinstance(kept, dict):
        raise not_opened(session, place)
    return kept


def examine(
    directory: Directory, task_id: str, actor: Actor, values: Mapping[str, Any], part: int | None = None
) -> Examined:
    """What is wrong with the values of a page, or of one part of its layout, counted from 1; nothing is kept."""
    place = inner_key(task_id, "user task")

    def question(viewer: Viewer) -> Examined:
        kept = _page(viewer.session, place, actor)
        page = forms.stored(kept["schema"].encode())
        parts = len(page.layout.parts) if page.layout else 0
        if part is not None and not 1 <= part <= parts:
            message = f"Expected a part of the page from 1 to {parts}, but found {part}."
            raise Invalid("page.no-part", message, [Problem("page.no-part", message, field="part")])
        choices = Choices(viewer, directory, f"user-task/{task_id}", files_in(kept["values"]))
        now = moment(viewer.now).astimezone(zone_of(actor.time_zone))
        around = forms.Around(kept["values"], now, choices)
        return Examined(forms.examine(page, dict(values), around, part and part - 1).problems)

    return ask(directory.store, actor, question)
