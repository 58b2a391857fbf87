"""The open tasks of W5."""

from collections import Counter

from bench import inbox_data

OFFERS = [inbox_data.offer(number) for number in range(10_000)]


def test_every_tenth_task_has_an_assignee() -> None:
    assert sum(1 for user, _ in OFFERS if user) == 1000


def test_a_task_without_assignee_has_two_different_roles() -> None:
    assert all(len(set(roles)) == 2 for user, roles in OFFERS if not user)


def test_a_task_with_assignee_has_no_roles() -> None:
    assert all(roles == () for user, roles in OFFERS if user)


def test_the_tasks_are_spread_over_all_users() -> None:
    assert len({user for user, _ in OFFERS if user}) == inbox_data.USERS


def test_the_roles_are_used_about_equally_often() -> None:
    used = Counter(role for _, roles in OFFERS for role in roles)
    assert len(used) == inbox_data.ROLES
    assert max(used.values()) < 1.3 * min(used.values())


def test_the_user_of_the_measure_sees_a_small_part() -> None:
    seen = sum(
        1 for user, roles in OFFERS if user == inbox_data.USER or set(roles) & set(inbox_data.USER_ROLES)
    )
    assert 0.08 < seen / len(OFFERS) < 0.14
