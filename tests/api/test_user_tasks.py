"""Stories of user tasks over HTTP."""

from tests.api.conftest import Api


def task(api: Api) -> str:
    found: str = api.start("form")["user_tasks"][0]["id"]
    return found


def test_a_completed_task_brings_the_instance_to_its_end(api: Api) -> None:
    id = task(api)
    answer = api.post(f"/user-tasks/{id}/complete", {"variables": {"done": True}, "actor": "bob"})
    assert answer.json()["status"] == "completed"


def test_a_task_can_be_completed_once(api: Api) -> None:
    id = task(api)
    api.post(f"/user-tasks/{id}/complete")
    answer = api.post(f"/user-tasks/{id}/complete")
    assert (answer.status_code, answer.json()["code"]) == (409, "user-task.completed")


def test_a_repeated_completion_with_the_same_key_says_what_the_first_did(api: Api) -> None:
    id = task(api)
    key = {"headers": {"Idempotency-Key": "k"}}
    answers = [api.post(f"/user-tasks/{id}/complete", **key) for _ in range(2)]
    assert [answer.json()["status"] for answer in answers] == ["completed", "completed"]


def test_who_claims_first_has_the_task(api: Api) -> None:
    id = task(api)
    api.post(f"/user-tasks/{id}/claim", {"user": "ada"})
    answer = api.post(f"/user-tasks/{id}/claim", {"user": "bob"})
    assert (answer.status_code, answer.json()["code"]) == (409, "user-task.taken")
    assert "ada has it" in answer.json()["detail"]


def test_a_released_task_is_offered_again(api: Api) -> None:
    id = task(api)
    api.post(f"/user-tasks/{id}/claim", {"user": "ada"})
    api.post(f"/user-tasks/{id}/release", {"actor": "ada"})
    assert [item["id"] for item in api.get("/user-tasks", role="clerks").json()["items"]] == [id]


def test_a_task_says_who_may_take_it(api: Api) -> None:
    found = api.get(f"/user-tasks/{task(api)}").json()
    assert (found["candidate_users"], found["candidate_roles"], found["process_name"]) == (
        ["bob"],
        ["clerks"],
        "Form",
    )


def test_a_claimed_task_leaves_the_inboxes_of_the_others(api: Api) -> None:
    id = task(api)
    api.post(f"/user-tasks/{id}/claim", {"user": "ada"})
    assert api.get("/inbox", user="bob", roles=["clerks"]).json()["items"] == []
    assert [item["id"] for item in api.get("/inbox", user="ada").json()["items"]] == [id]


def test_a_task_seen_by_two_of_ones_roles_is_there_once(api: Api) -> None:
    id = task(api)
    found = api.get("/inbox", user="bob", roles=["clerks", "bosses"]).json()["items"]
    assert [item["id"] for item in found] == [id]


def test_an_inbox_goes_on_where_it_ended(api: Api) -> None:
    ids = [task(api) for _ in range(4)]
    first = api.get("/inbox", user="bob", limit=3).json()
    second = api.get("/inbox", user="bob", limit=3, after=first["after"]).json()
    assert [item["id"] for item in first["items"] + second["items"]] == ids[::-1]


def test_tasks_are_found_by_assignee_instance_and_element(api: Api) -> None:
    id = task(api)
    task(api)
    api.post(f"/user-tasks/{id}/claim", {"user": "ada"})
    for query in (
        {"assignee": "ada"},
        {"instance": id.split("-")[0]},
        {"assignee": "ada", "element": "fill"},
    ):
        assert [item["id"] for item in api.get("/user-tasks", **query).json()["items"]] == [id]


def test_an_inbox_is_somebodys(api: Api) -> None:
    answer = api.get("/inbox")
    assert answer.status_code == 422
    assert "user" in answer.json()["problems"][0]["message"]


def test_a_task_that_is_not_there_is_not_found(api: Api) -> None:
    assert api.get("/user-tasks/1-99").json()["code"] == "user-task.not-open"
