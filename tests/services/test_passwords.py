"""Passwords as they are kept in earnest."""

from stepwell.services import passwords


def test_a_hash_costs_what_the_standard_says_today() -> None:
    kept = passwords.hashed("correct horse battery", "ada")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.is_right(kept, "correct horse battery")
    assert not passwords.is_right(kept, "correct horse batterie")
    assert not passwords.is_outdated(kept)


def test_where_nothing_is_kept_every_password_is_wrong() -> None:
    assert not passwords.is_right("", "")


def test_two_hashes_of_one_password_differ() -> None:
    assert len({passwords.hashed("correct horse battery", "ada") for _ in range(2)}) == 2
