"""What is beside a step, over HTTP on both databases: comments, files, and who has it open (S8, D5)."""

from collections.abc import Iterator
from typing import Any

import pytest

from stepwell.services.presences import LASTS, tidy
from tests.api.world import PEOPLE, World, company

BYTES = {"content": b"the offer", "headers": {"Content-Type": "application/octet-stream"}}


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with company(database_url) as found:
        yield found


@pytest.fixture
def step(world: World) -> str:
    """A step that is offered to the clerks: member and colleague."""
    return f"{world.order()}-3"


def comment(world: World, who: str, step: str, text: str) -> dict[str, Any]:
    answer = world.post(who, f"/user-tasks/{step}/comments", text=text)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def comments(world: World, who: str, step: str, **query: Any) -> list[tuple[str, str]]:
    items = world.get(who, f"/user-tasks/{step}/comments", **query).json()["items"]
    return [(item["author"], item["text"]) for item in items]


def allowed(world: World, path: str) -> set[str]:
    return {who for who in PEOPLE if world.get(who, path).status_code == 200}


INVOLVED = {"starter", "assignee", "member", "colleague", "former", "seer", "operator"}


def test_s8_a_comment_says_who_when_and_on_what(world: World, step: str) -> None:
    made = comment(world, "member", step, "They want it <b>blue</b>.")
    assert (made["author"], made["user_task"], made["text"]) == ("member", step, "They want it <b>blue</b>.")
    assert world.get("colleague", f"/user-tasks/{step}/comments").json()["items"] == [made]


def test_s8_comments_stand_in_the_order_in_which_they_were_written(world: World, step: str) -> None:
    for number in range(5):
        comment(world, "member", step, f"{number}")
    first = world.get("member", f"/user-tasks/{step}/comments", limit=2).json()
    then = comments(world, "member", step, limit=10, after=first["after"])
    assert [item["text"] for item in first["items"]] == ["0", "1"]
    assert then == [("member", "2"), ("member", "3"), ("member", "4")]


def test_d5_comments_of_an_open_step_are_read_and_written_by_who_sees_its_contents(
    world: World, step: str
) -> None:
    comment(world, "member", step, "soon")
    assert allowed(world, f"/user-tasks/{step}/comments") == {"member", "colleague", "operator"}
    assert world.post("starter", f"/user-tasks/{step}/comments", text="why?").status_code == 403
    assert world.post("stranger", f"/user-tasks/{step}/comments", text="why?").status_code == 404


def test_s8_comments_stay_when_the_step_is_done_for_all_who_see_the_instance(world: World, step: str) -> None:
    comment(world, "member", step, "soon")
    world.post("colleague", f"/user-tasks/{step}/complete")
    assert allowed(world, f"/user-tasks/{step}/comments") == INVOLVED
    comment(world, "starter", step, "thank you")
    assert comments(world, "former", step) == [("member", "soon"), ("starter", "thank you")]


@pytest.mark.parametrize("verb", ["complete", "cancel"])
def test_t5_the_page_of_a_step_that_is_over_says_who_ended_it_as_opening_does(
    world: World, step: str, verb: str
) -> None:
    world.post("member", f"/user-tasks/{step}/open")
    by = {"complete": "member", "cancel": "operator"}[verb]
    assert world.post(by, f"/user-tasks/{step}/{verb}").status_code == 200
    answer, opening = (
        world.get("colleague", f"/user-tasks/{step}/page"),
        world.post("colleague", f"/user-tasks/{step}/open"),
    )
    assert (answer.status_code, answer.json()["facts"]["by"]) == (409, by)
    assert answer.json() == opening.json()
    for who in ("stranger", "designer"):
        hidden = world.get(who, f"/user-tasks/{step}/page")
        assert (hidden.status_code, hidden.json()["code"]) == (404, "user-task.not-open")


def cancel(world: World, step: str, whole: bool = False) -> None:
    """An operator cancels the step, or the whole instance."""
    path = f"/instances/{step.partition('-')[0]}" if whole else f"/user-tasks/{step}"
    assert world.post("operator", f"{path}/cancel", reason="enough").status_code == 200


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("is_commented", [False, True])
def test_d5_what_is_beside_a_cancelled_step_is_for_who_saw_it_while_it_was_open(
    world: World, step: str, whole: bool, is_commented: bool
) -> None:
    file = attach(world, "member", step).json()["id"]
    if is_commented:
        comment(world, "member", step, "soon")
    cancel(world, step, whole)
    for path in (
        f"/user-tasks/{step}/comments",
        f"/user-tasks/{step}/attachments",
        f"/attachments/{file}/content",
    ):
        assert allowed(world, path) == {"member", "colleague", "operator"}
        assert world.get("starter", path).status_code == 403
        assert world.get("stranger", path).status_code == 404


