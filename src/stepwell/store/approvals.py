"""Verdicts about records: who decided what, in which step."""

from collections.abc import Sequence

from msgspec import Struct

from stepwell.store.session import Session

_COLUMNS = "type_id, record_id, instance_id, key, at, actor, verdict, comment, title"
_ADD = f"insert into approval ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_OF = (
    f"select {_COLUMNS} from approval where type_id = ? and record_id = ?"
    " order by at desc, instance_id desc, key desc limit ?"
)
MOST = 200


class ApprovalRow(Struct, frozen=True):
    """One verdict about a record; ``title`` is that of the step."""

    type_id: int
    record_id: int
    instance_id: int
    key: int
    at: int
    actor: str
    verdict: str
    comment: str
    title: str


def add(session: Session, row: ApprovalRow) -> None:
    """Keep a verdict."""
    session.run(_ADD, *(getattr(row, name) for name in ApprovalRow.__struct_fields__))


def of(session: Session, type_id: int, record_id: int) -> Sequence[ApprovalRow]:
    """The verdicts about a record, the newest first."""
    return [ApprovalRow(*row) for row in session.read(_OF, type_id, record_id, MOST)]
