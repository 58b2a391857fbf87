from tests.engine.world import started


def test_without_assignment_it_passes() -> None:
    world = started("manual_task/not_assigned")
    assert (world.path(), world.waiting()) == (["packed", "carry_out"], ["sign"])


def test_its_outputs_are_set_when_it_passes() -> None:
    assert started("manual_task/not_assigned").variable("carried") is True


def test_with_an_assignment_it_waits_like_a_user_task() -> None:
    world = started("manual_task/assigned", strongest="bob")
    assert world.waiting() == ["carry_heavy", "carry_light", "carry_fragile"]


def test_a_person_a_role_or_candidates_are_an_assignment() -> None:
    world = started("manual_task/assigned", strongest="bob")
    assert [(task.assignee, task.candidate_roles, task.candidate_users) for task in world.tasks()] == [
        ("bob", (), ()),
        ("", ("porters",), ()),
        ("", (), ("bob", "eve")),
    ]


def test_completed_it_leads_on_and_its_values_become_variables() -> None:
    world = started("manual_task/assigned", strongest="bob")
    world.complete("carry_heavy", weight=40)
    assert (world.path()[-2:], world.variable("weight")) == (["carry_heavy", "gone"], 40)
