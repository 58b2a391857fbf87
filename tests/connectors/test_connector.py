"""How a function becomes a connector, and what is checked before and around an attempt."""

import asyncio
import sys
import threading
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, Literal

import pytest

from stepwell.connectors import (
    BpmnError,
    Call,
    Connector,
    ConnectorError,
    check,
    connector,
    perform,
    registry,
)
from tests.connectors.conftest import call


@connector("greet")
def greet(
    call: Call, *, name: str, times: int = 1, tone: Literal["warm", "cool"] = "warm", from_: str = ""
) -> str:
    """Greet somebody.

    Arguments:
        name: Who it is;
            in full.
        from: Who greets.
    """
    return f"{call.idempotency_key} {from_}{'Hello ' * times}{name}"


def run(function: Any, timeout: float = 5.0, **arguments: object) -> object:
    made = function if isinstance(function, Connector) else Connector.of("test", function)
    return asyncio.run(perform(made, replace(call(), timeout=timeout), arguments))


def problems(**given: str | None) -> list[tuple[str, str, str]]:
    return [
        (problem.rule, problem.field, problem.hint)
        for problem in check({"greet": greet}, "e", "greet", given)
    ]


# ------------------------------------------------------------------------------- the declaration


def test_the_arguments_are_those_of_the_signature() -> None:
    assert list(greet.arguments) == ["name", "times", "tone", "from"]


def test_an_argument_without_a_default_is_required() -> None:
    assert [argument.required for argument in greet.arguments.values()] == [True, False, False, False]


def test_the_docstring_tells_what_an_argument_is() -> None:
    assert [argument.doc for argument in greet.arguments.values()] == [
        "Who it is; in full.",
        "",
        "",
        "Who greets.",
    ]


def test_the_docstring_before_its_arguments_is_the_connectors() -> None:
    assert greet.doc == "Greet somebody."


def test_the_types_are_told_in_words() -> None:
    assert [argument.expected for argument in greet.arguments.values()] == [
        "text", "a whole number", "one of warm, cool", "text",
    ]  # fmt: skip


# ------------------------------------------------------------------------------- at deployment


def test_arguments_that_fit_are_no_problem() -> None:
    assert problems(name="Ada", times=None) == []


def test_an_unknown_argument_comes_with_the_nearest_name() -> None:
    assert problems(name="Ada", time="2") == [("connector.unknown-argument", "time", "Did you mean 'times'?")]


def test_a_missing_argument_is_named() -> None:
    assert [problem[:2] for problem in problems()] == [("connector.missing-argument", "name")]


def test_a_constant_of_the_wrong_type_is_a_problem() -> None:
    found = check({"greet": greet}, "e", "greet", {"name": "Ada", "times": "often"})
    assert [problem.message for problem in found] == [
        "Expected times to be a whole number, but found 'often'."
    ]


def test_an_unknown_connector_comes_with_the_nearest_name() -> None:
    (problem,) = check(registry(), "call", "http.requst", {})
    assert (problem.rule, problem.element, problem.hint) == (
        "connector.unknown", "call", "Did you mean 'http.request'?",
    )  # fmt: skip


def test_the_connectors_of_stepwell_are_known() -> None:
    assert set(registry()) >= {"http.request", "python", "email.send"}


@pytest.mark.parametrize("name", ["http.request", "python", "email.send"])
def test_every_argument_of_ours_is_documented(name: str) -> None:
    assert all(argument.doc for argument in registry()[name].arguments.values())


# ------------------------------------------------------------------------------- an attempt


def test_a_plain_function_gets_the_call_and_its_arguments() -> None:
    assert run(greet, name="Ada", times=2) == "7-3 Hello Hello Ada"


def test_a_reserved_word_reaches_its_parameter() -> None:
    assert run(greet, **{"name": "Ada", "from": "Bob: "}) == "7-3 Bob: Hello Ada"


def test_the_text_of_a_constant_may_stand_for_a_number() -> None:
    assert run(greet, name="Ada", times="2") == "7-3 Hello Hello Ada"


def test_null_means_not_given() -> None:
    assert run(greet, name="Ada", times=None) == "7-3 Hello Ada"


@pytest.mark.parametrize(("arguments", "message"), [
    ({"name": None}, "Expected 'name' to have a value, but it is null."),
    ({"name": 5}, "Expected name to be text, but found 5."),
    ({"name": ["Ada"]}, "Expected name to be text, but found a list."),
    ({"name": "Ada", "tone": "blue"}, "Expected tone to be one of warm, cool, but found 'blue'."),
    ({"name": "Ada", "tine": 1}, "Expected an argument of greet, but 'tine' is none."),
])  # fmt: skip
def test_an_argument_that_does_not_fit_is_named(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ConnectorError, match=message) as caught:
        run(greet, **arguments)
    assert not caught.value.may_retry


def test_a_decimal_reaches_a_function_that_counts_in_floats() -> None:
    def half(call: Call, *, of: float) -> float:
        return of / 2

    assert run(half, of=Decimal("2.5")) == Decimal("1.25")


def test_an_async_function_is_awaited() -> None:
    async def slow(call: Call) -> str:
        await asyncio.sleep(0)
        return "done"

    assert run(slow) == "done"


def test_a_plain_function_does_not_hold_up_the_event_loop() -> None:
    def where(call: Call) -> bool:
        return threading.current_thread() is threading.main_thread()

    assert run(where) is False


def test_a_function_without_end_is_given_up_at_its_timeout() -> None:
    release = threading.Event()

    def hang(call: Call) -> None:
        release.wait()

    with pytest.raises(ConnectorError, match=r"done in 0\.05 s") as caught:
        run(hang, timeout=0.05)
    release.set()
    assert caught.value.may_retry


def test_a_bpmn_error_passes_through() -> None:
    def refuse(call: Call) -> None:
        raise BpmnError("no-credit", "no credit", {"limit": 5})

    with pytest.raises(BpmnError) as caught:
        run(refuse)
    assert (caught.value.code, caught.value.values) == ("no-credit", {"limit": 5})


def test_a_function_that_ends_the_program_only_fails() -> None:
    def leave(call: Call) -> None:
        sys.exit(3)

    with pytest.raises(RuntimeError, match="SystemExit: 3"):
        run(leave)


def test_floats_and_tuples_become_values_of_feel() -> None:
    def measure(call: Call) -> object:
        return {"sizes": (1.5, 2), "deep": [{"x": 0.1}]}

    assert run(measure) == {"sizes": [Decimal("1.5"), 2], "deep": [{"x": Decimal("0.1")}]}


@pytest.mark.parametrize("result", [object(), float("nan"), {1: "x"}, b"bytes", {"a": [set()]}])
def test_a_result_that_can_not_be_stored_is_an_error_at_once(result: object) -> None:
    def give(call: Call) -> object:
        return result

    with pytest.raises(ConnectorError, match="Expected a result of test that can be stored") as caught:
        run(give)
    assert not caught.value.may_retry


def test_a_result_that_contains_itself_is_an_error() -> None:
    endless: list[object] = []
    endless.append(endless)

    def give(call: Call) -> object:
        return endless

    with pytest.raises(ConnectorError, match="can be stored"):
        run(give)


def test_an_object_that_can_be_called_is_a_connector_too() -> None:
    class Counter:
        def __call__(self, call: Call, *, by: int) -> int:
            return by + 1

    assert run(Counter(), by="2") == 3


def test_a_function_with_something_filled_in_is_a_connector_too() -> None:
    def add(offset: int, call: Call, *, to: int) -> int:
        return offset + to

    assert run(partial(add, 40), to="2") == 42
