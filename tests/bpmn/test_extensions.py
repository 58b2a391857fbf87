"""Stepwell's own elements are checked by name, attribute, value and place."""

import pytest

from stepwell.bpmn.extensions import EXTENSIONS, WHOLE, Extension
from tests.bpmn.build import codes, errors, line, problems, process
from tests.bpmn.examples_content import own


@pytest.mark.parametrize(
    "content",
    [
        '<stepwell:input name="x" value="= a + b"/><stepwell:output name="y" value="c"/>',
        '<stepwell:execution background="true" maxRepetitions="50"/>',
        '<stepwell:assignment user="= starter" roles="sales, office" candidateUsers="ann"/>',
        '<stepwell:title xml:lang="de">Prüfen: {name}</stepwell:title>',
        '<stepwell:timing startIn="P1D" duration="PT2H" priority="high"/>',
        '<stepwell:question multiple="true"><stepwell:answer code="y" label="Yes" default="true"/></stepwell:question>',
        '<stepwell:approval needed="3" delegation="once"/>',
        '<stepwell:page>{"components": []}<stepwell:button code="ok" completes="true"/></stepwell:page>',
        '<stepwell:recordPage mode="new"><stepwell:default field="a" value="b"/></stepwell:recordPage>',
        """<stepwell:recordPage><stepwell:filter><stepwell:all><stepwell:any>
        <stepwell:condition field="a" op="equals" value="1"/>
        </stepwell:any></stepwell:all></stepwell:filter></stepwell:recordPage>""",
    ],
)
def test_what_the_guide_for_authors_names_is_accepted(content: str) -> None:
    assert problems(own(content)) == []


def test_a_misspelt_element_names_the_nearest() -> None:
    assert "(did you mean assignment?)" in problems(own("<stepwell:asignment/>"))[0].message


def test_a_misspelt_attribute_names_the_nearest() -> None:
    assert "(did you mean roles?)" in problems(own('<stepwell:assignment role="x"/>'))[0].message


def test_a_misspelt_value_names_the_nearest() -> None:
    found = problems(own('<stepwell:recordPage mode="existng"/>'))
    assert "(did you mean existing?)" in found[0].message


def test_a_problem_names_the_parameter_it_is_about() -> None:
    content = '<extensionElements><stepwell:parameter name="days" type="nubmer"/></extensionElements>'
    found = problems(process(content))
    assert "Expected type of stepwell:parameter 'days' to be" in found[0].message


def test_a_value_in_feel_is_not_compared_with_words() -> None:
    assert problems(own('<stepwell:execution maxRepetitions="= limit"/>')) == []


def test_an_element_of_another_step_is_unknown_here() -> None:
    assert "extension.unknown" in errors(own('<stepwell:task type="http.request"/>'))


def test_an_unknown_element_inside_one_of_ours_is_found() -> None:
    assert "extension.unknown" in errors(own("<stepwell:question><stepwell:anser/></stepwell:question>"))


def test_our_element_beside_the_extension_elements_is_misplaced() -> None:
    step = '<userTask id="a"><stepwell:assignment user="x"/></userTask>'
    assert "extension.misplaced" in errors(line(step))


def test_each_foreign_namespace_gives_one_warning() -> None:
    step = '<userTask id="a"><extensionElements><other:x/><other:y/></extensionElements></userTask>'
    assert [(p.rule, p.warning) for p in problems(line(step))] == [("extension.foreign", True)]


def test_extensions_of_the_process_are_known() -> None:
    content = '<extensionElements><stepwell:process rights="starter"/><stepwell:parameter name="x"/></extensionElements>'
    assert codes(process(content)) == set()


def every() -> list[tuple[str, Extension]]:
    return [(name, found) for known in EXTENSIONS.values() for name, found in known.items()]


@pytest.mark.parametrize(("name", "extension"), every())
def test_a_whole_number_is_the_last_choice_of_an_attribute(name: str, extension: Extension) -> None:
    assert all(WHOLE[0] not in values[:-1] for values in extension.attributes.values()), name
