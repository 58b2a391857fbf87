"""Every rule of the product is carried by the name of an acceptance test, and so is every scenario; those that a person sees
are carried by a story in the browser, too.
"""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
STORIES = TESTS / "acceptance"
IN_THE_BROWSER = TESTS / "web"
RULE = re.compile(r"[a-z]\d|outcome")
RULES = (
    *(f"r{number}" for number in range(1, 8)),
    *(f"t{number}" for number in (1, 2, 3, 4, 5, 6, 8)),  # t7 is told of the keyboard, in the browser
    *(f"s{number}" for number in range(1, 10)),
    *(f"k{number}" for number in range(1, 9)),
    "outcome",
    *(f"d{number}" for number in range(1, 6)),
)
SCENARIOS = {
    "1 a step of a role: claimed by one, completed while another has it open": (
        "test_t5_of_two_members_one_claims_and_completes_and_the_other_is_told_while_both_counters_fall",
    ),
    "2 postponed by a day with a new owner": (
        "test_s4_postponed_by_a_day_for_a_new_owner_it_is_a_future_task_of_theirs",
    ),
    "3 a page is closed: the row is there, nothing is completed": (
        "test_s5_what_was_typed_is_there_when_the_step_is_opened_again",
        "test_t3_opened_from_its_row_it_stays_where_it_is",
    ),
    "4 two pages, one after the other": (
        "test_r4_the_next_step_comes_with_the_answer_when_the_call_outside_is_done",
    ),
    "5 in the background no page opens": (
        "test_r4_a_background_step_is_a_row_and_who_completes_it_goes_on_in_the_foreground",
        "test_r4_in_the_background_nothing_opens_by_itself",
    ),
    "6 several answers, none chosen": ("test_k3_no_answer_to_an_optional_question_takes_the_default_way",),
    "7 conditional results": (
        "test_k1_only_results_that_are_offered_can_be_chosen",
        "test_k1_a_result_that_no_flow_names_takes_the_default",
        "test_r7_an_outcome_that_no_flow_names_waits_for_repair",
    ),
    "8 the page of a record with conditions": (
        "test_k2_a_save_that_does_not_match_leaves_the_step_and_one_that_matches_completes_it_from_anywhere",
        "test_k2_two_steps_on_one_record_complete_independently",
    ),
    "9 a step with an activity": ("test_s7_both_have_to_be_done_in_either_order",),
    "10 manager missing, role empty, no rights": (
        "test_r7_a_missing_manager_waits_for_repair",
        "test_r7_a_role_without_members_waits_for_repair",
        "test_r7_a_performer_without_the_right_to_the_record_waits_for_repair",
    ),
    "11 cancelled": (
        "test_o3_with_a_cancelled_instance_its_rows_vanish_and_its_activities_and_children_are_cancelled",
    ),
    "12 a new version while instances run": (
        "test_o4_running_instances_end_on_their_version_and_new_ones_run_the_one_that_is_activated",
    ),
    "13 a timer missed during a down time, and its zone": (
        "test_r1_a_server_that_was_down_makes_up_for_missed_starts_as_the_author_says",
        "test_r1_a_schedule_keeps_the_time_of_its_zone_when_summer_time_ends",
    ),
    "14 started for several records": ("test_r1_start_many_one_failure_does_not_stop_the_others",),
    "15 too many repetitions": ("test_r7_too_many_repetitions_wait_for_repair",),
    "16 a restart": ("test_r6_a_restart_loses_nothing_that_was_queued",),
}


def stories(folder: Path) -> frozenset[str]:
    """The names of all tests in a folder."""
    found = [ast.parse(path.read_text()).body for path in folder.glob("test_*.py")]
    names = [one.name for body in found for one in body if isinstance(one, ast.FunctionDef)]
    return frozenset(name for name in names if name.startswith("test_"))


def carried(name: str) -> list[str]:
    """The rules at the beginning of a name: ``test_k6_s1_the_manager`` carries two."""
    found = []
    for word in name.removeprefix("test_").split("_"):
        if not RULE.fullmatch(word):
            break
        found.append(word)
    return found


STORIES_THERE = stories(STORIES)
CARRIED = frozenset(rule for name in STORIES_THERE for rule in carried(name))
SEEN = frozenset(rule for name in stories(IN_THE_BROWSER) for rule in carried(name))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_carried_by_an_acceptance_test(rule: str) -> None:
    assert rule in CARRIED


@pytest.mark.parametrize("rule", [*RULES, "t7"])
def test_a_rule_is_driven_in_the_browser(rule: str) -> None:
    assert rule in SEEN


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scenario_is_told_by_tests_that_are_there(scenario: str) -> None:
    assert [name for name in SCENARIOS[scenario] if name not in STORIES_THERE] == []


def test_no_scenario_is_left_out() -> None:
    assert [int(scenario.split()[0]) for scenario in SCENARIOS] == list(range(1, 17))