def test_d5_of_a_step_that_was_handed_on_and_cancelled_it_is_for_who_had_it_last(
    world: World, step: str
) -> None:
    comment(world, "member", step, "for you")
    world.post("member", f"/user-tasks/{step}/reassign", assignee="former")
    cancel(world, step)
    assert allowed(world, f"/user-tasks/{step}/comments") == {"former", "operator"}


def test_d5_of_a_step_that_somebody_took_before_it_was_cancelled_it_is_for_the_others_of_the_role_too(
    world: World, step: str
) -> None:
    world.post("member", f"/user-tasks/{step}/claim")
    cancel(world, step)
    assert allowed(world, f"/user-tasks/{step}/comments") == {"member", "colleague", "operator"}


def test_s8_who_sees_a_cancelled_step_can_still_write_about_it_and_who_had_it_is_told(
    world: World, step: str
) -> None:
    world.post("member", f"/user-tasks/{step}/claim")
    cancel(world, step)
    comment(world, "colleague", step, "a pity")
    assert told(world, "member") == [("comment", step, "colleague")]
    assert world.post("starter", f"/user-tasks/{step}/comments", text="why?").status_code == 403


def test_s8_files_of_a_cancelled_step_stay_as_they_are(world: World, step: str) -> None:
    id = attach(world, "member", step).json()["id"]
    cancel(world, step)
    for answer in (attach(world, "member", step), world.post("member", f"/attachments/{id}/remove")):
        assert (answer.status_code, answer.json()["code"]) == (409, "user-task.done")


@pytest.mark.parametrize("key", ["99", "4", "0"])
def test_what_is_no_step_has_no_comments(world: World, step: str, key: str) -> None:
    other = f"{step.partition('-')[0]}-{key}"
    answer = world.get("operator", f"/user-tasks/{other}/comments")
    assert (answer.status_code, answer.json()["code"]) == (404, "user-task.unknown")


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001, "a\0b"])
def test_a_comment_that_can_not_be_kept_is_refused(world: World, step: str, text: str) -> None:
    assert world.post("member", f"/user-tasks/{step}/comments", text=text).status_code == 422
    assert comments(world, "member", step) == []


def test_a_comment_repeated_with_its_key_is_written_once(world: World, step: str) -> None:
    given: dict[str, Any] = {"json": {"text": "once"}, "headers": {"Idempotency-Key": "k"}}
    answers = [world.ask("member", "POST", f"/user-tasks/{step}/comments", **given).json() for _ in range(2)]
    assert answers[0]["id"] == answers[1]["id"]
    assert comments(world, "member", step) == [("member", "once")]


def test_a_comment_leaves_no_trace_in_the_history(world: World, step: str) -> None:
    id = step.partition("-")[0]
    before = world.get("operator", f"/instances/{id}/history").json()
    comment(world, "member", step, "soon")
    assert world.get("operator", f"/instances/{id}/history").json() == before


def test_comments_go_with_their_instance(world: World, step: str) -> None:
    comment(world, "member", step, "soon")
    world.post("operator", f"/instances/{step.partition('-')[0]}/cancel", reason="enough")
    world.engine.store.trim_history(world.engine.now() + 1)
    with world.engine.store.reading() as session:
        assert session.read("select count(*) from task_comment")[0][0] == 0


# -- who is told of a comment -----------------------------------------------------------------------------


def told(world: World, who: str) -> list[tuple[str, str, str]]:
    items = world.get(who, "/me/notifications").json()["items"]
    return [(item["kind"], item["user_task"], item["by"]) for item in items if item["kind"] == "comment"]


def test_whose_step_it_is_is_told_of_what_others_write(world: World, step: str) -> None:
    world.post("member", f"/user-tasks/{step}/claim")
    comment(world, "colleague", step, "shall I help?")
    comment(world, "member", step, "no")
    assert told(world, "member") == [("comment", step, "colleague")]
    assert told(world, "colleague") == []


