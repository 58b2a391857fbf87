from tests.engine.world import started


def test_a_task_of_no_kind_passes() -> None:
    world = started("task/note", visits=1)
    assert (world.path(), world.waiting()) == (["rung", "note_visit"], ["welcome"])


def test_a_task_that_passes_leaves_no_row() -> None:
    world = started("task/note", visits=1)
    assert [row.key for row in world.states[1].elements.values()] == [1]


def test_its_outputs_are_set() -> None:
    assert started("task/note", visits=1).variable("visits") == 2


def test_a_wrong_output_is_an_incident_and_its_repair_leads_on() -> None:
    world = started("task/note", visits="many")
    assert world.stuck() == [("note_visit", "expression.failed")]
    world.repair(visits=1)
    assert (world.waiting(), world.variable("visits")) == (["welcome"], 2)
