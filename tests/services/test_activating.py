"""Which version new instances run (O4)."""

from collections.abc import Iterator

import pytest

import stepwell
from stepwell.errors import Forbidden, NotFound
from stepwell.identity import STEPWELL, Actor
from stepwell.library import Engine
from stepwell.services.activating import activate_version
from stepwell.services.definitions import Definition
from tests.worker.office import process, user

MESSAGE = '<bpmn:messageEventDefinition messageRef="m"/>'
CALLED = b'<bpmn:message id="m" name="order"/><bpmn:process id="p"'


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with stepwell.open(database_url, upgrade=False) as found:
        yield found


def deploy(engine: Engine, *ids: str) -> None:
    """A version of these steps, each for a person."""
    engine.deploy(process(*(user(id, "ada") for id in ids)))


def activate(engine: Engine, version: int, actor: Actor = STEPWELL) -> Definition:
    return activate_version(engine.store, "p", version, actor)


def started(engine: Engine) -> tuple[int, str]:
    """The version that a new instance runs, and where it waits."""
    id = engine.start("p").id
    [task] = engine.tasks(instance=id).items
    return task.version, task.element


def current(engine: Engine) -> list[int]:
    """The versions that are called current."""
    return [one.version for one in engine.definitions("p").items if one.is_current]


def test_an_older_version_is_run_again(engine: Engine) -> None:
    deploy(engine, "a")
    deploy(engine, "b")
    running = engine.start("p").id
    assert activate(engine, 1).is_current
    assert (started(engine), current(engine)) == ((1, "a"), [1])
    assert engine.instance(running).version == 2


def test_a_newer_version_is_brought_back(engine: Engine) -> None:
    for id in "abc":
        deploy(engine, id)
    activate(engine, 1)
    activate(engine, 3)
    assert (started(engine), current(engine)) == ((3, "c"), [3])


def test_the_next_deployment_has_the_next_number(engine: Engine) -> None:
    deploy(engine, "a")
    deploy(engine, "b")
    activate(engine, 1)
    deploy(engine, "c")
    assert (started(engine), current(engine)) == ((3, "c"), [3])


def test_the_file_of_what_is_run_again_is_current(engine: Engine) -> None:
    deploy(engine, "a")
    deploy(engine, "b")
    activate(engine, 1)
    assert not engine.deploy(process(user("a", "ada"))).is_new
    assert engine.deploy(process(user("b", "ada"))).is_new


def test_lists_show_the_version_that_is_run(engine: Engine) -> None:
    deploy(engine, "a")
    deploy(engine, "b")
    activate(engine, 1)
    assert [one.version for one in engine.definitions().items] == [1]


def test_messages_start_what_the_version_says(engine: Engine) -> None:
    by_message = process(user("a", "ada"), start=MESSAGE).replace(b'<bpmn:process id="p"', CALLED)
    engine.deploy(by_message)
    deploy(engine, "b")
    engine.publish("order")
    engine.work()
    assert engine.instances().items == ()
    activate(engine, 1)
    engine.work()
    assert [one.version for one in engine.instances().items] == [1]


def test_only_designers_choose_a_version(engine: Engine) -> None:
    deploy(engine, "a")
    with pytest.raises(Forbidden):
        activate(engine, 1, Actor("eve"))


def test_a_version_that_is_not_there_is_not_found(engine: Engine) -> None:
    deploy(engine, "a")
    with pytest.raises(NotFound):
        activate(engine, 2)
