"""Between instances: messages reach the one receiver with their key, signals everybody who waits."""

from tests.acceptance.conftest import Place
from tests.acceptance.drawing import START, catch, event, line, message, throw, user
from tests.engine.world import flows, process

LETTER = event("message", "letter")
RECEIVER = line(
    catch("wait", LETTER), user("read"), path="wait read", roots=message("letter", "= address"), id="receiver"
)
SENDER = line(throw("send", LETTER), path="send", roots=message("letter", "= to"), id="sender")
BELL = event("signal", "bell")
RINGS = '<bpmn:signal id="bell" name="bell"/>'
LISTENER = line(catch("listen", BELL), user("hear"), path="listen hear", roots=RINGS, id="listener")


def test_a_message_of_one_instance_reaches_the_one_with_its_key(place: Place) -> None:
    place.engine.deploy(RECEIVER)
    place.engine.deploy(SENDER)
    here, there = (place.engine.start("receiver", {"address": name}).id for name in ("here", "there"))
    place.engine.start("sender", {"to": "there"})
    place.pass_time()
    assert (place.waits_at(here), place.waits_at(there)) == (["wait"], ["read"])


def test_a_message_brings_its_values(place: Place) -> None:
    place.engine.deploy(RECEIVER)
    id = place.engine.start("receiver", {"address": "here"}).id
    place.engine.publish("letter", key="here", values={"text": "hello"})
    place.pass_time()
    assert place.engine.variables(id)["text"] == "hello"


def test_a_message_waits_for_a_receiver_that_comes_later(place: Place) -> None:
    place.engine.deploy(RECEIVER)
    place.engine.publish("letter", key="here")
    place.pass_time(60)
    id = place.engine.start("receiver", {"address": "here"}).id
    place.pass_time()
    assert place.waits_at(id) == ["read"]


def test_a_message_past_its_time_reaches_nobody(place: Place) -> None:
    place.engine.deploy(RECEIVER)
    place.engine.publish("letter", key="here", seconds=10)
    place.pass_time(60)
    id = place.engine.start("receiver", {"address": "here"}).id
    place.pass_time()
    assert place.waits_at(id) == ["wait"]


def test_of_two_receivers_with_the_same_key_the_older_one_gets_the_message(place: Place) -> None:
    place.engine.deploy(RECEIVER)
    ids = [place.engine.start("receiver", {"address": "here"}).id for _ in range(2)]
    place.engine.publish("letter", key="here")
    place.pass_time()
    assert [place.waits_at(id) for id in ids] == [["read"], ["wait"]]


def test_r1_a_message_starts_a_process(place: Place) -> None:
    start = f'<bpmn:startEvent id="start">{LETTER}</bpmn:startEvent>'
    file = process(
        start + user("read") + '<bpmn:endEvent id="end"/>' + flows("start read end"), message("letter")
    )
    place.engine.deploy(file)
    place.engine.publish("letter", values={"text": "hello"})
    place.pass_time()
    [found] = place.engine.instances().items
    assert (place.waits_at(found.id), place.engine.variables(found.id)) == (["read"], {"text": "hello"})


def test_a_signal_reaches_everybody_who_waits_now_and_nobody_later(place: Place) -> None:
    place.engine.deploy(LISTENER)
    early = [place.engine.start("listener").id for _ in range(3)]
    place.engine.signal("bell", {"loud": True})
    late = place.engine.start("listener").id
    place.pass_time()
    assert [place.waits_at(id) for id in [*early, late]] == [["hear"]] * 3 + [["listen"]]


def test_a_signal_of_a_process_reaches_other_processes(place: Place) -> None:
    place.engine.deploy(LISTENER)
    thrown = f'<bpmn:endEvent id="ring">{BELL}</bpmn:endEvent>'
    ringer = process(START + thrown + flows("start ring"), RINGS)
    place.engine.deploy(ringer.replace(b'process id="p"', b'process id="ringer"'))
    id = place.engine.start("listener").id
    place.engine.start("ringer")
    place.pass_time()
    assert place.waits_at(id) == ["hear"]


def test_the_first_of_several_events_decides(place: Place) -> None:
    gateway = '<bpmn:eventBasedGateway id="first"/>'
    events = catch("wait", LETTER) + catch("listen", BELL)
    steps = user("read") + user("hear") + '<bpmn:endEvent id="end"/>'
    paths = flows("start first wait read end", "first listen hear end")
    place.engine.deploy(process(START + gateway + events + steps + paths, message("letter") + RINGS))
    id = place.engine.start("p").id
    place.engine.signal("bell")
    place.engine.publish("letter")
    place.pass_time()
    assert place.waits_at(id) == ["hear"]


def test_a_message_that_came_before_its_process_starts_it_when_it_is_deployed(place: Place) -> None:
    place.engine.publish("letter", values={"from": "ada"})
    start = f'<bpmn:startEvent id="start">{LETTER}</bpmn:startEvent>'
    steps = start + user("read") + '<bpmn:endEvent id="end"/>' + flows("start read end")
    place.engine.deploy(process(steps, message("letter")))
    place.pass_time()
    assert [place.engine.variables(found.id) for found in place.engine.instances().items] == [{"from": "ada"}]
