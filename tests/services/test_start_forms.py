"""What a start asks for, worked out from the parameters of a process."""

from collections.abc import Iterator

import pytest

import stepwell
from stepwell import forms
from stepwell.errors import Forbidden, NotFound
from stepwell.identity import STEPWELL, Actor
from stepwell.library import Engine
from stepwell.services import start_forms
from stepwell.services.start_forms import StartForm
from tests.worker.office import process, user

EVE = Actor("eve")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with stepwell.open(database_url, upgrade=False) as found:
        yield found


def form(engine: Engine, extensions: str, actor: Actor = STEPWELL) -> StartForm:
    """The start form of a process with these extension elements."""
    said = f"<bpmn:extensionElements>{extensions}</bpmn:extensionElements>"
    xml = process(user()).replace(b'isExecutable="true">', f'isExecutable="true">{said}'.encode())
    [deployed] = engine.deploy(xml).processes
    return start_forms.load(engine.store, deployed.id, actor)


def test_a_process_without_parameters_asks_for_nothing(engine: Engine) -> None:
    found = form(engine, "")
    assert (found.page, found.values) == (None, {})


def test_every_type_has_a_field_of_its_own(engine: Engine) -> None:
    names = "text number integer boolean date time date-time duration any".split()
    said = "".join(
        f'<stepwell:parameter name="p_{name[:4]}{n}" type="{name}"/>' for n, name in enumerate(names)
    )
    found = form(engine, said)
    assert found.page is not None
    shown = [(field["type"], field.get("subtype")) for field in found.page["components"]]
    assert shown == [
        ("textfield", None), ("number", None), ("number", None), ("checkbox", None), ("datetime", "date"),
        ("datetime", "time"), ("datetime", "datetime"), ("textfield", None), ("textfield", None),
    ]  # fmt: skip


def test_the_page_is_one_that_our_own_reader_takes(engine: Engine) -> None:
    found = form(
        engine,
        '<stepwell:parameter name="city" type="text" required="true" label="City"/>'
        '<stepwell:parameter name="days" type="integer" default="= 2"/>'
        '<stepwell:parameter name="who" type="text"/><stepwell:runFrom recordType="contact" parameter="who"/>',
    )
    page = forms.read(found.page)
    assert [button.code for button in page.buttons] == ["start"]


def test_what_is_required_is_marked(engine: Engine) -> None:
    found = form(engine, '<stepwell:parameter name="city" required="true"/><stepwell:parameter name="days"/>')
    assert found.page is not None
    assert [field.get("validate") for field in found.page["components"]] == [{"required": True}, None]


def test_defaults_are_worked_out_and_see_each_other(engine: Engine) -> None:
    said = (
        '<stepwell:parameter name="a" type="integer" default="= 2"/>'
        '<stepwell:parameter name="b" type="integer" default="= a * 3"/>'
        '<stepwell:parameter name="c" type="integer" default="= a / 0"/>'
    )
    assert form(engine, said).values == {"a": 2, "b": 6}


def test_what_only_comes_out_is_not_asked_for(engine: Engine) -> None:
    assert form(engine, '<stepwell:parameter name="result" direction="out"/>').page is None


def test_lists_and_contexts_are_named_as_left_out(engine: Engine) -> None:
    said = '<stepwell:parameter name="many" type="list"/><stepwell:parameter name="one" type="context"/>'
    found = form(engine, said)
    assert (found.page, found.left_out) == (None, ("many", "one"))


def test_a_record_is_looked_up(engine: Engine) -> None:
    said = '<stepwell:parameter name="who"/><stepwell:runFrom recordType="contact" parameter="who"/>'
    found = form(engine, said)
    assert found.page is not None
    [field] = found.page["components"]
    assert (field["type"], field["recordType"]) == ("lookup", "contact")


def test_who_may_not_run_a_process_gets_no_form(engine: Engine) -> None:
    with pytest.raises(NotFound):
        form(engine, '<stepwell:process runBy="office"/>', EVE)
    with pytest.raises(Forbidden):
        form(
            engine,
            '<stepwell:process runBy="office" seenBy="auditors"/>',
            Actor("eve", frozenset({"auditors"})),
        )
