"""What the room offers to others."""

import threading

import pytest

from stepwell import feel
from tests.feel.evaluating import NOW, value


def test_the_public_names_are_sorted_and_there() -> None:
    names = [name for name in feel.__all__ if name[0].isupper()]
    assert all(hasattr(feel, name) for name in feel.__all__)
    assert feel.__all__ == sorted(
        feel.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name)
    )
    assert "Expression" in names


def test_an_expression_knows_its_text() -> None:
    assert feel.compile("x + 1").text == "x + 1"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x + y.z", {"x", "y"}),
        ("for i in list return i + x", {"list", "x"}),
        ("{a: b, c: a}", {"b"}),
        ("function(a) a + b", {"b"}),
        ("string length(s)", {"s"}),
        ("items[price > limit]", {"items", "price", "limit"}),
        ("some x in xs satisfies x = y", {"xs", "y"}),
        ("is defined(x)", {"x"}),
        ("1 + 2", set()),
    ],
)
def test_names_are_the_variables_that_may_be_read(text: str, names: set[str]) -> None:
    assert feel.compile(text).names == names


def test_a_missing_name_is_null() -> None:
    assert value("nothing") is None


def test_names_of_several_words_are_known_when_given() -> None:
    assert value("order total * 2", {"order total": 21}) == 42


def test_the_longest_known_name_wins() -> None:
    assert value("a + b", {"a + b": 1, "a": 10, "b": 20}) == 1


def test_a_name_with_symbols_needs_its_own_blanks() -> None:
    assert value("a-b", {"a - b": 1, "a": 10, "b": 4}) == 6


def test_a_name_may_contain_a_keyword() -> None:
    assert value("terms and conditions", {"terms and conditions": "fine"}) == "fine"


def test_a_variable_may_be_called_like_a_built_in_function() -> None:
    assert value("count > 2 and count([1]) = 1", {"count": 3}) is True


def test_the_same_text_is_compiled_once() -> None:
    assert feel.compile("a + 1", names=["b"]) is feel.compile("a + 1", names=["c"])


def test_the_present_time_is_an_argument() -> None:
    assert value("now()") == NOW


def test_without_the_present_time_now_is_an_error() -> None:
    with pytest.raises(feel.FeelError, match="Expected the present time"):
        feel.compile("now()").evaluate({}.get)


def test_one_expression_serves_several_threads() -> None:
    expression = feel.compile("sum(for i in 1..n return i * n)")
    results: dict[int, object] = {}

    def work(n: int) -> None:
        for _ in range(50):
            results[n] = expression.evaluate({"n": n}.get)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {n: n * n * (n + 1) // 2 for n in range(1, 9)}
