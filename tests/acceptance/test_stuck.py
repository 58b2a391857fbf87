"""R7 over HTTP with a real server: what can not go on says so, with the element, what was expected and what was found,
and goes on when it is repaired.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from stepwell.identity.policies.record import RecordRight
from tests.acceptance.conftest import Ground
from tests.acceptance.drawing import drawn, gateway, line, results, script, service, settings, user
from tests.acceptance.office import Office, complete, office, ok
from tests.acceptance.server import recording, until
from tests.engine.world import conditional, flows

BOB = '<stepwell:assignment user="bob"/>'
CHOSEN = '<stepwell:assignment user="= who"/>'
APPROVAL = '<stepwell:approval recordType="guest" record="= guest"/>'
QUESTION = '<stepwell:question><stepwell:answer code="yes"/><stepwell:answer code="no"/></stepwell:question>'
NAMED = (
    '<stepwell:recordPage recordType="guest" record="= guest"><stepwell:filter>'
    '<stepwell:condition field="name" op="=" value="Eve"/></stepwell:filter></stepwell:recordPage>'
)
AGAIN = '<bpmn:exclusiveGateway id="again"/>'
PROCESSES = (
    drawn(
        user("large", BOB), user("huge", BOB), gateway("which"), flows("start which", "large end", "huge end"),
        conditional("which", "large", "n &gt; 10"), conditional("which", "huge", "n &gt; 20"), id="no_flow",
    ),
    drawn(
        user("ask", BOB + QUESTION), gateway("which"), user("on", BOB), user("off", BOB),
        flows("start ask which", "on end", "off end"), results("which", "on", "yes"), results("which", "off", "no"),
        id="no_answer",
    ),
    line(user("approve", '<stepwell:assignment manager="= who"/>' + APPROVAL), path="approve", id="no_manager"),
    line(user("do", '<stepwell:assignment roles="novices"/>'), path="do", id="no_member"),
    line(user("approve", CHOSEN + APPROVAL), path="approve", id="approval"),
    line(user("name", BOB + NAMED), path="name", id="naming"),
    line(script("add", "{m: number(n)}"), user("after", BOB), path="add after", id="no_number"),
    line(
        service("tell", "http.request", 'retries="1" backoff="PT0.1S"', method="POST", url="= address", body="told"),
        user("after", BOB), path="tell after", id="no_service",
    ),
    drawn(
        AGAIN, gateway("enough", default="again"), script("count", "{n: n + 1}"), user("after", BOB),
        flows("start again count enough again", "after end"), conditional("enough", "after", "n &lt; 0"),
        id="no_end", head=settings('<stepwell:process maxRepetitions="5"/>'),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def work(ground: Ground) -> Iterator[Office]:
    """Bob may do everything with guests, joe nothing; nobody is a novice, and nobody is kim's manager."""
    quick = {"poll_interval": "0.1", "allow_private_addresses": "true"}
    with office(ground.url, ground.folder, **quick) as found:
        found.hire("bob", "bosses")
        found.hire("joe", "clerks")
        found.hire("kim", "clerks")
        ok(found.server.client.post("/roles", json={"name": "novices"}))
        records = found.engine.records
        records.put_type({"name": "guest", "fields": [{"name": "name", "type": "text"}]})
        records.put_rights("guest", [RecordRight(role="bosses", add=True, change="all")])
        found.deploy(*PROCESSES)
        yield found


def guest(work: Office) -> str:
    return work.engine.records.add("guest", {"name": "Ada"}).id


def incidents(work: Office, id: str) -> list[Any]:
    return list(ok(work.server.client.get("/incidents", params={"instance": id}))["items"])


def expect_stuck(work: Office, id: str, element: str, *words: str) -> None:
    """An instance is stuck at this element, and its one incident says these words."""
    until(lambda: incidents(work, id), "it is an incident")
    [found] = incidents(work, id)
    assert (found["element"], found["message"].startswith("Expected ")) == (element, True)
    assert [word for word in words if word not in found["message"]] == [], found["message"]
    assert ok(work.server.client.get(f"/instances/{id}"))["status"] == "running"


