"""A statement that fails within a batch: nothing of it is saved, and everybody is told what is true for him."""

import pytest

import stepwell
from stepwell.errors import Unavailable
from stepwell.services import messages
from stepwell.services.run import Corridor
from tests.store.disk import without_room
from tests.worker.office import process, user


def corridor(engine: stepwell.Engine) -> Corridor:
    return engine._driver.lanes[0].corridor


def test_a_database_file_that_may_not_grow_is_unavailable_for_the_whole_batch() -> None:
    with stepwell.open("sqlite://") as engine:
        connection = engine.store.database.connection  # type: ignore[attr-defined]
        (pages,) = connection.execute("pragma page_count").fetchone()
        connection.execute(f"pragma max_page_count = {pages}")
        large = messages.publish("m", values={"text": "x" * 1_000_000})
        errors = [outcome.error for outcome in corridor(engine).execute([large, messages.publish("m")])]
        assert [error.code for error in errors if isinstance(error, Unavailable)] == [
            "database.unavailable"
        ] * 2
        connection.execute(f"pragma max_page_count = {pages + 1000}")
        engine.submit(large)


THROWS = process(
    '<bpmn:intermediateThrowEvent id="throw"><bpmn:messageEventDefinition messageRef="m"/></bpmn:intermediateThrowEvent>',
    user(),
).replace(b"</bpmn:definitions>", b'<bpmn:message id="m" name="m"/></bpmn:definitions>')


def test_what_an_instance_sends_on_without_room_is_unavailable_too(database_url: str) -> None:
    with stepwell.open(database_url) as engine:
        engine.deploy(THROWS)
        with without_room(engine.store), pytest.raises(Unavailable):
            engine.start("p")
        assert engine.start("p").user_tasks


REFUSAL = "create function refusal() returns trigger language plpgsql as $$ begin raise 'refused'; end $$"
ON_BAD = "create trigger refuses before insert on message for each row when (new.name = 'bad')"
REFUSES = {
    "sqlite": [f"{ON_BAD} begin select raise(abort, 'refused'); end"],
    "postgresql": [REFUSAL, f"{ON_BAD} execute function refusal()"],
}


def test_a_statement_that_fails_is_the_failure_of_its_request_alone(database_url: str) -> None:
    with stepwell.open(database_url) as engine:
        with engine.store.transaction() as tx:
            for statement in REFUSES[tx.session.name]:
                tx.session.run(statement)
        batch = [messages.publish(name) for name in ("first", "bad", "last")]
        first, bad, last = corridor(engine).execute(batch)
        assert first.done and last.done
        assert "refused" in str(bad.error)
