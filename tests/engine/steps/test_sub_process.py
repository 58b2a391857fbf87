from stepwell.engine import commands as c
from tests.engine.drawing import around, gateway, given, process, script, start, sub, taken, task, user
from tests.engine.world import World, flows

INNER = start("i") + user("a") + flows("i a")


def test_it_waits_for_what_is_in_it() -> None:
    world = World.of(around(sub("x", INNER)))
    world.start()
    assert world.waiting() == ["x", "a"]


def test_it_ends_when_nothing_in_it_is_active() -> None:
    world = World.of(around(sub("x", INNER)))
    world.start()
    world.complete("a")
    assert (world.status(), world.path()) == ("completed", ["s", "i", "a", "a_end", "x", "e"])


def test_it_ends_only_when_all_of_its_paths_have_ended() -> None:
    inner = start("i") + gateway("parallel", "f") + user("a") + user("b") + flows("i f a", "f b")
    world = World.of(around(sub("x", inner)))
    world.start()
    world.complete("b")
    assert world.waiting() == ["x", "a"]


def test_without_start_event_everything_without_incoming_flow_begins() -> None:
    world = World.of(around(sub("x", task("task", "t") + user("a") + flows("t a"))))
    world.start()
    assert world.waiting() == ["x", "a"]


def test_an_automatic_one_leaves_no_row() -> None:
    world = World.of(around(sub("x", start("i") + script("y", "{n: 1}") + flows("i y"))))
    world.start()
    assert (world.status(), world.waiting(), world.variable("n")) == ("completed", [], 1)


def test_they_may_be_nested() -> None:
    world = World.of(
        around(sub("x", start("i") + sub("y", start("k") + user("a") + flows("k a")) + flows("i y")))
    )
    world.start()
    assert world.waiting() == ["x", "y", "a"]
    world.complete("a")
    assert world.status() == "completed"


def test_its_inputs_are_variables_of_its_own() -> None:
    world = World.of(around(sub("x", INNER, given("n", "= 1 + 1"))))
    world.start(n=10)
    assert (world.states[1].value(2, "n"), world.variable("n")) == (2, 10)


def test_what_is_set_inside_is_set_where_the_name_lives() -> None:
    world = World.of(around(sub("x", INNER, given("n", "= 1"))))
    world.start(m=1)
    world.complete("a", n=2, m=2, new=2)
    assert [world.variable(name) for name in ("n", "m", "new")] == [None, 2, 2]


def test_its_outputs_see_its_own_variables() -> None:
    world = World.of(around(sub("x", INNER, given("n", "= 1"), taken("total", "= n * 10"))))
    world.start()
    world.complete("a", n=4)
    assert world.variable("total") == 40


def test_a_wrong_output_is_an_incident_on_the_sub_process_that_a_retry_leaves() -> None:
    world = World.of(around(sub("x", INNER, taken("total", "= n * 10"))))
    world.start(n="none")
    world.complete("a")
    (incident,) = world.incidents()
    assert (incident.element, incident.phase) == ("x", "leave")
    world.do(c.SetVariables(0, {"n": 4}))
    world.do(c.RetryIncident(incident.key))
    assert (world.status(), world.variable("total")) == ("completed", 40)


def test_a_wrong_input_is_an_incident_before_anything_inside_begins() -> None:
    world = World.of(around(sub("x", INNER, given("n", "= 1 / m"))))
    world.start(m="none")
    assert (world.waiting(), [incident.element for incident in world.incidents()]) == (["x"], ["x"])
    world.do(c.SetVariables(0, {"m": 4}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert world.waiting() == ["x", "a"]


def test_a_sub_process_that_ends_without_flow_lets_a_starved_join_be_told() -> None:
    inner = (
        start()
        + gateway("parallel", "f")
        + sub("x", INNER)
        + user("b")
        + gateway("exclusive", "g", default="g_c")
    )
    inner += gateway("parallel", "j") + task("task", "c") + flows("s f x", "f b g c", "g j", "j d", "c j")
    inner = inner.replace(
        'id="g_j" sourceRef="g" targetRef="j"/>', 'id="g_j" sourceRef="g" targetRef="j">' + NEVER
    )
    world = World.of(process(inner + user("d")))
    world.start()
    world.complete("b")
    world.complete("a")
    assert [incident.code for incident in world.incidents()] == ["join.waits-forever"]


NEVER = "<bpmn:conditionExpression>false</bpmn:conditionExpression></bpmn:sequenceFlow>"
