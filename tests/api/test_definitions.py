"""Stories of deployments over HTTP."""

from tests.api.conftest import MODELS, Api

XML = {"Content-Type": "application/xml"}
FORM = (MODELS / "form.bpmn").read_bytes()


def deploy(api: Api, content: bytes, **query: str) -> tuple[int, dict[str, object]]:
    answer = api.ask("POST", "/deployments", content=content, headers=XML, params=query)
    return answer.status_code, answer.json()


def test_the_same_file_again_makes_no_new_version(api: Api) -> None:
    status, found = deploy(api, FORM)
    assert (status, found["is_new"]) == (201, False)


def test_a_check_tells_what_a_deployment_would_do_and_does_nothing(api: Api) -> None:
    changed = FORM.replace(b"Fill the form in", b"Fill in")
    answer = api.ask("POST", "/deployments/check", content=changed, headers=XML)
    would = [{"id": "", "process_id": "form", "version": 2, "name": "Form"}]
    assert (answer.status_code, answer.json()["is_new"], answer.json()["processes"]) == (200, True, would)
    assert api.get("/definitions", process_id="form").json()["items"][0]["version"] == 1
    same = api.ask("POST", "/deployments/check", content=FORM, headers=XML).json()
    assert (same["is_new"], same["processes"][0]["version"], same["processes"][0]["id"] != "") == (
        False,
        1,
        True,
    )


def test_a_check_tells_every_problem_with_its_element(api: Api) -> None:
    broken = FORM.replace(b'targetRef="fill"', b'targetRef="nowhere"')
    answer = api.ask("POST", "/deployments/check", content=broken, headers=XML)
    assert (answer.status_code, answer.json()["code"]) == (422, "deployment.invalid")
    assert all(problem["line"] for problem in answer.json()["problems"])
    assert api.ask("POST", "/deployments/check", content=b"{}").status_code == 415


def test_a_changed_file_makes_a_new_version(api: Api) -> None:
    _, found = deploy(api, FORM.replace(b"Fill the form in", b"Fill in"), name="form2.bpmn", actor="ada")
    id = str(len(list(MODELS.glob("*.bpmn"))) + 1)
    assert found["processes"] == [{"id": id, "process_id": "form", "version": 2, "name": "Form"}]


def test_running_instances_stay_on_their_version(api: Api) -> None:
    old = api.start("form")["id"]
    deploy(api, FORM.replace(b"Fill the form in", b"Fill in"))
    new = api.start("form")
    assert new["user_tasks"][0]["title"] == "Fill in"
    assert api.get(f"/instances/{old}").json()["version"] == 1


def test_every_problem_of_a_file_is_told_at_once(api: Api) -> None:
    broken = FORM.replace(b'targetRef="fill"', b'targetRef="nowhere"').replace(
        b'sourceRef="fill"', b'sourceRef="no"'
    )
    status, found = deploy(api, broken)
    assert (status, found["code"]) == (422, "deployment.invalid")
    assert len(found["problems"]) >= 2  # type: ignore[arg-type]


def test_an_unknown_connector_is_refused(api: Api) -> None:
    work = FORM.replace(b"bpmn:userTask", b"bpmn:serviceTask").replace(
        b'<stepwell:assignment roles="clerks" candidateUsers="bob"/>', b'<stepwell:task type="http.requst"/>'
    )
    status, found = deploy(api, work)
    assert status == 422
    assert found["problems"][0]["rule"] == "connector.unknown"  # type: ignore[index]
    assert "http.request" in found["problems"][0]["hint"]  # type: ignore[index]


def test_a_document_type_is_refused(api: Api) -> None:
    status, found = deploy(api, b'<!DOCTYPE a [<!ENTITY x "y">]>' + FORM.split(b"?>", 1)[1])
    assert (status, found["code"]) == (422, "deployment.invalid")


def test_json_is_no_file(api: Api) -> None:
    answer = api.post("/deployments", {"a": 1})
    assert (answer.status_code, answer.json()["code"]) == (415, "body.media-type")


def test_the_file_comes_back_as_it_was(api: Api) -> None:
    number = next(
        item["id"] for item in api.get("/definitions").json()["items"] if item["process_id"] == "form"
    )
    answer = api.get(f"/definitions/{number}/xml")
    assert (answer.headers["content-type"], answer.content) == ("application/xml", FORM)


def test_the_list_has_the_latest_version_of_each_process(api: Api) -> None:
    deploy(api, FORM.replace(b"Fill the form in", b"Fill in"))
    found = api.get("/definitions").json()["items"]
    assert {(item["process_id"], item["version"]) for item in found} == {
        ("form", 2),
        ("divide", 1),
        ("letter", 1),
        ("pause", 1),
        ("piece", 1),
        ("trip", 1),
    }


def test_the_versions_of_one_process_are_listed(api: Api) -> None:
    deploy(api, FORM.replace(b"Fill the form in", b"Fill in"))
    assert [item["version"] for item in api.get("/definitions", process_id="form").json()["items"]] == [2, 1]


def test_a_definition_that_is_not_there_is_not_found(api: Api) -> None:
    assert {api.get(f"/definitions/{id}").json()["code"] for id in ("99", "x")} == {"definition.unknown"}
