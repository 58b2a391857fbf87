"""Where a list goes on."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.errors import Invalid
from stepwell.services import cursors

PLACES = st.lists(st.integers(0, (1 << 62) - 1), min_size=1, max_size=3).map(tuple)


@given(PLACES)
def test_a_place_comes_back_as_it_was(place: tuple[int, ...]) -> None:
    assert cursors.decode(cursors.encode(place), len(place)) == place


@given(st.text(min_size=1))
def test_any_other_text_is_refused_or_a_place(text: str) -> None:
    place: tuple[int, ...] | None = (0, 0)
    with suppress(Invalid):
        place = cursors.decode(text, 2)
    assert place is not None
    assert len(place) == 2


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(Invalid):
        cursors.decode(cursors.encode((1, 2, 3)), 1)


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_page_has_a_bounded_size(limit: int) -> None:
    with pytest.raises(Invalid, match="Expected a limit from 1 to 200"):
        cursors.limit(limit)
