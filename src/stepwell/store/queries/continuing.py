"""Open steps that a person can go on with from somewhere else: from a record, or from an instance (S9)."""

from collections.abc import Sequence

from stepwell.store.queries.user_tasks import JOINED, SELECT, UserTaskView, view
from stepwell.store.session import Session

MOST = 2_000
_HAS = (
    " and exists (select 1 from inbox b where b.principal in ({principals}) and b.created_at = t.created_at"
    " and b.instance_id = t.instance_id and b.key = t.key)"
)
_OF_RECORDS = (
    f"{SELECT}, c.record from user_task_record c cross join user_task t{JOINED} and t.instance_id = c.instance_id"
    f" and t.key = c.key and c.record in ({{wanted}}){_HAS} order by c.record, t.created_at desc, t.instance_id, t.key"
    " limit ?"
)
_OF_INSTANCES = f"{SELECT} from user_task t{JOINED} and t.instance_id in ({{wanted}}){_HAS} order by t.instance_id, t.key limit ?"
_OPEN = "select instance_id, count(*) from user_task where instance_id in ({wanted}) group by instance_id"


def of_records(
    session: Session, records: Sequence[str], principals: Sequence[str]
) -> list[tuple[str, UserTaskView]]:
    """The open steps of these inboxes that are about records, each with its record, the newest of each first."""
    found = _read(session, _OF_RECORDS, records, principals)
    return [(str(row[-1]), view(row[:-1])) for row in found]


def of_instances(session: Session, ids: Sequence[int], principals: Sequence[str]) -> list[UserTaskView]:
    """The open steps of these inboxes in instances, in the order in which they were made."""
    return list(map(view, _read(session, _OF_INSTANCES, ids, principals)))


def count_open(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """How many open steps each of these instances has; those without any are left out."""
    if not ids:
        return {}
    return dict(session.read(_OPEN.format(wanted=", ".join("?" * len(ids))), *ids))


def _read(
    session: Session, statement: str, wanted: Sequence[object], principals: Sequence[str]
) -> list[tuple[object, ...]]:
    if not wanted or not principals:
        return []
    marks = {"wanted": ", ".join("?" * len(wanted)), "principals": ", ".join("?" * len(principals))}
    return session.read(statement.format(**marks), *wanted, *principals, MOST)
