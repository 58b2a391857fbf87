"""Names of several words are found again in expressions."""

from stepwell.bpmn.names import known_names, names_in


def test_a_name_that_the_expression_holds_is_found() -> None:
    assert names_in(known_names(["net price", "gross price"]), "net price * 2") == ["net price"]


def test_a_name_of_one_word_needs_no_mention() -> None:
    assert known_names(["price"]) == {}


def test_blanks_do_not_tell_names_apart() -> None:
    assert names_in(known_names([" net  price"]), "net\n price") == ["net price"]


def test_a_name_with_a_mark_is_found() -> None:
    assert names_in(known_names(["low-cost"]), "low - cost + 1") == ["low-cost"]


def test_what_has_no_word_is_no_name() -> None:
    assert known_names(["", "  ", "+"]) == {}


def test_a_name_is_kept_under_its_rarest_word() -> None:
    assert known_names(["net price", "gross price"]).keys() == {"net", "gross"}
