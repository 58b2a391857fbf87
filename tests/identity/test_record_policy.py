"""D4: who may do what with the records of a type."""

from stepwell.identity import STEPWELL, Actor
from stepwell.identity.policies.record import (
    EVERYTHING,
    Access,
    RecordRight,
    is_allowed,
    may_manage_types,
    may_see_rights,
    narrower,
    record_access,
)

ADA = Actor("ada", roles=frozenset({"Sales", "Staff"}))
SALES = RecordRight(role="Sales", see="own", add=True, change="own")
STAFF = RecordRight(role="Staff", see="all", delete="none")
BOSS = RecordRight(role="Boss", see="all", add=True, change="all", delete="all")


def test_who_has_several_roles_may_what_any_of_them_may() -> None:
    assert record_access(ADA, [SALES, STAFF, BOSS]) == Access("all", add=True, change="own", delete="none")


def test_without_a_right_there_is_nothing() -> None:
    assert record_access(ADA, [BOSS]) == Access()


def test_a_right_of_everybody_is_everybodys() -> None:
    assert record_access(Actor("bob"), [RecordRight(role="*", see="all")]).see == "all"


def test_who_administers_may_everything() -> None:
    assert record_access(Actor("root", rights=frozenset({"administer"})), []) == EVERYTHING
    assert record_access(STEPWELL, []) == EVERYTHING


def test_who_administers_only_looks_through_a_token_that_reads() -> None:
    looker = Actor("root", looks=frozenset({"administer"}))
    assert record_access(looker, []) == Access("all")
    assert may_see_rights(looker)
    assert not may_manage_types(looker)


def test_record_types_are_made_by_administrators() -> None:
    assert may_manage_types(STEPWELL)
    assert may_manage_types(Actor("eve", rights=frozenset({"design"}))).reason == (
        "only administrators may, and eve is none"
    )
    assert not may_see_rights(ADA)


def test_who_designs_or_operates_sees_no_records_for_that() -> None:
    assert record_access(Actor("eve", rights=frozenset({"design", "operate"})), []) == Access()


def test_lookups_are_seen_by_everybody_but_changed_by_few() -> None:
    assert record_access(Actor("bob"), [], is_lookup=True) == Access("all")


def test_somebody_without_a_name_owns_nothing() -> None:
    everybody = RecordRight(role="*", see="own", change="own")
    assert record_access(Actor(), [everybody]) == Access()


def test_own_reaches_only_what_is_own() -> None:
    assert is_allowed("own", is_own=True)
    assert not is_allowed("own", is_own=False)
    assert is_allowed("all", is_own=False)
    assert not is_allowed("none", is_own=True)


def test_nobody_changes_what_they_do_not_see() -> None:
    assert narrower("own", "all") == "own"
    assert narrower("all", "none") == "none"
