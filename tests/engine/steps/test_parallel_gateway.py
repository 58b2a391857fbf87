from stepwell.engine import commands as c
from tests.engine.world import World, started


def after(name: str, *completed: str, **values: object) -> World:
    world = started(name, **values)
    for element in completed:
        world.complete(element)
    return world


def test_it_takes_every_flow() -> None:
    assert started("parallel_gateway/fork_and_join").waiting() == ["pack", "write_bill"]


def test_with_one_incoming_flow_it_does_not_wait() -> None:
    assert started("parallel_gateway/fork_and_join").path() == ["order_received", "fork"]


def test_the_join_waits_for_every_flow() -> None:
    assert after("parallel_gateway/fork_and_join", "pack").waiting() == ["write_bill", "join"]


def test_the_join_goes_on_once() -> None:
    assert after("parallel_gateway/fork_and_join", "pack", "write_bill").waiting() == ["ship"]


def test_a_gateway_may_join_and_fork_at_once() -> None:
    assert after("parallel_gateway/join_and_fork", "pack", "write_bill").waiting() == ["ship", "book"]


def test_in_a_loop_it_joins_in_every_pass() -> None:
    world = after("parallel_gateway/again", "run", "lift", "lift", "run", is_tired=False)
    assert (world.path().count("join"), world.waiting()) == (2, ["run", "lift"])


def test_two_tokens_on_one_flow_do_not_make_it_go_on() -> None:
    assert after("parallel_gateway/two_tokens", "pack_box", "pack_bag").waiting() == ["write_bill", "join"]


def test_it_consumes_one_token_of_each_flow_and_keeps_the_rest() -> None:
    world = after("parallel_gateway/two_tokens", "pack_box", "pack_bag", "write_bill")
    waiting = {row.flow: row.tokens for row in world.states[1].flows.values()}
    assert (world.waiting(), waiting) == (["join", "ship"], {"packed_to_join": 1})


def test_what_is_left_waiting_for_ever_is_told_when_nothing_else_is_active() -> None:
    world = after("parallel_gateway/two_tokens", "pack_box", "pack_bag", "write_bill", "ship")
    assert world.stuck() == [("", "join.waits-forever")]


def test_a_join_that_an_exclusive_choice_starves_is_told_at_once_by_its_name() -> None:
    (incident,) = started("parallel_gateway/starved", is_gift=False).incidents()
    assert (incident.code, incident.phase, "join" in incident.message) == ("join.waits-forever", "join", True)


def test_a_retry_of_a_starved_join_says_the_same_again_and_only_once() -> None:
    world = started("parallel_gateway/starved", is_gift=False)
    world.repair()
    assert world.stuck() == [("", "join.waits-forever")]


def test_rounds_of_a_sub_process_do_not_fill_each_others_joins() -> None:
    world = started("parallel_gateway/in_rounds", boxes=[1, 2])
    weigh_first, _, _, measure_second = world.tasks()
    world.do(c.CompleteUserTask(weigh_first.key, {}))
    world.do(c.CompleteUserTask(measure_second.key, {}))
    assert (world.waiting().count("join"), world.waiting().count("label")) == (2, 0)


def test_tokens_that_wait_go_with_their_scope() -> None:
    world = after("parallel_gateway/in_rounds", "weigh", boxes=[1])
    world.pass_time(8 * 3600)
    assert (world.waiting(), dict(world.states[1].flows)) == (["lock_up"], {})