def test_who_completed_a_step_is_told_of_what_others_write_later(world: World, step: str) -> None:
    world.post("colleague", f"/user-tasks/{step}/complete")
    comment(world, "starter", step, "thank you")
    assert told(world, "colleague") == [("comment", step, "starter")]


# -- files ------------------------------------------------------------------------------------------------


def attach(world: World, who: str, step: str) -> Any:
    return world.ask(who, "POST", f"/user-tasks/{step}/attachments?name=offer.pdf", **BYTES)


def test_s8_a_file_beside_a_step_is_listed_and_read(world: World, step: str) -> None:
    made = attach(world, "member", step).json()
    assert (made["owner"], made["name"], made["size"]) == (f"user-task/{step}", "offer.pdf", 9)
    assert world.get("colleague", f"/user-tasks/{step}/attachments").json()["items"] == [made]
    assert world.get("colleague", f"/attachments/{made['id']}/content").content == b"the offer"


def test_d5_files_of_an_open_step_are_for_who_sees_its_contents(world: World, step: str) -> None:
    id = attach(world, "member", step).json()["id"]
    for path in (f"/user-tasks/{step}/attachments", f"/attachments/{id}", f"/attachments/{id}/content"):
        assert allowed(world, path) == {"member", "colleague", "operator"}
    assert attach(world, "starter", step).status_code == 403
    assert world.post("starter", f"/attachments/{id}/remove").status_code == 403


def test_a_file_beside_an_open_step_can_be_deleted(world: World, step: str) -> None:
    id = attach(world, "member", step).json()["id"]
    assert world.post("colleague", f"/attachments/{id}/remove").status_code == 200
    assert world.get("member", f"/user-tasks/{step}/attachments").json()["items"] == []


def test_s8_files_stay_as_they_are_when_the_step_is_done(world: World, step: str) -> None:
    id = attach(world, "member", step).json()["id"]
    world.post("member", f"/user-tasks/{step}/complete")
    assert allowed(world, f"/attachments/{id}/content") == INVOLVED
    for answer in (attach(world, "member", step), world.post("member", f"/attachments/{id}/remove")):
        assert (answer.status_code, answer.json()["code"]) == (409, "user-task.done")


def test_files_go_with_their_instance(world: World, step: str) -> None:
    id = attach(world, "member", step).json()["id"]
    world.post("operator", f"/instances/{step.partition('-')[0]}/cancel", reason="enough")
    world.engine.store.trim_history(world.engine.now() + 1)
    assert world.get("operator", f"/attachments/{id}").status_code == 404


# -- presence ---------------------------------------------------------------------------------------------


def present(world: World, who: str, step: str) -> list[str]:
    items = world.get(who, f"/user-tasks/{step}/presence").json()["items"]
    return [item["person"] for item in items]


def test_who_has_a_step_open_is_seen_by_the_others(world: World, step: str) -> None:
    for who in ("member", "colleague"):
        assert world.ask(who, "PUT", f"/user-tasks/{step}/presence", json={}).status_code == 200
    assert present(world, "colleague", step) == ["member", "colleague"]


def test_who_closes_a_step_is_gone_at_once(world: World, step: str) -> None:
    world.ask("member", "PUT", f"/user-tasks/{step}/presence", json={})
    answer = world.ask("member", "PUT", f"/user-tasks/{step}/presence", json={"is_here": False})
    assert answer.json() == {"items": []}


def test_who_is_silent_is_gone_after_a_while(world: World, step: str) -> None:
    world.ask("member", "PUT", f"/user-tasks/{step}/presence", json={})
    with world.engine.store.transaction() as tx:
        tx.session.run("update presence set began_at = began_at - ?, ends_at = ends_at - ?", LASTS, LASTS)
    assert present(world, "colleague", step) == []
    [news] = tidy(world.engine.store)
    assert (news.name, news.data["people"], "role:clerks" in news.to) == ("presence", [], True)


def test_d5_who_may_not_see_what_is_in_a_step_does_not_have_it_open(world: World, step: str) -> None:
    for who, status in (("starter", 403), ("stranger", 404), ("operator", 200)):
        assert world.ask(who, "PUT", f"/user-tasks/{step}/presence", json={}).status_code == status


def test_nobody_has_a_step_open_that_is_done(world: World, step: str) -> None:
    world.post("member", f"/user-tasks/{step}/complete")
    answer = world.ask("member", "PUT", f"/user-tasks/{step}/presence", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "user-task.done")
