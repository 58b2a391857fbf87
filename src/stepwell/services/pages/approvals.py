"""What was decided about a record (K6)."""

from datetime import datetime

from msgspec import Struct

from stepwell.identity import Actor
from stepwell.services.ids import inner_id
from stepwell.services.moments import moment
from stepwell.services.records.reading import find
from stepwell.services.records.viewer import Viewer, ask
from stepwell.store import Store, approvals


class Approval(Struct, frozen=True, kw_only=True):
    """One verdict: ``approved`` or ``rejected``, by whom, when, with which comment, in which step."""

    verdict: str
    actor: str
    at: datetime
    comment: str
    title: str
    step: str
    instance_id: str


class Approvals(Struct, frozen=True):
    """The verdicts about a record, the newest first, at most 200."""

    items: tuple[Approval, ...]


def of_record(store: Store, actor: Actor, place: tuple[str, str]) -> Approvals:
    """What was decided about a record, for whoever sees it; raises ``NotFound``."""

    def question(viewer: Viewer) -> Approvals:
        table, row = find(viewer, *place)
        return Approvals(tuple(map(_view, approvals.of(viewer.session, table.type.number, row["id"]))))

    return ask(store, actor, question)


def _view(row: approvals.ApprovalRow) -> Approval:
    return Approval(
        verdict=row.verdict,
        actor=row.actor,
        at=moment(row.at),
        comment=row.comment,
        title=row.title,
        step=inner_id(row.instance_id, row.key),
        instance_id=str(row.instance_id),
    )
