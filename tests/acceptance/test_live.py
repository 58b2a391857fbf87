"""The live channel against a running server, on both databases: who is told what, and when (T1, T5, R4, R5, D5)."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

import stepwell
from stepwell.engine.commands import PostponeUserTask
from stepwell.identity import STEPWELL, Role
from stepwell.identity.policies.record import RecordRight
from stepwell.services import api_tokens, people, roles
from stepwell.services.api_tokens import Wanted
from stepwell.services.ids import inner_key
from stepwell.services.people import NewPerson
from stepwell.services.requests import OnInstance
from tests.acceptance import streaming
from tests.acceptance.drawing import END, event, line, script, service, settings, user
from tests.acceptance.server import Recorder, Server, recording, serving, until
from tests.acceptance.streaming import Stream
from tests.engine.world import flows, process

CLERKS = '<stepwell:assignment roles="clerks"/>'
BOB = '<stepwell:assignment user="bob"/>'
ANN = '<stepwell:assignment user="ann"/>'
COURIERS = '<stepwell:assignment roles="couriers"/>'
PEOPLE = {
    "ann": ("clerks",), "bob": ("clerks",), "stranger": (), "olga": ("operators",), "eve": ("couriers",), "max": ("couriers",)
}  # fmt: skip
SECOND = 1_000_000


FROM_GUEST = '<stepwell:parameter name="guest"/><stepwell:runFrom recordType="guest" parameter="guest"/>'


def begun_by(definition: str, id: str, roots: str, head: str = "") -> bytes:
    """A process that something begins, with a step for bob."""
    start = f'<bpmn:startEvent id="start">{definition}</bpmn:startEvent>'
    inner = settings(head) + start + user("read", BOB) + END + flows("start read end")
    return process(inner, roots).replace(b'process id="p"', f'process id="{id}"'.encode())


@dataclass
class World:
    """A server, an engine over the same database, and people with their API tokens."""

    server: Server
    engine: stepwell.Engine
    recorder: Recorder
    secrets: dict[str, str] = field(default_factory=dict)

    def asking(self, who: str) -> httpx.Client:
        return streaming.client(self.server, self.secrets[who])

    def listen(self, who: str, after: str = "") -> AbstractContextManager[Stream]:
        return streaming.listening(lambda: self.asking(who), after)

    def post(self, who: str, path: str, **body: Any) -> dict[str, Any]:
        return self.ask(who, "POST", path, body)

    def put(self, who: str, path: str, **body: Any) -> dict[str, Any]:
        return self.ask(who, "PUT", path, body)

    def ask(self, who: str, method: str, path: str, body: Any = None) -> dict[str, Any]:
        with self.asking(who) as http:
            answer = http.request(method, path, json=body)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def start(self, who: str, process: str, **body: Any) -> str:
        """A new instance; gives the id of its first step."""
        step: str = self.post(who, "/instances", process_id=process, **body)["user_tasks"][0]["id"]
        return step

    def put_off(self, task: str, seconds: float, **more: Any) -> None:
        """Let a step start later."""
        instance, key = inner_key(task, "user task")
        command = PostponeUserTask(key, start_at=self.in_seconds(seconds), **more)
        self.engine.submit(OnInstance(instance, command, key))

    def in_seconds(self, seconds: float) -> int:
        return self.engine.now() + round(seconds * SECOND)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("live")
    if request.param == "sqlite":
        path = folder / "stepwell.db"
        path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        url = f"sqlite:///{path}"
    else:
        url = request.getfixturevalue("shared_postgresql_url")
    settings = {"allow_private_addresses": "true", "poll_interval": "0.1"}
    with recording() as recorder, stepwell.open(url) as engine:
        secrets = settle(engine, recorder)
        with serving(url, folder, **settings) as server:
            found = World(server, engine, recorder, secrets)
            if not engine.is_embedded:  # once all servers know that somebody listens, everybody reads anew
                with found.listen("olga") as olga:
                    olga.expect("reset")
            yield found


def settle(engine: stepwell.Engine, recorder: Recorder) -> dict[str, str]:
    """People, their roles, and what they work on."""
    roles.add(engine.store, Role("clerks"), STEPWELL)
    roles.add(engine.store, Role("couriers"), STEPWELL)
    roles.add(engine.store, Role("operators", rights=frozenset({"operate"})), STEPWELL)
    for name, given in PEOPLE.items():
        people.add(engine.store, NewPerson(name=name, roles=given), STEPWELL)
    tell = service("tell", "http.request", method="POST", url=recorder.address, body="told")
    engine.deploy(line(user("look", CLERKS), path="look", id="offered"))
    engine.deploy(line(user("look", COURIERS), path="look", id="parcel"))
    timing = '<stepwell:timing startIn="PT0.2S" remind="PT1H" due="PT0.5S"/>'
    engine.deploy(line(user("look", CLERKS + timing), path="look", id="timed"))
    engine.deploy(line(user("first", ANN), user("second", BOB), path="first second", id="handed"))
    engine.deploy(line(user("first", ANN), tell, user("then", ANN), path="first tell then", id="slow"))
    for kind in ("message", "signal"):
        engine.deploy(begun_by(event(kind, "news"), f"by_{kind}", f'<bpmn:{kind} id="news" name="news"/>'))
    engine.records.put_type({"name": "guest", "fields": [{"name": "name", "type": "text"}]})
    engine.records.put_rights("guest", [RecordRight(role="clerks")])
    engine.records.add("guest", {"name": "Ada"})
    engine.deploy(begun_by("", "from_guest", "", FROM_GUEST))
    engine.deploy(line(script("fail", "{m: number(n)}"), path="fail", id="stuck"))
    engine.directory.refresh()
    return {name: api_tokens.add(engine.directory, name, Wanted("test", "all")).secret for name in PEOPLE}


# -- T1, T5: panels ---------------------------------------------------------------------------------------


def test_t1_a_new_step_of_my_role_updates_live(world: World) -> None:
    with world.listen("bob") as bob:
        step = world.start("ann", "offered")
        told = bob.expect("task-created", id=step)
    assert told.data == {
        "id": step, "instance_id": step.partition("-")[0], "title": "look", "assignee": "", "by": "ann",
    }  # fmt: skip


def test_t1_a_step_that_a_colleague_takes_updates_live(world: World) -> None:
    step = world.start("ann", "offered")
    with world.listen("bob") as bob:
        world.post("ann", f"/user-tasks/{step}/claim")
        assert bob.expect("task-taken", id=step).data["assignee"] == "ann"
        world.post("ann", f"/user-tasks/{step}/release")
        assert bob.expect("task-changed", id=step).data["assignee"] == ""
        world.post("bob", f"/user-tasks/{step}/complete")
        assert bob.expect("task-done", id=step).data["by"] == "bob"


def test_t1_a_step_that_was_put_off_comes_back_live(world: World) -> None:
    step = world.start("ann", "offered")
    with world.listen("bob") as bob:
        world.put_off(step, 1.0)
        began = len(bob.events)
        bob.expect("task-changed", id=step, by="")
        assert len(bob.events) >= began


def test_d5_strangers_are_told_nothing_of_it(world: World) -> None:
    with world.listen("stranger") as stranger, world.listen("bob") as bob:
        step = world.start("ann", "offered")
        world.post("ann", f"/user-tasks/{step}/complete")
        bob.expect("task-done", id=step)
        bob.expect("instance-changed", id=step.partition("-")[0])
        own = world.start("stranger", "offered").partition("-")[0]
        stranger.expect("instance-changed", id=own)
    assert {event.data["id"] for event in stranger.events if event.data} == {own}


def test_d5_a_changed_instance_is_told_to_operators_and_who_had_a_step_of_it(world: World) -> None:
    step = world.start("ann", "offered")
    id = step.partition("-")[0]
    world.post("ann", f"/user-tasks/{step}/claim")
    with world.listen("bob") as bob, world.listen("olga") as olga:
        world.post("ann", f"/user-tasks/{step}/complete")
        for stream in (bob, olga):
            stream.expect("instance-changed", id=id, status="completed")


def test_t5_who_has_a_step_open_is_told_who_completed_it(world: World) -> None:
    """Also somebody to whom it was never offered."""
    step = world.start("ann", "offered")
    with world.listen("olga") as olga:
        world.put("olga", f"/user-tasks/{step}/presence")
        world.post("ann", f"/user-tasks/{step}/complete")
        assert olga.expect("task-done", id=step).data["by"] == "ann"


@pytest.mark.parametrize(("verb", "told"), [("claim", "task-taken"), ("cancel", "task-cancelled")])
def test_t5_who_has_a_step_open_is_told_who_took_or_cancelled_it(world: World, verb: str, told: str) -> None:
    step = world.start("ann", "offered")
    by = "ann" if verb == "claim" else "olga"
    with world.listen("bob") as bob:
        world.put("bob", f"/user-tasks/{step}/presence")
        world.post(by, f"/user-tasks/{step}/{verb}")
        assert bob.expect(told, id=step).data["by"] == by


def test_t5_of_two_members_one_claims_and_completes_and_the_other_is_told_while_both_counters_fall(
    world: World,
) -> None:
    step = world.start("eve", "parcel")
    before = {who: world.ask(who, "GET", "/inbox/counter")["count"] for who in ("eve", "max")}
    world.put("max", f"/user-tasks/{step}/presence")
    with world.listen("max") as other:
        world.post("eve", f"/user-tasks/{step}/claim")
        assert world.ask("max", "GET", "/inbox/counter")["count"] == before["max"] - 1
        world.post("eve", f"/user-tasks/{step}/complete")
        assert other.expect("task-done", id=step).data["by"] == "eve"
    assert world.ask("eve", "GET", "/inbox/counter")["count"] == before["eve"] - 1


def test_who_opens_a_step_is_told_to_its_candidates(world: World) -> None:
    step = world.start("ann", "offered")
    with world.listen("bob") as bob:
        world.put("ann", f"/user-tasks/{step}/presence")
        assert bob.expect("presence", id=step).data["people"] == ["ann"]
        world.put("ann", f"/user-tasks/{step}/presence", is_here=False)
        bob.expect("presence", id=step, people=[])


# -- R4, R5: steps that open by themselves ----------------------------------------------------------------


def complete(world: World, who: str, step: str, **body: Any) -> dict[str, Any]:
    return world.post(who, f"/user-tasks/{step}/complete", foreground=True, **body)


def test_r4_a_foreground_step_opens_on_the_other_persons_screen(world: World) -> None:
    step = world.start("ann", "handed", foreground=True)
    with world.listen("bob") as bob, world.listen("ann") as ann:
        complete(world, "ann", step)
        told = bob.expect("step-to-open")
        ann.expect("instance-changed", id=step.partition("-")[0])
        assert ann.named("step-to-open") == []
    assert (told.data["title"], told.data["assignee"], told.data["by"]) == ("second", "bob", "")
    assert told.data["activated_at"] < told.data["until"]


def test_r4_nothing_opens_on_the_screen_of_who_does_not_want_it(world: World) -> None:
    world.put("bob", "/me/settings", opens_steps=False)
    try:
        step = world.start("ann", "handed", foreground=True)
        with world.listen("bob") as bob:
            complete(world, "ann", step)
            bob.expect("task-created", title="second")
            bob.expect("notification")
            assert bob.named("step-to-open") == []
    finally:
        world.put("bob", "/me/settings", opens_steps=True)


def test_r4_a_step_of_a_role_never_opens_by_itself(world: World) -> None:
    with world.listen("bob") as bob:
        world.post("ann", "/instances", process_id="offered", foreground=True)
        bob.expect("task-created", title="look")
        assert bob.named("step-to-open") == []


def test_r4_in_the_background_nothing_opens_by_itself(world: World) -> None:
    step = world.start("ann", "handed")
    with world.listen("bob") as bob:
        world.post("ann", f"/user-tasks/{step}/complete")
        bob.expect("task-created", title="second")
        assert bob.named("step-to-open") == []


@pytest.mark.parametrize("way", ["message", "signal", "bulk start"])
def test_r4_what_nobody_waits_for_opens_nothing(world: World, way: str) -> None:
    with world.listen("bob") as bob:
        if way == "bulk start":
            [guest] = world.ask("ann", "GET", "/records/guest")["items"]
            record = guest["id"]
            [process] = world.ask("ann", "GET", f"/records/{record}/processes")["items"]
            world.post("ann", f"/definitions/{process['definition_id']}/start-many", records=[record])
        else:
            world.post("olga", f"/{way}s", name="news")
        bob.expect("task-created", title="read")
        bob.expect("notification")
        assert bob.named("step-to-open") == []


def test_r4_who_was_told_that_it_goes_on_is_told_of_the_next_step(world: World) -> None:
    step = world.start("ann", "slow", foreground=True)
    with world.listen("ann") as ann:
        answer = complete(world, "ann", step, wait=0)
        assert (answer["state"], answer["next"]) == ("running", [])
        assert ann.expect("step-to-open").data["title"] == "then"
        assert ann.named("notification") == []


def test_r5_a_step_opens_by_itself_within_half_a_minute_of_its_activation_only(world: World) -> None:
    step = world.start("ann", "handed", foreground=True)
    with world.listen("bob") as bob:
        complete(world, "ann", step)
        told = bob.expect("step-to-open").data
    begun, end = (datetime.fromisoformat(told[name]) for name in ("activated_at", "until"))
    assert (end - begun).total_seconds() == 30


def test_r5_step_to_open_is_never_replayed(world: World) -> None:
    with world.listen("bob") as bob:
        before = bob.last_id
    step = world.start("ann", "handed", foreground=True)
    with world.listen("ann") as ann:  # until it was told, it would be no repetition
        complete(world, "ann", step)
        ann.expect("task-done", id=step)
    with world.listen("bob", before) as bob:
        bob.expect("task-created", title="second")
        bob.expect("notification")
        assert bob.named("step-to-open", "reset") == []


# -- reconnecting -----------------------------------------------------------------------------------------


def test_who_was_away_is_told_what_was_missed_in_order(world: World) -> None:
    with world.listen("bob") as bob:
        before = bob.last_id
    step = world.start("ann", "offered")
    world.post("ann", f"/user-tasks/{step}/complete")
    with world.listen("bob", before) as bob:
        bob.expect("task-done", id=step)
        mine = [event.name for event in bob.named("task-created", "task-done") if event.data["id"] == step]
    assert (mine, bob.named("reset")) == (["task-created", "task-done"], [])


def test_a_browser_says_the_last_id_in_a_header(world: World) -> None:
    with world.listen("bob") as bob:
        before = bob.last_id
    step = world.start("ann", "offered")
    with world.asking("bob") as http:
        text = http.get("/events", params={"seconds": 0.5}, headers={"Last-Event-ID": before}).text
    assert f'"id":"{step}"' in text


@pytest.mark.parametrize("after", ["0badcafe-7", "nonsense", "-", "7"])
def test_an_id_that_is_not_known_here_lets_read_anew(world: World, after: str) -> None:
    with world.listen("bob", after) as bob:
        bob.expect("reset")
        step = world.start("ann", "offered")
        bob.expect("task-created", id=step)


def test_what_another_process_wrote_becomes_known(world: World) -> None:
    """On SQLite nobody tells the server what, and on PostgreSQL not in the first second: then everybody reads anew."""
    with world.listen("bob") as bob:
        step = world.start("ann", "offered")
        bob.expect("task-created", id=step)
        world.engine.claim(step, "ann")
        until(lambda: bob.find("task-taken", id=step) or bob.named("reset"), "told, or told to read")


# -- who may listen, and for how long ---------------------------------------------------------------------


def newcomer(world: World, name: str) -> None:
    """Somebody new among the clerks."""
    people.add(world.engine.store, NewPerson(name=name, roles=("clerks",)), STEPWELL)
    world.engine.directory.refresh()
    world.secrets[name] = api_tokens.add(world.engine.directory, name, Wanted("test")).secret


def test_a_stream_ends_when_its_person_is_disabled(world: World) -> None:
    newcomer(world, "leaver")
    with world.listen("leaver") as stream:
        people.set_active(world.engine.store, "leaver", False, STEPWELL)
        until(lambda: stream.is_over, "the stream is over")


def test_who_loses_a_role_is_soon_told_nothing_of_it_any_more(world: World) -> None:
    newcomer(world, "mover")
    with world.listen("mover") as mover:
        roles.remove_members(world.engine.store, "clerks", ("mover",), STEPWELL)

        def is_silent() -> bool:
            step = world.start("ann", "offered")
            with world.asking("bob") as http:
                http.get("/events", params={"seconds": 0.5})
            return mover.find("task-created", id=step) is None

        until(is_silent, "nothing is told any more")


def test_nobody_has_more_than_so_many_streams(world: World) -> None:
    newcomer(world, "tabs")
    streams = [world.listen("tabs") for _ in range(20)]
    for stream in streams:
        stream.__enter__()
    try:
        with world.asking("tabs") as http:
            answer = http.get("/events")
        assert (answer.status_code, answer.json()["code"]) == (429, "live.too-many")
    finally:
        for stream in streams:
            stream.__exit__(None, None, None)

    def is_let_in() -> bool:
        with world.asking("tabs") as http:
            return http.get("/events", params={"seconds": 0}).status_code == 200

    until(is_let_in, "closed streams do not count")


def test_without_a_login_nobody_listens(world: World) -> None:
    assert httpx.get(f"{world.server.address}/api/v1/events", trust_env=False).status_code == 401


def test_a_server_ends_at_once_though_somebody_listens(database_url: str, tmp_path: Path) -> None:
    with serving(database_url, tmp_path) as server:
        asking: Callable[[], httpx.Client] = lambda: streaming.client(server, "swordfish")  # noqa: E731
        with streaming.listening(asking) as stream:
            server.process.terminate()
            assert server.process.wait(60) == 0
            until(lambda: stream.is_over, "the stream is over")


# -- S3 and notifications ---------------------------------------------------------------------------------


def notices(world: World, who: str, task: str) -> list[str]:
    """What somebody is told of a step, the newest first."""
    items = world.ask(who, "GET", "/me/notifications")["items"]
    return [item["kind"] for item in items if item["user_task"] == task]


def test_s3_a_reminder_of_a_roles_step_reaches_all_members(world: World) -> None:
    step = world.start("ann", "offered")
    with world.listen("ann") as ann, world.listen("bob") as bob:
        world.put_off(step, 3600, remind_at=world.in_seconds(0.5))
        for stream in (ann, bob):
            stream.expect("reminder-due", id=step)
            stream.expect("notification", kind="reminder", about=step)
    assert [notices(world, who, step) for who in ("ann", "bob", "olga")] == [["reminder"], ["reminder"], []]


def test_s3_a_reminder_that_lies_in_the_past_fires_at_once(world: World) -> None:
    step = world.start("ann", "offered")
    world.post("ann", f"/user-tasks/{step}/claim")
    with world.listen("ann") as ann:
        world.put_off(step, 3600, remind_at=world.in_seconds(-3600))
        ann.expect("reminder-due", id=step)
        ann.expect("notification", kind="reminder", about=step)
    assert notices(world, "bob", step) == []


def test_s3_a_reminder_of_its_author_reaches_the_role_at_once_when_it_lies_in_the_past(world: World) -> None:
    with world.listen("bob") as bob:
        step = world.start("ann", "timed")
        bob.expect("reminder-due", id=step)
        bob.expect("notification", kind="reminder", about=step)
        bob.expect("task-overdue", id=step)
        bob.expect("notification", kind="overdue", about=step)


def test_who_has_a_step_is_told_once_that_it_is_overdue(world: World) -> None:
    step = world.start("ann", "offered")
    world.post("ann", f"/user-tasks/{step}/claim")
    with world.listen("ann") as ann:
        world.put_off(step, -7200, duration=7200 * SECOND + SECOND // 2)
        ann.expect("task-overdue", id=step)
        ann.expect("notification", kind="overdue", about=step)
        world.put_off(step, 0.2, duration=0)
    assert notices(world, "ann", step) == ["overdue"]


def test_operators_are_told_of_an_incident_and_once_of_many(world: World) -> None:
    with world.listen("olga") as olga:
        for _ in range(3):
            world.post("ann", "/instances", process_id="stuck", variables={"n": "no number"})
        told = olga.expect("notification", kind="incident")
        last = world.start("ann", "offered")
        olga.expect("instance-changed", id=last.partition("-")[0])
        assert len(olga.named("notification")) == 1
    found = world.ask("olga", "GET", "/me/notifications")["items"]
    assert [item["incident"] for item in found if item["kind"] == "incident"] == [told.data["about"]]
