"""Record types with every kind of field, tables for them, and random records."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import strategies as st

from stepwell.records.types import Field, RecordType
from stepwell.store import Store
from stepwell.store.records import catalogue, ddl, rows
from stepwell.store.records.catalogue import Known
from stepwell.store.records.table import Row, Table

STATUS = RecordType(name="status", kind="lookup")
ACCOUNT = RecordType(
    name="account", fields=(Field(name="city", type="text"), Field(name="size", type="integer", indexed=True))
)
CASE = RecordType(
    name="case",
    fields=(
        Field(name="subject", type="text", indexed=True),
        Field(name="note", type="long_text"),
        Field(name="amount", type="money", indexed=True),
        Field(name="count", type="integer"),
        Field(name="is_urgent", type="yes_no"),
        Field(name="day", type="date"),
        Field(name="at", type="date_time"),
        Field(name="hour", type="time"),
        Field(name="status", type="lookup", to="status"),
        Field(name="account", type="link", to="account"),
        Field(name="others", type="links"),
        Field(name="owner", type="text", holds="person"),
    ),
)
CODES = ("open", "shut")
ACCOUNTS: tuple[Row, ...] = (
    {"id": 1, "city": "Oslo", "size": 5},
    {"id": 2, "city": "oslo straße", "size": None},
    {"id": 3, "city": None, "size": -1},
)
WORDS = (
    "",
    "a",
    "A",
    "ä",
    "Ä",
    "ss",
    "ß",
    "é",
    "e\u0301",
    "100%",
    "_",
    "\\",
    "'",
    "x y",
    "\U0001f600",
    "zz",
    "İ",
    "ﬃ",
)
BASE = {
    "revision": 1,
    "created_at": 1_000_000,
    "created_by": "ada",
    "changed_at": 1_000_000,
    "changed_by": "ada",
}

texts = st.one_of(st.sampled_from(WORDS), st.text(max_size=4)).filter(
    lambda text: not any("\ud800" <= sign <= "\udfff" or sign == "\0" for sign in text)
)
numbers = st.one_of(st.integers(-3, 3), st.integers(-(2**53), 2**53))
days = st.dates().map(str)
moments = st.one_of(st.integers(-5, 5), st.integers(-(10**15), 10**17))
hours = st.times().map(lambda found: found.replace(microsecond=0).isoformat())


@st.composite
def records(draw: st.DrawFn) -> Row:
    """A record of the type ``case`` in stored form, without its id."""

    def perhaps(of: st.SearchStrategy[Any]) -> Any:
        return draw(st.one_of(st.none(), of))

    return {
        **BASE,
        "created_by": draw(st.sampled_from(["ada", "bob", ""])),
        "subject": perhaps(texts) or None,
        "note": perhaps(texts) or None,
        "amount": perhaps(numbers),
        "count": perhaps(numbers),
        "is_urgent": draw(st.integers(0, 1)),
        "day": perhaps(days),
        "at": perhaps(moments),
        "hour": perhaps(hours),
        "status": perhaps(st.sampled_from(CODES)),
        "account": perhaps(st.sampled_from([1, 2, 3])),
        "others": draw(st.sampled_from([(), ("account/1",), ("account/2", "case/1")])),
        "owner": perhaps(st.sampled_from(["ada", "Ada", "bob"])),
    }


def make(store: Store) -> Known:
    """The tables of all types, with accounts and codes in them."""
    with store.transaction() as tx:
        for found in (STATUS, ACCOUNT, CASE):
            ddl.create(tx.session, Table(catalogue.insert(tx.session, found)))
        known = catalogue.load(tx.session)
        codes = [
            {**BASE, "id": number, "code": code, "label": code.title(), "order": number, "active": 1}
            for number, code in enumerate(CODES, 1)
        ]
        rows.insert(tx.session, known.tables["status"], codes, known.numbers)
        rows.insert(tx.session, known.tables["account"], [{**BASE, **row} for row in ACCOUNTS], known.numbers)
        tx.raise_epoch()
    return known


@contextmanager
def filled(store: Store, known: Known, found: list[Row]) -> Iterator[Any]:
    """A transaction in which exactly these cases are there; it is taken back."""
    with store.database.writer() as session:
        session.begin()
        session.began()
        try:
            rows.insert(session, known.tables["case"], found, known.numbers)
            yield session
        finally:
            session.rollback()


def linked(name: str, id: object) -> Row | None:
    """The accounts and codes as memory knows them."""
    if name == "account":
        return next((row for row in ACCOUNTS if row["id"] == id), None)
    return {"code": id, "label": str(id).title(), "order": CODES.index(str(id)) + 1, "active": 1}
