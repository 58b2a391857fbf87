from stepwell.engine import events as e
from tests.engine.world import World, started


def test_an_instance_runs_on_until_every_path_has_ended() -> None:
    world = started("end_event/two_ends", price=5)
    world.complete("pack")
    assert (world.status(), world.waiting()) == ("running", ["write_bill"])


def test_the_last_path_that_ends_completes_the_instance() -> None:
    world = started("end_event/two_ends", price=5)
    world.complete("pack")
    world.complete("write_bill")
    assert (world.status(), world.waiting()) == ("completed", [])


def test_its_outputs_are_set() -> None:
    world = started("end_event/two_ends", price=5)
    world.complete("write_bill")
    assert world.variable("total") == 10


# -- terminate -------------------------------------------------------------------------------------------


def test_terminate_completes_the_instance_whatever_is_active() -> None:
    world = started("end_event/terminate")
    world.complete("think_twice")
    assert (world.status(), world.path()[-1]) == ("completed", "called_off")


def test_terminate_takes_tasks_jobs_timers_and_messages_away() -> None:
    world = started("end_event/terminate")
    world.complete("think_twice")
    assert (world.waiting(), world.tasks(), world.waits()) == ([], [], [])


def test_terminate_cancels_the_processes_that_were_called() -> None:
    world = started("end_event/terminate")
    world.complete("think_twice")
    assert (world.status(2), world.tasks(2)) == ("cancelled", [])


def test_terminate_stops_the_paths_that_are_just_going() -> None:
    world = started("end_event/terminate_at_once")
    assert (world.status(), world.path()) == ("completed", ["ordered", "fork", "called_off"])


def test_terminate_in_a_sub_process_ends_only_the_sub_process() -> None:
    world = started("end_event/terminate_in_sub_process", boxes=[1])
    world.complete("find_broken")
    assert (world.status(), world.waiting()) == ("running", ["ship"])


def test_terminate_in_one_round_leaves_the_other_rounds_alone() -> None:
    world = started("end_event/terminate_in_sub_process", boxes=[1, 2])
    world.complete("find_broken")
    assert [task.element for task in world.tasks()] == ["find_broken", "fill"]


def test_terminate_in_a_called_process_ends_only_that_one() -> None:
    world = started("end_event/terminate_in_called_process")
    world.complete("refuse", 2)
    assert (world.status(2), world.tasks(2), world.waiting(1)) == ("completed", [], ["thank"])


# -- messages and signals --------------------------------------------------------------------------------


def test_a_message_end_event_throws_its_inputs_under_the_correlation_key() -> None:
    world = World.file("end_event/message")
    shops = [world.start("shop", order=order) for order in (1, 2)]
    world.start("customer", order=2, price=5)
    assert [world.variable("amount", shop) for shop in shops] == [None, 10]


def test_a_key_without_value_is_an_incident_and_its_repair_throws() -> None:
    world = started("end_event/message", price=5)
    assert world.stuck() == [("paid_bill", "message.no-key")]
    world.repair(order=2)
    assert [type(event) for event in world.history[1] if event.leaves] == [e.MessageThrown]


def test_a_signal_end_event_reaches_a_waiting_path_of_its_own_instance() -> None:
    assert started("end_event/signal").waiting() == ["leave"]


def test_a_signal_that_interrupts_the_scope_of_its_end_event_ends_it_once() -> None:
    world = started("end_event/signal_to_own_scope")
    assert (world.waiting(), world.path()) == (["leave"], ["evening", "begun", "fire_seen"])


# -- errors ----------------------------------------------------------------------------------------------


def test_an_error_end_event_leaves_its_sub_process_by_the_boundary() -> None:
    world = started("end_event/error")
    world.complete("look")
    assert (world.waiting(), [task.element for task in world.tasks()]) == (["apologize"], ["apologize"])


def test_the_boundary_event_sees_code_and_name_of_the_error() -> None:
    world = started("end_event/error")
    world.complete("look")
    assert world.variable("reason") == "E1: No stock"


def test_an_error_that_nobody_catches_is_an_incident_on_the_end_event() -> None:
    (incident,) = started("end_event/uncaught_error").incidents()
    assert (incident.element, incident.code) == ("nothing_left", "error.uncaught")
    assert "'E1' (No stock)" in incident.message


def test_an_end_event_with_a_wrong_output_throws_its_error_only_after_the_repair() -> None:
    world = started("end_event/error_with_output", pieces=6, people="none")
    assert world.waiting() == ["reserve", "nothing_left"]
    world.repair(people=3)
    assert (world.waiting(), world.variable("share")) == (["apologize"], 2)
