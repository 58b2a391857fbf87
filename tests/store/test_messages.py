"""Messages and signals find who waits for them."""

import threading
from collections.abc import Callable

import pytest

from stepwell import feel
from stepwell.engine import events as e
from stepwell.store import Store, migrate, open_store
from stepwell.store.deliveries import SLICE, SignalArgs, delivery_of, message_args, signal_args
from stepwell.store.deploying import Start
from stepwell.store.jobs import Claim, ClaimedJob
from stepwell.store.loading import Target
from stepwell.store.messages import Message
from stepwell.store.queries import messages
from tests.store.instances import NOW, SECOND, Clock, change, deploy, opened, start, subscribed

VALUES = feel.encode({"sum": 5})


def publish(store: Store, key: str = "A-1", message_id: str = "", seconds: int = 60) -> int | None:
    with store.transaction() as tx:
        number = tx.put_message(Message("paid", key, VALUES, tx.now + seconds * SECOND, message_id))
        tx.correlate([("paid", key)])
    return number


def subscribe(store: Store, key: str = "A-1") -> int:
    number = start(store, *subscribed("paid", key))
    with store.transaction() as tx:
        tx.correlate([("paid", key)])
    return number


def deliveries(store: Store) -> list[ClaimedJob]:
    return store.claim_jobs(Claim(worker="w", limit=5000, lock_seconds=60, work="own"))


def test_a_message_reaches_who_waits_for_it(database_url: str) -> None:
    with opened(database_url) as store:
        number = subscribe(store)
        message = publish(store)
        delivery = delivery_of(deliveries(store)[0])
        assert (delivery.instance_id, delivery.kind, delivery.subject) == (number, "message", 2)
        assert message_args(delivery.args).message == message


def test_a_message_waits_for_its_receiver(database_url: str) -> None:
    with opened(database_url) as store:
        publish(store)
        assert deliveries(store) == []
        number = subscribe(store)
        assert [job.instance_id for job in deliveries(store)] == [number]


@pytest.mark.parametrize("key", ["A-2", ""])
def test_a_message_with_another_key_reaches_nobody(database_url: str, key: str) -> None:
    with opened(database_url) as store:
        subscribe(store)
        publish(store, key)
        assert deliveries(store) == []


def test_an_expired_message_reaches_nobody(database_url: str) -> None:
    clock = Clock()
    with opened(database_url, clock) as store:
        publish(store, seconds=5)
        clock.now += 6 * SECOND
        subscribe(store)
        assert deliveries(store) == []
        assert store.sweep() == 1


def test_each_message_goes_to_one_receiver_and_the_oldest_first(database_url: str) -> None:
    with opened(database_url) as store:
        numbers = [subscribe(store) for _ in range(3)]
        publish(store)
        publish(store)
        assert [job.instance_id for job in deliveries(store)] == numbers[:2]


def test_a_message_without_receiver_starts_what_begins_with_it(database_url: str) -> None:
    with opened(database_url) as store:
        deploy(store, "old", Start("Begin", "message", "paid"), xml=b"1")
        definition = deploy(store, "old", Start("Begin2", "message", "paid"), xml=b"2")
        publish(store)
        (delivery,) = map(delivery_of, deliveries(store))
        assert (delivery.kind, delivery.subject, delivery.element) == ("start_message", definition, "Begin2")


def test_a_message_id_is_accepted_once_while_it_lives(database_url: str) -> None:
    clock = Clock()
    with opened(database_url, clock) as store:
        subscribe(store)
        number = publish(store, message_id="m1", seconds=60)
        assert number is not None
        with store.transaction() as tx:
            assert tx.take_message(number) == VALUES
        assert publish(store, message_id="m1") is None
        clock.now += 61 * SECOND
        assert publish(store, message_id="m1") is not None


