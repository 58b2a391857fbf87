"""T8 with a real server: one answer for many steps writes the answer and nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.drawing import line, user
from tests.acceptance.office import Office, inbox, office, ok, page

CLERKS = '<stepwell:assignment roles="clerks"/>'
TICKET = {
    "name": "ticket",
    "fields": [
        {"name": "subject", "type": "text", "required": True},
        {"name": "status", "type": "text"},
    ],
}
EDIT = '<stepwell:recordPage recordType="ticket" record="= ticket"/>'
QUESTION = '<stepwell:question><stepwell:answer code="yes"/><stepwell:answer code="no"/></stepwell:question>'
ACTIVITY = '<stepwell:activityStep category="Call"/>'
BESIDE = '<stepwell:activity category="Call"/>'
MAIL = '<stepwell:emailDraft from="office@example.org" to="= to" subject="Hello"/>'
APPROVAL = '<stepwell:approval recordType="ticket" record="= ticket"/>'
REASON = """<stepwell:autoPage><stepwell:parameter name="reason" direction="both" value="= reason" kind="text"/>
<stepwell:button code="save"/></stepwell:autoPage>"""
PROCESSES = {
    "edit": EDIT, "beside": QUESTION + BESIDE, "call": ACTIVITY, "letter": MAIL, "approval": APPROVAL,
    "why": REASON,
}  # fmt: skip


@pytest.fixture
def at_work(database_url: str, tmp_path: Path) -> Iterator[Office]:
    with office(database_url, tmp_path) as found:
        found.hire("ada", "clerks")
        ok(found.server.client.post("/record-types", json={"definition": TICKET}))
        rights = [{"role": "clerks", "change": "all"}]
        ok(found.server.client.put("/record-types/ticket/rights", json={"rights": rights}))
        found.deploy(
            *(line(user("do", CLERKS + kind), path="do", id=name) for name, kind in PROCESSES.items())
        )
        yield found


def tickets(found: Office, *subjects: str) -> list[str]:
    created = (
        ok(found.server.client.post("/records/ticket", json={"values": {"subject": one}})) for one in subjects
    )
    return [str(one["id"]) for one in created]


def answer(found: Office, ids: list[str], button: str = "", **values: Any) -> list[tuple[bool, str]]:
    body = {"ids": ids, "values": values, "button": button}
    report = ok(found.clients["ada"].post("/user-tasks/complete-many", json=body))
    return [(row["is_done"], row.get("code", "")) for row in report["items"]]


DONE = (True, "")
ALONE = (False, "user-task.not-for-many")


def test_t8_the_values_of_one_record_are_not_written_into_the_others(at_work: Office) -> None:
    ada = at_work.clients["ada"]
    records = tickets(at_work, "Roof", "Cellar")
    ids = [at_work.start("edit", ticket=record) for record in records]
    shown = page(ada, ids[0])["values"]
    assert answer(at_work, ids, **shown | {"status": "closed"}) == [ALONE, ALONE]
    found = [ok(ada.get(f"/records/{record}"))["values"] for record in records]
    assert [(one["subject"], one["status"]) for one in found] == [("Roof", None), ("Cellar", None)]
    assert sorted(inbox(ada)) == sorted(ids)


@pytest.mark.parametrize(
    ("process", "values"),
    [("call", {}), ("beside", {"answer": "yes"}), ("letter", {"to": "eve@example.org"})],
)
def test_t8_activities_and_mails_are_done_one_by_one(
    at_work: Office, process: str, values: dict[str, Any]
) -> None:
    ids = [at_work.start(process, to="eve@example.org") for _ in range(2)]
    assert answer(at_work, ids, **values) == [ALONE, ALONE]
    assert sorted(inbox(at_work.clients["ada"])) == sorted(ids)


def test_t8_several_records_are_approved_at_once_and_stay_as_they_are(at_work: Office) -> None:
    ada = at_work.clients["ada"]
    records = tickets(at_work, "Roof", "Cellar")
    ids = [at_work.start("approval", ticket=record) for record in records]
    shown = {"subject": "Roof", "status": None}
    assert answer(at_work, ids, "approved", record=shown, comment="fine") == [DONE, DONE]
    assert [ok(ada.get(f"/records/{one}"))["values"]["subject"] for one in records] == ["Roof", "Cellar"]


def test_t8_pages_that_begin_with_the_same_values_are_answered_together_and_others_alone(
    at_work: Office,
) -> None:
    ids = [at_work.start("why", reason=reason) for reason in ("late", "lost", "late")]
    other = (False, "user-task.other-values")
    assert answer(at_work, ids, "save", reason="late again") == [DONE, other, DONE]
    assert inbox(at_work.clients["ada"]) == [ids[1]]


def test_t8_nothing_is_answered_for_a_first_step_that_is_over(at_work: Office) -> None:
    ids = [at_work.start("why", reason=reason) for reason in ("late", "lost")]
    assert answer(at_work, ids[:1], "save", reason="late") == [DONE]
    assert answer(at_work, ids, "save", reason="late")[1] == (False, "user-task.first-is-over")
