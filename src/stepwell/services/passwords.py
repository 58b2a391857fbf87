"""Passwords: argon2id, never more than a few at a time, because each takes 64 MB and a tenth of a second."""

import secrets
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from stepwell.errors import Invalid, Problem

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 1000
_AT_A_TIME = BoundedSemaphore(2)


def hashed(password: str, name: str) -> str:
    """What is kept of a new password; raises ``Invalid`` for one that is too easy."""
    found = _problem(password, name)
    if found is not None:
        raise Invalid("input.invalid", found.message, [found])
    return hashed_again(password)


def hashed_again(password: str) -> str:
    """What is kept of a password that was accepted before."""
    with _AT_A_TIME:
        return _hasher().hash(password)


def is_right(kept: str, password: str) -> bool:
    """Whether a password is the one that was kept; where none is, it takes as long and is wrong."""
    from argon2.exceptions import VerificationError

    with _AT_A_TIME:
        try:
            _hasher().verify(kept or _of_nobody(), password[:LONGEST])
            return bool(kept)
        except VerificationError:
            return False


def is_outdated(kept: str) -> bool:
    """Whether it should be hashed again, because the cost of a hash has risen since."""
    return _hasher().check_needs_rehash(kept)


def _problem(password: str, name: str) -> Problem | None:
    if len(password) < SHORTEST:
        message = f"Expected a password of at least {SHORTEST} characters, but found {len(password)}."
        return Problem("password.too-short", message, field="password")
    if len(password) > LONGEST:
        message = f"Expected a password of at most {LONGEST} characters, but found {len(password)}."
        return Problem("password.too-long", message, field="password")
    if password.casefold() in {name, name * 2} or len(set(password)) < 4:
        message = "Expected a password that is hard to guess, but this one is not."
        return Problem("password.too-easy", message, field="password")
    return None


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _of_nobody() -> str:
    return _hasher().hash(secrets.token_hex(16))
