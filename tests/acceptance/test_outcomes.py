"""Outcome and flows, and the results of activities (K1), with a real server: which ways are taken, which are refused."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.acceptance.conftest import Ground
from tests.acceptance.drawing import drawn, gateway, results, user
from tests.acceptance.office import XML, Office, complete, office, ok, page
from tests.engine.world import conditional, flows

ANN = '<stepwell:assignment user="ann"/>'
CODES = ("yes", "no", "maybe")


def question(*settings: str) -> str:
    """A question that may be left out, unless the settings say otherwise."""
    answers = "".join(f'<stepwell:answer code="{code}"/>' for code in CODES)
    return f"<stepwell:question {' '.join(settings)}>{answers}</stepwell:question>"


SEVERAL = 'multiple="true"'
REQUIRED = 'required="true"'


def activity(*codes: str) -> str:
    listed = "".join(f'<stepwell:result code="{code}"/>' for code in codes)
    return f'<stepwell:activityStep category="Call">{listed}</stepwell:activityStep>'


def asked(kind: str, id: str, behind: str, *parts: str) -> bytes:
    """The step ``ask``, and the steps a, b and c, of which those are reached that ``behind`` leads to."""
    ends = [name for name in "abc" if f'targetRef="{name}"' in behind]
    steps = "".join(user(name, ANN) for name in ends)
    back = flows("start ask", *(f"{name} end" for name in ends))
    return drawn(user("ask", ANN + kind), steps, *parts, behind, back, id=id)


def behind(kind: str, default: str, *ways: str) -> tuple[str, str]:
    """A gateway behind the step: the flows, and the gateway."""
    return "".join(ways) + flows("ask g", *([f"g {default}"] if default else ())), gateway("g", kind, default)


AMOUNT = "amount &gt; 100"
EXCLUSIVE = behind("exclusive", "c", conditional("g", "b", AMOUNT), results("g", "a", "yes"))
INCLUSIVE = behind("inclusive", "c", conditional("g", "b", AMOUNT), results("g", "a", "yes, no"))
DIRECTLY = results("ask", "a", "yes") + conditional("ask", "b", AMOUNT) + flows("ask c")
OR_ELSE = results("ask", "a", "yes") + conditional("ask", "b", AMOUNT) + flows("ask c")
OF_CALL = behind("exclusive", "", results("g", "a", "Reached"), results("g", "b", "Not reached"))
PROCESSES = (
    asked(question(), "exclusive", *EXCLUSIVE),
    asked(question(SEVERAL), "inclusive", *INCLUSIVE),
    asked(question(SEVERAL), "directly", DIRECTLY),
    asked(question(SEVERAL), "or_else", OR_ELSE).replace(b'id="ask"', b'id="ask" default="ask_c"'),
    asked(
        activity("Reached", "Not reached"), "author", *behind("exclusive", "c", results("g", "a", "Reached"))
    ),
    asked(activity(), "of_flows", *OF_CALL),
    asked(activity(), "category", *behind("exclusive", "c", results("g", "a", "Reached"))),
)


@pytest.fixture(scope="module")
def work(ground: Ground) -> Iterator[Office]:
    with office(ground.url, ground.folder) as found:
        found.hire("ann")
        found.deploy(*PROCESSES)
        yield found


def taken(work: Office, process: str, answer: Any, amount: int = 0) -> list[str]:
    """The steps to which an answer leads; None is none."""
    id = work.start(process, amount=amount)
    ok(complete(work.clients["ann"], id, "save", **({} if answer is None else {"answer": answer})))
    return work.steps(id)


def problems(work: Office, xml: bytes) -> list[tuple[str, str]]:
    """The elements and rules of a deployment that is refused."""
    answer = work.server.client.post("/deployments", content=xml, headers=XML)
    assert answer.status_code == 422, answer.text
    found = answer.json()["problems"]
    assert all(problem["message"].startswith("Expected ") for problem in found)
    return [(problem["element"], problem["rule"]) for problem in found]


# -- which flows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "amount", "steps"),
    [
        pytest.param("yes", 500, ["a"], id="the list that holds it, before a condition"),
        pytest.param("no", 500, ["b"], id="otherwise the first condition that is true"),
        pytest.param("no", 5, ["c"], id="otherwise the default"),
        pytest.param(None, 5, ["c"], id="without an answer the default"),
    ],
)
def test_outcome_at_an_exclusive_gateway_takes_one_flow(
    work: Office, answer: str | None, amount: int, steps: list[str]
) -> None:
    assert taken(work, "exclusive", answer, amount) == steps


@pytest.mark.parametrize(
    ("answer", "amount", "steps"),
    [
        pytest.param(["yes", "no"], 5, ["a"], id="a list that holds both is taken once"),
        pytest.param(["yes"], 500, ["a", "b"], id="a list and a condition"),
        pytest.param(["maybe"], 500, ["b"], id="a condition alone"),
        pytest.param(["maybe"], 5, ["c"], id="the default only if there is none"),
        pytest.param([], 5, ["c"], id="none chosen"),
    ],
)
def test_outcome_at_an_inclusive_gateway_takes_every_flow_that_fits(
    work: Office, answer: list[str], amount: int, steps: list[str]
) -> None:
    assert taken(work, "inclusive", answer, amount) == steps


@pytest.mark.parametrize(
    ("answer", "amount", "steps"),
    [(["yes"], 500, ["a", "b", "c"]), (["maybe"], 5, ["c"]), (["yes", "no"], 5, ["a", "c"])],
)
def test_outcome_directly_behind_the_step_takes_every_flow_that_fits_and_the_free_one_always(
    work: Office, answer: list[str], amount: int, steps: list[str]
) -> None:
    assert taken(work, "directly", answer, amount) == steps


@pytest.mark.parametrize(("answer", "steps"), [(["yes"], ["a"]), (["no"], ["c"])])
def test_outcome_directly_behind_the_step_takes_the_default_only_if_nothing_fits(
    work: Office, answer: list[str], steps: list[str]
) -> None:
    assert taken(work, "or_else", answer) == steps


# -- what is refused --------------------------------------------------------------------------------------


def test_outcome_deployment_refuses_the_same_result_on_two_flows_of_an_exclusive_gateway(
    work: Office,
) -> None:
    ways = behind("exclusive", "c", results("g", "a", "yes"), results("g", "b", "no, yes"))
    found = problems(work, asked(question(), "doubled", *ways))
    assert found == [("g_a", "results.doubled"), ("g_b", "results.doubled")]


def test_outcome_deployment_refuses_several_answers_before_an_exclusive_gateway(work: Office) -> None:
    ways = behind("exclusive", "c", results("g", "a", "yes"))
    assert problems(work, asked(question(SEVERAL), "choice", *ways)) == [("ask", "results.several")]


def test_outcome_deployment_warns_of_an_optional_question_without_a_default_flow(work: Office) -> None:
    ways = behind("exclusive", "", results("g", "a", "yes, no"), results("g", "b", "maybe"))
    xml = asked(question(), "optional", *ways)
    found = ok(work.server.client.post("/deployments", content=xml, headers=XML))["problems"]
    assert [(problem["element"], problem["rule"], problem["warning"]) for problem in found] == [
        ("ask", "results.optional", True)
    ]
    xml = asked(question(REQUIRED), "required", *ways)
    assert ok(work.server.client.post("/deployments", content=xml, headers=XML))["problems"] == []


# -- K1: results ------------------------------------------------------------------------------------------


def offers(client: httpx.Client, id: str) -> set[str]:
    """The results that the page of an activity offers."""
    components = page(client, id)["schema"]["components"]
    [result] = [one for one in components if one.get("key") == "result"]
    return {option["value"] for option in result["values"]}


@pytest.mark.parametrize(
    ("process", "codes"),
    [
        pytest.param("author", {"Reached", "Not reached"}, id="the author's list"),
        pytest.param("of_flows", {"Reached", "Not reached"}, id="those of the flows without a default"),
        pytest.param(
            "category", {"Completed", "Not done", "Reached", "Not reached", "Rescheduled"}, id="those of the category"
        ),
    ],
)  # fmt: skip
def test_k1_only_results_that_are_offered_can_be_chosen(
    work: Office, ann: httpx.Client, process: str, codes: set[str]
) -> None:
    id = work.start(process)
    assert offers(ann, id) == codes
    refused = complete(ann, id, "", result="Held")
    assert (refused.status_code, refused.json()["problems"][0]["field"]) == (422, "result")
    assert work.steps(id) == ["ask"]
    ok(complete(ann, id, "", result="Reached"))
    assert work.steps(id) == ["a"]


def test_k1_a_result_that_no_flow_names_takes_the_default(work: Office, ann: httpx.Client) -> None:
    id = work.start("author")
    ok(complete(ann, id, "", result="Not reached"))
    assert work.steps(id) == ["c"]


def test_k1_an_activity_is_not_done_without_a_result(work: Office, ann: httpx.Client) -> None:
    id = work.start("category")
    page(ann, id)
    done = [button["code"] for button in page(ann, id)["buttons"] if button["completes"]]
    refused = complete(ann, id, done[0])
    assert (refused.status_code, refused.json()["problems"][0]["rule"]) == (422, "value.required")


def test_k1_deployment_refuses_a_flow_that_names_a_result_which_is_not_offered(work: Office) -> None:
    ways = behind("exclusive", "c", results("g", "a", "Held"))
    found = problems(work, asked(activity("Reached"), "not_offered", *ways))
    assert found == [("g_a", "results.not-offered")]


def test_k1_deployment_refuses_an_offered_result_without_a_flow(work: Office) -> None:
    offered = activity("Reached", "Not reached", "Rescheduled")
    found = problems(work, asked(offered, "uncovered", *OF_CALL))
    assert found == [("ask", "results.uncovered")]