def retry(work: Office, id: str) -> list[str]:
    """Let it try again after a repair; gives the steps for people that are open then."""
    [found] = incidents(work, id)
    ok(work.server.client.post(f"/incidents/{found['id']}/retry", json={"reason": "repaired"}))
    until(lambda: not incidents(work, id), "nothing is stuck any more")
    return work.steps(id)


def test_r7_without_a_flow_that_fits_it_waits_for_repair(work: Office) -> None:
    id = work.begin("no_flow", n=5)["id"]
    expect_stuck(work, id, "which", "a condition behind which to hold", "none of which_large, which_huge")
    work.set(id, n=15)
    assert retry(work, id) == ["large"]


def test_r7_an_outcome_that_no_flow_names_waits_for_repair(work: Office) -> None:
    begun = work.begin("no_answer")
    ok(complete(work.clients["bob"], begun["user_tasks"][0]["id"]))
    expect_stuck(
        work, begun["id"], "which", "for the outcome of ask (none)", "none of which_on, which_off fits"
    )
    work.set(begun["id"], ask={"outcome": "no"})
    assert retry(work, begun["id"]) == ["off"]


def test_r7_a_missing_manager_waits_for_repair(work: Office) -> None:
    id = work.begin("no_manager", who="kim", guest=guest(work))["id"]
    expect_stuck(work, id, "approve", "a manager for step approve", "person 'kim' has none")
    ok(work.server.client.put("/people/kim", json={"manager": "bob"}))
    assert retry(work, id) == ["approve"]


def test_r7_a_role_without_members_waits_for_repair(work: Office) -> None:
    id = work.begin("no_member")["id"]
    expect_stuck(work, id, "do", "somebody who can do step do", "role 'novices' has no members")
    ok(work.server.client.post("/roles/novices/add-members", json={"people": ["joe"]}))
    assert retry(work, id) == ["do"]


def test_r7_a_performer_without_the_right_to_the_record_waits_for_repair(work: Office) -> None:
    record = guest(work)
    id = work.begin("approval", who="joe", guest=record)["id"]
    expect_stuck(work, id, "approve", f"person 'joe' may not see {record}")
    work.set(id, who="bob")
    assert retry(work, id) == ["approve"]


def test_r7_a_record_that_is_gone_before_its_step_waits_for_repair(work: Office) -> None:
    record = guest(work)
    ok(work.server.client.post(f"/records/{record}/delete", json={}))
    id = work.begin("approval", who="bob", guest=record)["id"]
    expect_stuck(work, id, "approve", f"there is no record {record}")
    work.set(id, guest=guest(work))
    assert retry(work, id) == ["approve"]


def test_r7_a_record_that_goes_while_its_step_waits_for_it_waits_for_repair(work: Office) -> None:
    record, other = guest(work), guest(work)
    id = work.begin("naming", guest=record)["id"]
    ok(work.server.client.post(f"/records/{record}/delete", json={}))
    expect_stuck(work, id, "name", record)
    work.set(id, guest=other)
    assert retry(work, id) == ["name"]
    ok(work.server.client.put(f"/records/{other}", json={"values": {"name": "Eve"}}))
    until(lambda: work.steps(id) == [], "the other record is waited for")


def test_r7_an_error_in_an_expression_waits_for_repair(work: Office) -> None:
    id = work.begin("no_number", n="seven")["id"]
    expect_stuck(work, id, "add", "a number", "'seven'")
    work.set(id, n="7")
    assert retry(work, id) == ["after"]


def test_r7_a_call_whose_retries_are_exhausted_waits_for_repair(work: Office) -> None:
    id = work.begin("no_service", address="http://127.0.0.1:9/")["id"]
    expect_stuck(work, id, "tell", "http://127.0.0.1:9/ to answer", "attempt 2")
    with recording() as recorder:
        work.set(id, address=recorder.address)
        retry(work, id)
        until(lambda: work.steps(id) == ["after"], "it is told")
        assert [body for _, body in recorder.calls] == ["told"]


def test_r7_too_many_repetitions_wait_for_repair(work: Office) -> None:
    id = work.begin("no_end", n=0)["id"]
    expect_stuck(work, id, "again", "at most 5 times", "number 6")
    assert work.variables(id) == {"n": 5}
    work.set(id, n=-9)
    assert retry(work, id) == ["after"]
