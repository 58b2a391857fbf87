"""Deployed files, versions of processes, idempotent replies."""

from stepwell.store import Store
from stepwell.store.deploying import Deployed, NewDefinition, NewFile, Schedule, Start
from stepwell.store.idempotency import StoredReply
from stepwell.store.jobs import Claim
from stepwell.store.queries import definitions
from stepwell.store.queries.definitions import DefinitionFilter
from tests.store.instances import NOW, SECOND, Clock, deploy, opened

HOUR = 3600 * SECOND


def put(store: Store, xml: bytes, *new: NewDefinition) -> Deployed:
    with store.transaction() as tx:
        return tx.deploy(NewFile("a.bpmn", xml, "anna", new))


def epoch(store: Store) -> int:
    with store.transaction() as tx:
        return tx.epoch


def test_a_changed_file_gives_its_process_a_new_version(database_url: str) -> None:
    with opened(database_url) as store:
        ids = [deploy(store, "order", xml=xml) for xml in (b"1", b"2")]
        with store.reading() as session:
            found = definitions.page(session, DefinitionFilter(process_id="order"))
        assert [(row.id, row.version, row.actor, row.at) for row in found] == [
            (ids[1], 2, "anna", NOW),
            (ids[0], 1, "anna", NOW),
        ]
        assert store.latest_definitions() == {"order": ids[1]}


def test_an_unchanged_file_gives_no_new_version(database_url: str) -> None:
    with opened(database_url) as store:
        first = put(store, b"1", NewDefinition("a", "A"), NewDefinition("b", "B"))
        before = epoch(store)
        second = put(store, b"1", NewDefinition("a", "A"), NewDefinition("b", "B"))
        assert (first.is_new, second.is_new) == (True, False)
        assert second.definitions == first.definitions
        assert epoch(store) == before


def test_an_older_file_becomes_current_again_as_a_new_version(database_url: str) -> None:
    with opened(database_url) as store:
        for xml in (b"1", b"2", b"1"):
            deployed = put(store, xml, NewDefinition("a", "A"))
        assert (deployed.is_new, deployed.definitions[0].version) == (True, 3)


def test_a_new_version_raises_the_epoch(database_url: str) -> None:
    with opened(database_url) as store:
        before = epoch(store)
        deploy(store)
        assert epoch(store) == before + 1


def test_the_file_of_a_version_comes_back(database_url: str) -> None:
    with opened(database_url) as store:
        number = deploy(store, "order", xml=b"<xml>\xc3\xa4</xml>")
        assert store.definition_xml(number) == ("order", b"<xml>\xc3\xa4</xml>")


def test_one_version_can_be_found_by_number_and_by_name(database_url: str) -> None:
    with opened(database_url) as store:
        first, second = (deploy(store, "order", xml=xml) for xml in (b"1", b"2"))
        with store.reading() as session:
            by_id = definitions.fetch(session, first)
            latest = definitions.fetch_version(session, "order")
            older = definitions.fetch_version(session, "order", 1)
            unknown = definitions.fetch_version(session, "order", 9)
        assert by_id == older
        assert latest is not None
        assert (latest.id, unknown) == (second, None)


def test_schedules_and_starts_of_an_older_version_go(database_url: str) -> None:
    with opened(database_url) as store:
        starts, schedules = [Start("S", "message", "m")], [Schedule("T", NOW, "step|-1|PT1H")]
        put(store, b"1", NewDefinition("a", "A", starts, schedules))
        second = put(store, b"2", NewDefinition("a", "A", starts, schedules))
        jobs = store.claim_jobs(Claim(worker="w", limit=9, lock_seconds=1, work="own"))
        found = [
            (job.instance_id, job.job.type, job.job.element_key, job.job.element, job.job.repeat)
            for job in jobs
        ]
        assert found == [(0, "schedule", second.definitions[0].id, "T", "step|-1|PT1H")]
        with store.reading() as session:
            assert session.read("select definition_id from start_subscription") == [
                (second.definitions[0].id,)
            ]


def test_a_reply_is_given_again(database_url: str) -> None:
    with opened(database_url) as store:
        anna, ben = ("anna", "k1"), ("ben", "k1")
        with store.transaction() as tx:
            assert tx.claim_keys([anna]) == {}
            tx.answer_keys({anna: StoredReply(b"hash", b"reply")})
        with store.transaction() as tx:
            assert tx.claim_keys([ben, anna, anna]) == {anna: StoredReply(b"hash", b"reply")}


def test_replies_are_forgotten_after_a_day(database_url: str) -> None:
    clock = Clock()
    with opened(database_url, clock) as store:
        key = ("anna", "k1")
        with store.transaction() as tx:
            tx.claim_keys([key])
        clock.now += 23 * HOUR
        with store.transaction() as tx:
            tx.claim_keys([key])
            tx.answer_keys({key: StoredReply(b"hash", b"reply")})
        clock.now += 23 * HOUR
        assert store.sweep() == 0
        clock.now += 2 * HOUR
        assert store.sweep() == 1
        with store.transaction() as tx:
            assert tx.claim_keys([key]) == {}


def test_a_key_that_was_never_answered_goes_with_the_next_sweep(database_url: str) -> None:
    with opened(database_url) as store:
        with store.transaction() as tx:
            tx.claim_keys([("anna", "k1")])
        assert store.sweep() == 1
