"""Where a sorted list goes on behind a place."""

from stepwell.store.records.order import Key, order_by, ranges

NAME, SIZE, ID = Key("t.name"), Key("t.size", descending=True), Key("t.id", nullable=False)


def texts(keys: list[Key], place: tuple[object, ...]) -> list[str]:
    return [" and ".join(part.conditions) for part in ranges(keys, place)]


def test_the_same_key_comes_before_the_next_ones() -> None:
    assert texts([NAME, ID], ("x", 5)) == ["t.name = ? and t.id > ?", "t.name > ?"]


def test_behind_an_empty_key_are_all_that_are_not_empty() -> None:
    assert texts([NAME, ID], (None, 5)) == ["t.name is null and t.id > ?", "t.name is not null"]


def test_turned_round_the_empty_ones_come_last() -> None:
    down = Key("t.id", descending=True, nullable=False)
    assert texts([SIZE, down], (7, 5)) == ["t.size = ? and t.id < ?", "t.size < ?", "t.size is null"]
    assert texts([SIZE, down], (None, 5)) == ["t.size is null and t.id < ?"]


def test_several_keys_are_cut_off_one_after_the_other() -> None:
    found = list(ranges([NAME, SIZE, ID], ("x", 7, 5)))
    assert [part.values for part in found] == [("x", 7, 5), ("x", 7), ("x",), ("x",)]
    assert texts([NAME, SIZE, ID], ("x", 7, 5))[-1] == "t.name > ?"


def test_both_databases_put_the_empty_ones_at_the_same_end() -> None:
    assert order_by([NAME, SIZE, ID], "sqlite") == "t.name, t.size desc, t.id"
    assert order_by([NAME, SIZE, ID], "postgresql") == "t.name nulls first, t.size desc nulls last, t.id"
