"""What is worked out when a step is opened, and what its page gives back to the process."""

from typing import Any

import pytest

from stepwell import feel, forms
from stepwell.engine import opening
from stepwell.engine.opening import Seen
from stepwell.engine.steps.user_task import UserTask
from stepwell.engine.work import DrawnPage, EmailDraft, RecordPage, Work
from stepwell.forms import kinds
from tests.bpmn.reading import NOON, extended, step

FORM = (
    '{"components": [{"type": "textfield", "key": "city"}, {"type": "select", "key": "way", "valuesKey": "ways"}]}'
    '<stepwell:button code="go" label="= go_label"/><stepwell:button code="stop" completes="false" signal="stopped"/>'
)


def work(extensions: str) -> Work:
    found = step(extended("userTask", extensions)).step
    assert isinstance(found, UserTask)
    return found.work


def seen(**values: object) -> Seen:
    return Seen(lambda name: values.get(name, feel.MISSING), NOON)


def made(extensions: str, **values: object) -> kinds.Made:
    found = opening.page_of(work(extensions), seen(**values))
    assert found is not None
    return found


def test_a_plain_step_has_a_page_with_done() -> None:
    assert [button.code for button in forms.read(made("").schema).buttons] == ["done"]


def test_the_answers_of_a_question_have_labels_with_values() -> None:
    found = made(
        '<stepwell:question><stepwell:answer code="a" label=\'= "By " + way\'/></stepwell:question>',
        way="bus",
    )
    assert found.schema["components"][0]["values"] == [{"value": "a", "label": "By bus"}]


def test_a_page_begins_with_the_variables_that_it_reads() -> None:
    found = made(
        f"<stepwell:page>{FORM}</stepwell:page>", city="Rome", ways=["bus"], secret="x", go_label="Go!"
    )
    assert found.values == {"city": "Rome", "ways": ["bus"]}


def test_the_labels_of_buttons_are_worked_out() -> None:
    found = made(f"<stepwell:page>{FORM}</stepwell:page>", go_label="Go!")
    assert [(b["code"], b["label"]) for b in found.schema["buttons"]] == [("go", "Go!"), ("stop", "stop")]


def test_parameters_that_go_in_come_before_variables_of_the_same_name() -> None:
    parameter = '<stepwell:parameter name="city" value=\'= "Oslo"\'/>'
    assert made(f"<stepwell:page>{FORM}{parameter}</stepwell:page>", city="Rome").values == {"city": "Oslo"}


def test_a_page_whose_schema_is_not_known_has_to_be_found_by_the_caller() -> None:
    assert opening.page_of(work('<stepwell:page ref="move"/>'), seen()) is None


def test_pages_of_records_have_to_be_made_by_the_caller() -> None:
    assert opening.page_of(work('<stepwell:recordPage recordType="A" mode="new"/>'), seen()) is None


def told(extensions: str, language: str = "", inside: str = "") -> tuple[str, str]:
    """The title and the hint of a step named Call."""
    element = step(extended("userTask", extensions, inside, 'name="Call"'))
    assert isinstance(element.step, UserTask)
    given = (element, element.step.work, language, seen(name="Ann"))
    return opening.title_of(*given), opening.hint_of(*given)


def test_title_and_hint_are_told_in_the_language_of_the_person() -> None:
    written = (
        "<stepwell:title>Call {name}</stepwell:title><stepwell:title xml:lang='de'>{name} anrufen</stepwell:title>"
        "<stepwell:hint>Be *kind*</stepwell:hint>"
    )
    assert told(written, "de-AT") == ("Ann anrufen", "<p>Be <em>kind</em></p>\n")
    assert told(written, "en")[0] == "Call Ann"


def test_without_texts_the_name_is_the_title_and_the_documentation_the_hint() -> None:
    documented = "<documentation>Before noon.</documentation>"
    assert told("", inside=documented) == ("Call", "<p>Before noon.</p>\n")
    assert told("") == ("Call", "")


def drawn(parameters: str) -> DrawnPage:
    kind = work(f"<stepwell:page>{FORM}{parameters}</stepwell:page>").kind
    assert isinstance(kind, DrawnPage)
    return kind


@pytest.mark.parametrize(
    ("parameters", "given"),
    [
        ("", {"city": "Rome", "way": "bus"}),
        ('<stepwell:parameter name="city" value="x"/>', {"city": "Rome", "way": "bus"}),
        ('<stepwell:parameter name="city" direction="out"/>', {"city": "Rome"}),
        ('<stepwell:parameter name="where" direction="out" value="= upper case(city)"/>', {"where": "ROME"}),
        ('<stepwell:parameter name="where" direction="out" value="= city + suffix"/>', {"where": "Rome!"}),
        ('<stepwell:parameter name="city" direction="both" value="= 1"/>', {"city": "Rome"}),
        ('<stepwell:parameter name="other" direction="out"/>', {"other": None}),
    ],
)
def test_all_values_come_out_or_those_that_parameters_name(parameters: str, given: dict[str, Any]) -> None:
    values = {"city": "Rome", "way": "bus"}
    assert opening.given_back(drawn(parameters), values, seen(suffix="!")) == given


def test_the_pressed_button_throws_its_signal() -> None:
    page = drawn("")
    assert opening.signals_of(page, "stop", seen()) == ["stopped"]
    assert opening.signals_of(page, "go", seen()) == []


def test_a_mail_is_prefilled() -> None:
    kind = work('<stepwell:emailDraft to="= people" subject="= subject" attachments="= file"/>').kind
    assert isinstance(kind, EmailDraft)
    found = opening.email(kind, "Dear all", seen(people=["a@x", "b@x"], subject=None, file="f1"))
    assert found == kinds.EmailDraft(to="a@x, b@x", text="Dear all", attachments=("f1",))


def test_a_new_record_begins_with_its_defaults() -> None:
    kind = work(
        '<stepwell:recordPage recordType="A" mode="new" record="= nothing"><stepwell:default field="n" value="= 1 + 1"/>'
        '<stepwell:default field="empty"/></stepwell:recordPage>'
    ).kind
    assert isinstance(kind, RecordPage)
    assert opening.defaults_of(kind, seen()) == {"n": 2}
    assert opening.values_of(kind, seen(nothing=7)) == {"record": 7}


def test_the_times_of_a_step_are_worked_out_by_their_names() -> None:
    found = work('<stepwell:timing startIn="PT1H" priority="= level"/>').timing
    assert opening.values_of(found, seen(level=80)) == {"start_in": "PT1H", "priority": 80}


def test_what_can_not_be_computed_is_told() -> None:
    with pytest.raises(feel.FeelError):
        made(
            '<stepwell:question><stepwell:answer code="a" label="= 1 + way"/></stepwell:question>', way="bus"
        )
