"""What an installation registers through entry points."""

from importlib.metadata import EntryPoint

import pytest

from stepwell.connectors import BpmnError, Call, ConnectorError, connector, python_function
from stepwell.connectors.installed import GROUP, collect
from stepwell.errors import ConfigurationError
from tests.connectors.conftest import do

HERE = "tests.connectors.test_installed"


def plain(call: Call, *, size: int) -> int:
    return size


@connector("other.name")
def decorated(call: Call) -> None: ...


def add(a: int, b: int = 1) -> int:
    return a + b


async def key_of(call: Call) -> str:
    return call.idempotency_key


def refuse(amount: int) -> None:
    raise BpmnError("too-much", f"{amount} is too much")


def point(name: str, value: str, group: str = GROUP) -> EntryPoint:
    return EntryPoint(name, f"{HERE}:{value}", group)


def test_a_registered_function_is_a_connector_of_that_name() -> None:
    assert list(collect([point("acme.size", "plain")])["acme.size"].arguments) == ["size"]


def test_the_registered_name_counts_also_for_a_decorated_function() -> None:
    assert collect([point("acme.thing", "decorated")])["acme.thing"].name == "acme.thing"


def test_two_connectors_of_one_name_are_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"Expected one connector 'http\.request'"):
        collect([point("http.request", "plain")])


def test_a_connector_that_can_not_be_loaded_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"for stepwell\.connectors 'acme'"):
        collect([point("acme", "missing")])


def test_a_registered_thing_must_be_a_function() -> None:
    with pytest.raises(ConfigurationError, match="to be a function"):
        collect([point("acme", "HERE")])


# ------------------------------------------------------------------------------- python


@pytest.fixture
def functions(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"add": add, "key": key_of, "refuse": refuse}
    monkeypatch.setattr(python_function, "functions", lambda: known)


@pytest.mark.usefixtures("functions")
def test_a_python_function_gets_its_arguments() -> None:
    assert do("python", {}, function="add", a=2, b=3) == 5


@pytest.mark.usefixtures("functions")
def test_a_python_function_may_ask_for_the_call() -> None:
    assert do("python", {}, function="key") == "7-3"


@pytest.mark.usefixtures("functions")
def test_a_python_function_may_raise_a_bpmn_error() -> None:
    with pytest.raises(BpmnError, match="5 is too much"):
        do("python", {}, function="refuse", amount=5)


@pytest.mark.usefixtures("functions")
def test_an_unknown_python_function_comes_with_the_nearest_name() -> None:
    with pytest.raises(ConnectorError, match="Did you mean 'add'") as caught:
        do("python", {}, function="ad")
    assert not caught.value.may_retry


@pytest.mark.usefixtures("functions")
def test_an_argument_too_many_is_told_before_the_call() -> None:
    with pytest.raises(ConnectorError, match="Expected arguments that fit 'add'") as caught:
        do("python", {}, function="add", c=1)
    assert not caught.value.may_retry


def test_functions_come_from_their_entry_points(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [point("acme.add", "add", python_function.GROUP)]
    monkeypatch.setattr(python_function, "entry_points", lambda group: points)
    python_function.functions.cache_clear()
    try:
        assert do("python", {}, function="acme.add", a=1) == 2
    finally:
        python_function.functions.cache_clear()
