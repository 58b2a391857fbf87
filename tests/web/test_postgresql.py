"""The main paths of the rules on PostgreSQL, in a browser: the same stories as elsewhere, with this file's server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.web.conftest import Demo, demonstration
from tests.web.test_beside import test_s8_a_comment_is_there_for_a_colleague_at_once
from tests.web.test_panel import (
    test_t4_tasks_are_searched_sorted_and_grouped,
    test_t8_several_tasks_are_taken_given_back_and_put_off,
)
from tests.web.test_step_pages import test_k2_who_saves_second_sees_both_versions_and_chooses
from tests.web.test_steps import test_s5_what_was_typed_is_there_again_after_a_close
from tests.web.test_two_people import (
    test_r5_a_step_opens_by_itself_in_the_tab_that_was_used_last,
    test_t6_the_first_click_wins_and_the_second_is_told,
)

__all__ = [
    "test_k2_who_saves_second_sees_both_versions_and_chooses",
    "test_r5_a_step_opens_by_itself_in_the_tab_that_was_used_last",
    "test_s5_what_was_typed_is_there_again_after_a_close",
    "test_s8_a_comment_is_there_for_a_colleague_at_once",
    "test_t4_tasks_are_searched_sorted_and_grouped",
    "test_t6_the_first_click_wins_and_the_second_is_told",
    "test_t8_several_tasks_are_taken_given_back_and_put_off",
]


@pytest.fixture(scope="module")
def demo(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, shared_postgresql_url: str
) -> Iterator[Demo]:
    with demonstration(shared_postgresql_url, tmp_path_factory.mktemp("demo")) as found:
        yield found
