"""The tables of record types, as the databases see them."""

from collections.abc import Iterator
from typing import Any

import pytest

from stepwell.records.types import Field, RecordType
from stepwell.store import Store, open_store
from stepwell.store.records import catalogue, ddl, references, rows
from stepwell.store.records.catalogue import Known
from stepwell.store.records.table import Table, quoted
from stepwell.store.session import TakenError
from tests.store.records import shop


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    yield store
    store.close()


@pytest.fixture
def known(store: Store) -> Known:
    return shop.make(store)


def case(known: Known, id: int, **values: Any) -> Any:
    empty = dict.fromkeys(known.tables["case"].names)
    return {**empty, **shop.BASE, "id": id, "others": (), **values}


def test_what_is_written_is_read_again_links_too(store: Store, known: Known) -> None:
    row = case(known, 5, subject="Ä '; --", amount=-5, others=("account/1", "case/5"), account=3)
    with store.transaction() as tx:
        rows.insert(tx.session, known.tables["case"], [row], known.numbers)
    with store.reading() as session:
        assert rows.fetch(session, known.tables["case"], [5, 6], known.names) == {5: row}


def test_an_update_writes_what_changed_and_no_more(store: Store, known: Known) -> None:
    table = known.tables["case"]
    with store.transaction() as tx:
        rows.insert(tx.session, table, [case(known, 5, subject="x", count=1)], known.numbers)
        changed = case(known, 5, subject="Y", count=2, others=("account/2",))
        rows.update(tx.session, table, [changed], {"subject", "others"}, known.numbers)
    with store.reading() as session:
        found = rows.fetch(session, table, [5], known.names)[5]
        folded = session.read(f"select low_subject from {table.name}")[0][0]
    assert (found["subject"], found["count"], found["others"], folded) == ("Y", 1, ("account/2",), "y")


def test_a_deleted_row_takes_its_links_along(store: Store, known: Known) -> None:
    with store.transaction() as tx:
        rows.insert(tx.session, known.tables["case"], [case(known, 5, others=("account/1",))], known.numbers)
        rows.delete(tx.session, known.tables["case"], [5])
        assert tx.session.read("select count(*) from record_link")[0][0] == 0


def test_places_that_link_to_a_record_are_found(store: Store, known: Known) -> None:
    with store.transaction() as tx:
        found = [case(known, 5, account=1, status="open"), case(known, 6, others=("account/1",))]
        rows.insert(tx.session, known.tables["case"], found, known.numbers)
        account = rows.fetch(tx.session, known.tables["account"], [1], known.names)
        status = rows.fetch(tx.session, known.tables["status"], [1], known.names)
        where = {
            name: [
                (place.field.name, place.ids)
                for place in references.places(tx.session, known.tables[name], some, known.tables, 10)
            ]
            for name, some in (("account", account), ("status", status))
        }
    assert where == {"account": [("account", (5,)), ("others", (6,))], "status": [("status", (5,))]}


def test_a_unique_value_is_guarded_by_the_database_itself(store: Store) -> None:
    unique = RecordType(name="thing", fields=(Field(name="f", type="text", unique=True),))
    with store.transaction() as tx:
        made = catalogue.insert(tx.session, unique)
        ddl.create(tx.session, Table(made))
        known = catalogue.load(tx.session)
    table = known.tables["thing"]
    twice = [{**shop.BASE, "id": number, "f": value} for number, value in enumerate("xX", 1)]
    with pytest.raises(TakenError), store.transaction() as tx:
        rows.insert(tx.session, table, twice, known.numbers)
    with store.transaction() as tx:
        empty = [{**shop.BASE, "id": number, "f": None} for number in (1, 2)]
        rows.insert(tx.session, table, empty, known.numbers)


def test_a_table_goes_with_the_transaction_that_made_it(store: Store) -> None:
    def make_and_fail() -> None:
        with store.transaction() as tx:
            ddl.create(tx.session, Table(catalogue.insert(tx.session, shop.ACCOUNT)))
            raise LookupError

    with pytest.raises(LookupError):
        make_and_fail()
    with store.transaction() as tx:
        assert shop.ACCOUNT.name not in catalogue.load(tx.session).types
        ddl.create(tx.session, Table(catalogue.insert(tx.session, shop.ACCOUNT)))


def test_numbers_of_fields_are_never_given_twice(store: Store, known: Known) -> None:
    with store.transaction() as tx:
        old = known.types["account"]
        without = RecordType(name="account", fields=old.fields[:1])
        made = catalogue.update(tx.session, old, without)
        again = catalogue.update(
            tx.session,
            made,
            RecordType(name="account", fields=(made.fields[0], Field(name="size", type="text"))),
        )
    assert again.fields[1].number > old.fields[1].number
    assert again.revision == 3


@pytest.mark.parametrize("name", ['x"; drop table record_type; --', "", "ä", "a b", "x'"])
def test_only_checked_names_are_quoted(name: str) -> None:
    with pytest.raises(AssertionError):
        quoted(name)


def test_an_index_serves_lists_that_are_sorted_by_its_field(store: Store, known: Known) -> None:
    with store.reading() as session:
        if session.name == "sqlite":
            found = session.read(
                "select name from sqlite_master where type = 'index' and tbl_name = 'rec_case'"
            )
        else:
            found = session.read("select indexname::text from pg_indexes where tablename = 'rec_case'")
    number = known.numbers["case"]
    fields = {field.name: field.number for field in known.types["case"].fields}
    names = {row[0] for row in found}
    assert {f"rec_ix_{number}_{fields[name]}" for name in ("subject", "amount", "status", "account")} <= names
    assert f"rec_ix_{number}_{fields['count']}" not in names
