"""The open tasks of W5: every tenth is assigned to one of 500 users, the others have two of 50 roles.

Numbers are spread by multiplication with primes: the same for every system, and no user is close to the next.
"""

from collections.abc import Iterator

USERS = 500
ROLES = 50
USER = "user-12"
USER_ROLES = ("role-3", "role-17", "role-41")


def users() -> Iterator[str]:
    """All users by name."""
    return (f"user-{number}" for number in range(USERS))


def roles() -> Iterator[str]:
    """All candidate roles by name."""
    return (f"role-{number}" for number in range(ROLES))


def offer(number: int) -> tuple[str, tuple[str, ...]]:
    """Whom a task is for: a user and no roles, or nobody ('') and two roles."""
    if number % 10 == 0:
        return f"user-{number // 10 * 7919 % USERS}", ()
    nth = number - number // 10 - 1
    first = nth * 7919 % ROLES
    return "", (f"role-{first}", f"role-{(first + 1 + nth // ROLES % (ROLES - 1)) % ROLES}")