def test_a_message_is_taken_once(database_url: str) -> None:
    with opened(database_url) as store:
        subscribe(store)
        number = publish(store)
        assert number is not None
        with store.transaction() as tx:
            assert [tx.take_message(number) for _ in range(2)] == [VALUES, None]


def test_a_message_whose_receiver_is_gone_reaches_the_next_one(database_url: str) -> None:
    with opened(database_url) as store:
        first, second = subscribe(store), subscribe(store)
        number = publish(store)
        assert number is not None
        (claimed,) = deliveries(store)
        change(store, Target(first, 2, "subscription"), e.Unsubscribed(2))
        with store.transaction() as tx:
            tx.take_delivery(first, claimed.job.key)
            place = tx.free_message(number)
            assert place is not None
            tx.correlate([place])
        assert [job.instance_id for job in deliveries(store)] == [second]


def test_messages_that_wait_can_be_listed(database_url: str) -> None:
    with opened(database_url) as store:
        publish(store, "A")
        publish(store, "B")
        with store.reading() as session:
            found = messages.page(session, NOW)
        assert [(row.correlation_key, row.values, row.is_under_way) for row in found] == [
            ("B", {"sum": 5}, False),
            ("A", {"sum": 5}, False),
        ]


def test_a_signal_reaches_everybody_who_waits_and_every_start(database_url: str) -> None:
    with opened(database_url) as store:
        definition = deploy(store, "order", Start("Begin", "signal", "alarm"))
        waiting = [
            start(store, *subscribed("alarm", kind="signal"), definition_id=definition) for _ in range(3)
        ]
        with store.transaction() as tx:
            assert tx.throw_signal(SignalArgs("alarm", VALUES)) is None
        found = [delivery_of(job) for job in deliveries(store)]
        assert sorted(one.instance_id for one in found) == [0, *waiting]
        assert {one.kind for one in found} == {"signal", "start_signal"}
        assert signal_args(found[0].args) == SignalArgs("alarm", VALUES)


def test_a_signal_goes_on_in_slices_and_leaves_out_who_came_later(database_url: str) -> None:
    clock = Clock()
    with opened(database_url, clock) as store:
        start(
            store,
            *(event for at in range(SLICE + 5) for event in subscribed("alarm", "", "signal", 2 * at + 1)),
        )
        with store.transaction() as tx:
            part = tx.throw_signal(SignalArgs("alarm", VALUES))
        assert part is not None
        clock.now += 1
        start(store, *subscribed("alarm", kind="signal", created_at=clock.now))
        with store.transaction() as tx:
            assert tx.throw_signal(SignalArgs("alarm", VALUES), part) is None
        assert len(deliveries(store)) == SLICE + 5


def test_publishing_and_subscribing_at_the_same_moment_always_meet(postgresql_url: Callable[[], str]) -> None:
    url = postgresql_url()
    migrate.upgrade(url)
    with opened(url) as store:
        other = open_store(url, clock=Clock())
        for turn in range(200):
            barrier = threading.Barrier(2)

            def publisher(key: str = f"K{turn}", barrier: threading.Barrier = barrier) -> None:
                with store.transaction() as tx:
                    tx.put_message(Message("paid", key, VALUES, tx.now + SECOND))
                    barrier.wait()
                    tx.correlate([("paid", key)])

            def subscriber(key: str = f"K{turn}", barrier: threading.Barrier = barrier) -> None:
                with other.transaction() as tx:
                    tx.session.run("select 1")
                    number = tx.new_instance_ids(1)[0]
                    tx.session.run(
                        "insert into subscription values (?, 2, 1, 'Wait', 'message', 'paid', ?, ?)",
                        number,
                        key,
                        tx.now,
                    )
                    barrier.wait()
                    tx.correlate([("paid", key)])

            order = (publisher, subscriber) if turn % 2 else (subscriber, publisher)
            threads = [threading.Thread(target=work) for work in order]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        other.close()
        assert len(deliveries(store)) == 200
