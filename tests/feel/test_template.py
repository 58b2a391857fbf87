"""Text with expressions in braces."""

import pytest

from stepwell import feel
from tests.feel.evaluating import NOW


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("", ""),
        ("Hello {name}!", "Hello Ann!"),
        ("{name}{name}", "AnnAnn"),
        ("{{name}} is {name}", "{name} is Ann"),
        ('{ {a: 1}.a } and {"}"}', "1 and }"),
        ("{missing}", ""),
        ("{order total * 2}", "84"),
        ("a } b", "a } b"),
        ("{today()}", "2024-02-29"),
        ("{/* } */ name}", "Ann"),
    ],
)
def test_templates(text: str, expected: str) -> None:
    variables: dict[str, object] = {"name": "Ann", "order total": 42}
    template = feel.compile_template(text, names=variables)
    assert template.evaluate(lambda name: variables.get(name, feel.MISSING), now=NOW) == expected


def test_a_template_knows_the_names_it_reads() -> None:
    assert feel.compile_template("{a} and {b.c}").names == {"a", "b"}


@pytest.mark.parametrize(("text", "position"), [("ab {x", 3), ("ab {1 +}", 7), ("{}", 1), ("\n{x y}", 4)])
def test_a_wrong_template_is_refused_with_its_place(text: str, position: int) -> None:
    with pytest.raises(feel.FeelSyntaxError) as caught:
        feel.compile_template(text)
    assert caught.value.position == position


def test_an_error_names_the_place_in_the_whole_text() -> None:
    with pytest.raises(feel.FeelError) as caught:
        feel.compile_template("line one\nHello {name + 1}").evaluate({"name": "Ann"}.get)
    assert (caught.value.line, caught.value.column) == (2, 13)
