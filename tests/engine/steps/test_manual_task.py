from tests.engine.drawing import around, task
from tests.engine.world import World


def test_without_assignment_it_passes() -> None:
    world = World.of(around(task("manualTask", "m")))
    world.start()
    assert world.status() == "completed"


def test_with_an_assignment_it_waits_like_a_user_task() -> None:
    world = World.of(around(task("manualTask", "m", '<stepwell:assignment user="bob"/>')))
    world.start()
    assert [(item.element, item.assignee) for item in world.tasks()] == [("m", "bob")]
