"""What people are told: one row for each of them, kept 30 days."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import astuple, replace

from stepwell.store.columns import layout
from stepwell.store.queries.page import Where
from stepwell.store.session import Session
from stepwell.store.writes import Write

KEPT = 30 * 24 * 3600 * 1_000_000
MOST_COUNTED = 100
LONGEST = 200  # characters of a title
SEQUENCE = "notification_id"

NOTIFICATION = layout(
    "notification",
    1,
    "id:int person:text kind:text at:int shown_at:int title:text instance_id:int key:int actor:text"
    " subject:text read_at:int?",
)
ADD = Write("insert", NOTIFICATION)
MARK_READ = Write("update", NOTIFICATION, (NOTIFICATION.names.index("read_at"),))
_COLUMNS = ", ".join(NOTIFICATION.names)
_SHOWN = f"select {_COLUMNS} from notification"
_COUNT = (
    "select count(*) from (select 1 from notification where person = ? and read_at is null and shown_at <= ?"
    " limit ?) unread"
)
_READ = "update notification set read_at = ? where id = ? and person = ? and read_at is null"
_READ_ALL = "update notification set read_at = ? where person = ? and read_at is null and shown_at <= ?"
_POSTPONE = "update notification set read_at = null, shown_at = ? where id = ? and person = ?"
_TOLD = (
    "select distinct subject, person from notification where kind = ? and read_at is null"
    " and subject in ({subjects}) and person in ({people})"
)
_UNREAD_OF = f"{_SHOWN} where kind = ? and read_at is null and instance_id in ({{instances}}) and person in ({{people}})"
_SWEEP = (
    "delete from notification where id in (select id from (select id, at, shown_at from notification"
    " order by id limit ?) oldest where at < ? and shown_at < ?)"
)
PART = 5000

Place = tuple[int, int]


class Notification(Struct, frozen=True):
    """``kind`` is reminder, overdue, step, incident or comment, ``shown_at`` when it is to be seen (later than
    ``at`` if the person put it off). It is about key ``key`` of an instance; ``actor`` did it. Of those with the
    same ``subject`` one that is unread is enough; empty: each counts.
    """

    id: int
    person: str
    kind: str
    at: int
    shown_at: int
    title: str
    instance_id: int
    key: int
    actor: str = ""
    subject: str = ""
    read_at: int | None = None


class About(Struct, frozen=True):
    """What there is to tell: of what kind, about key ``key`` of an instance, by whom."""

    kind: str
    instance_id: int
    key: int
    title: str
    actor: str = ""
    subject: str = ""


class NotificationFilter(Struct, frozen=True, kw_only=True):
    """Whose, up to which time; ``after`` is the place of the last one that was seen."""

    person: str
    now: int
    is_unread: bool = False
    limit: int = 50
    after: Place | None = None


def add(session: Session, told: Sequence[tuple[str, About]], now: int) -> list[Notification]:
    """Tell people something."""
    numbers = session.numbers(SEQUENCE, len(told)) if told else ()
    found = [
        Notification(
            id, person, about.kind, now, now, about.title[:LONGEST], about.instance_id, about.key, about.actor,
            about.subject,
        )
        for id, (person, about) in zip(numbers, told, strict=True)
    ]  # fmt: skip
    if found:
        session.write([(ADD, [astuple(row) for row in found])])
    return found


def page(session: Session, asked: NotificationFilter) -> list[Notification]:
    """What a person is told, the newest first."""
    where = Where()
    where.add("person = ? and shown_at <= ?", asked.person, asked.now)
    if asked.is_unread:
        where.add("read_at is null")
    if asked.after is not None:
        where.add("(shown_at, id) < (?, ?)", *asked.after)
    statement = f"{_SHOWN}{where.text()} order by shown_at desc, id desc limit ?"
    return [Notification(*row) for row in session.read(statement, *where.values, asked.limit)]


def fetch(session: Session, id: int) -> Notification | None:
    """One of them."""
    found = session.read(f"{_SHOWN} where id = ?", id)
    return Notification(*found[0]) if found else None


def unread(session: Session, person: str, now: int) -> int:
    """How many are unread, exactly up to ``MOST_COUNTED``."""
    return int(session.read(_COUNT, person, now, MOST_COUNTED)[0][0])


def read(session: Session, id: int, person: str, now: int) -> None:
    """Note that a person has read one; the first time counts."""
    session.run(_READ, now, id, person)


def read_all(session: Session, person: str, now: int, about: tuple[int, int] | None = None) -> int:
    """Note that a person has read everything, or what is about one step; gives how many."""
    if about is None:
        return session.run(_READ_ALL, now, person, now)
    return session.run(f"{_READ_ALL} and instance_id = ? and key = ?", now, person, now, *about)


def postpone(session: Session, id: int, person: str, shown_at: int) -> None:
    """Let one come back later, unread."""
    session.run(_POSTPONE, shown_at, id, person)


def told(session: Session, kind: str, subjects: Sequence[str], people: Sequence[str]) -> set[tuple[str, str]]:
    """The subjects of which somebody has an unread one of a kind, each with the person."""
    if not (subjects and people):
        return set()
    marks = {"subjects": ", ".join("?" * len(subjects)), "people": ", ".join("?" * len(people))}
    found = session.read(_TOLD.format(**marks), kind, *subjects, *people)
    return {(subject, person) for subject, person in found}


def settle(
    session: Session, places: Collection[tuple[int, int]], people: Sequence[str], now: int
) -> list[Notification]:
    """Note that these people have read of incidents at these keys of instances, which are gone; gives what they had
    not read until now.
    """
    if not (places and people):
        return []
    instances = sorted({instance for instance, _ in places})
    marks = {"instances": ", ".join("?" * len(instances)), "people": ", ".join("?" * len(people))}
    rows = session.read(_UNREAD_OF.format(**marks), "incident", *instances, *people)
    found = [row for row in (Notification(*row) for row in rows) if (row.instance_id, row.key) in places]
    if found:
        session.write([(MARK_READ, [astuple(replace(row, read_at=now)) for row in found])])
    return found


def sweep(session: Session, now: int) -> int:
    """Forget what is older than 30 days, unless it was put off until lately; gives how many rows.

    Ids are given in the order of time: those to go are among the first.
    """
    before, count = now - KEPT, 0
    while gone := session.run(_SWEEP, PART, before, before):
        count += gone
    return count
