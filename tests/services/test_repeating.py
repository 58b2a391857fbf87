"""Requests with an idempotency key, several of them at once."""

from concurrent.futures import ThreadPoolExecutor

import stepwell
from stepwell.errors import Invalid
from stepwell.services import instances, user_tasks
from stepwell.services.progress import progress
from stepwell.store import Store
from stepwell.store.idempotency import StoredReply
from stepwell.store.loading import Target
from tests.acceptance.server import until
from tests.services.test_failed_writes import corridor
from tests.worker.office import process, user

WAITING = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


def is_waited_for(store: Store) -> bool:
    """Whether a transaction waits for another one."""
    with store.reading() as session:
        return bool(session.read(WAITING))


def test_requests_with_one_key_in_one_batch_are_one(database_url: str) -> None:
    with stepwell.open(database_url) as engine:
        engine.deploy(process(user()))
        start = instances.start("p", actor="ada", idempotency_key="k")
        other = instances.start("p", {"x": 1}, actor="ada", idempotency_key="k")
        first, again, wrong = corridor(engine).execute([start, start, other])
        assert first.done and again.done and again.done.repeated
        assert progress(first.done).user_tasks == progress(again.done).user_tasks != ()
        assert isinstance(wrong.error, Invalid) and wrong.error.code == "idempotency.other-request"
        assert len(engine.instances().items) == 1


def test_a_key_whose_request_was_rejected_is_free_within_the_same_batch(database_url: str) -> None:
    with stepwell.open(database_url) as engine:
        engine.deploy(process(user()))
        rejected, done = corridor(engine).execute(
            [instances.start(name, actor="ada", idempotency_key="k") for name in ("nowhere", "p")]
        )
        assert rejected.error is not None
        assert done.done and not done.done.repeated


def test_all_keys_of_a_batch_cost_one_statement_and_none_cost_nothing() -> None:
    with stepwell.open("sqlite://") as engine:
        engine.deploy(process(user()))
        asked: list[str] = []
        engine.store.database.connection.set_trace_callback(asked.append)  # type: ignore[attr-defined]
        corridor(engine).execute([instances.start("p") for _ in range(3)])
        assert [text for text in asked if "idempotency_key" in text] == []
        corridor(engine).execute([instances.start("p", idempotency_key=f"k{number}") for number in range(3)])
        assert len([text for text in asked if text.startswith("insert into idempotency_key")]) == 1


def test_who_waits_for_a_key_holds_no_instance_up(shared_postgresql_url: str) -> None:
    with stepwell.open(shared_postgresql_url) as engine, ThreadPoolExecutor(1) as hand:
        engine.deploy(process(user()))
        task = engine.start("p").user_tasks[0].id
        complete = user_tasks.complete(task, actor="ada", idempotency_key="a")
        with engine.store.transaction() as other:
            other.claim_keys([("ada", "a")])
            batch = hand.submit(corridor(engine).execute, [complete])
            until(lambda: is_waited_for(engine.store), "the batch waits for the key")
            number = complete.instance_id
            assert number in other.load([Target(number)]).states
        assert batch.result(30)[0].done


def test_who_has_the_same_key_at_another_server_gets_its_reply(shared_postgresql_url: str) -> None:
    with stepwell.open(shared_postgresql_url) as engine, ThreadPoolExecutor(1) as hand:
        start = instances.start("p", actor="bob", idempotency_key="a")
        with engine.store.transaction() as other:
            other.claim_keys([("bob", "a")])
            batch = hand.submit(corridor(engine).execute, [start])
            until(lambda: is_waited_for(engine.store), "the batch waits for the key")
            other.answer_keys({("bob", "a"): StoredReply(b"of another request", b"reply")})
        assert isinstance(batch.result(30)[0].error, Invalid)


def test_keys_are_taken_in_order(shared_postgresql_url: str) -> None:
    with stepwell.open(shared_postgresql_url) as engine, ThreadPoolExecutor(1) as hand:

        def claim_both() -> None:
            with engine.store.transaction() as tx:
                tx.claim_keys([("eve", "b"), ("eve", "a")])

        with engine.store.transaction() as other:
            other.claim_keys([("eve", "a")])
            waiting = hand.submit(claim_both)
            until(lambda: is_waited_for(engine.store), "the other one waits for a")
            other.claim_keys([("eve", "b")])
        waiting.result(30)
