"""The tree of roles: what a member of a role is a member of, and where a role may stand."""

from hypothesis import given
from hypothesis import strategies as st

from stepwell.identity import Role, RoleTree
from stepwell.identity.role import DEEPEST

OFFICE = RoleTree([
    Role("company"), Role("sales", parent="company", rights=frozenset({"design"})),
    Role("sales-north", parent="sales"), Role("kitchen", parent="company"),
    Role("first-aid", kind="functional", rights=frozenset({"operate"})),
])  # fmt: skip


@st.composite
def trees(draw: st.DrawFn) -> RoleTree:
    """A tree of up to twelve roles: each stands below one made before it, or at the top."""
    roles: list[Role] = []
    for number in range(draw(st.integers(1, 12))):
        parent = draw(st.sampled_from(["", *(role.name for role in roles)]))
        rights = draw(st.frozensets(st.sampled_from(["design", "operate", "administer"])))
        roles.append(Role(f"r{number}", parent=parent, rights=rights))
    return RoleTree(roles)


def test_a_member_of_a_role_is_a_member_of_all_roles_above_it() -> None:
    assert OFFICE.effective(["sales-north"]) == {"sales-north", "sales", "company"}


def test_a_member_of_a_role_is_no_member_of_the_roles_below_it() -> None:
    assert OFFICE.effective(["company"]) == {"company"}


def test_a_functional_role_brings_no_other() -> None:
    assert OFFICE.effective(["first-aid"]) == {"first-aid"}


def test_a_role_that_is_not_there_brings_nothing() -> None:
    assert OFFICE.effective(["choir"]) == frozenset()


def test_rights_are_those_of_all_effective_roles() -> None:
    effective = OFFICE.effective(["sales-north", "first-aid"])
    assert OFFICE.rights(effective) == {"design", "operate"}


def test_below_are_all_whose_members_are_its_members() -> None:
    assert OFFICE.below("sales") == {"sales", "sales-north"}


def test_a_role_can_not_stand_below_one_that_is_below_it() -> None:
    assert "sales-north is below sales" in OFFICE.refusal(Role("sales", parent="sales-north"))


def test_a_role_can_not_stand_below_itself() -> None:
    assert "the role itself" in OFFICE.refusal(Role("sales", parent="sales"))


def test_a_role_can_not_stand_below_one_that_is_not_there() -> None:
    assert "there is no role choir" in OFFICE.refusal(Role("bass", parent="choir"))


def test_nothing_stands_below_a_functional_role() -> None:
    assert "functional" in OFFICE.refusal(Role("doctor", parent="first-aid"))


def test_a_functional_role_stands_below_nothing() -> None:
    assert "stands alone" in OFFICE.refusal(Role("doctor", kind="functional", parent="sales"))


def test_a_role_with_others_below_it_can_not_become_functional() -> None:
    assert "sales-north is below sales" in OFFICE.refusal(Role("sales", kind="functional"))


def test_the_tree_is_not_deeper_than_anybody_needs() -> None:
    chain = [Role("r0")] + [Role(f"r{n}", parent=f"r{n - 1}") for n in range(1, DEEPEST)]
    assert "deeper" in RoleTree(chain).refusal(Role("last", parent=f"r{DEEPEST - 1}"))


@given(trees(), st.data())
def test_every_refused_place_and_no_other_would_make_a_circle(tree: RoleTree, data: st.DataObject) -> None:
    names = sorted(tree.roles)
    moved, parent = (data.draw(st.sampled_from(names)) for _ in range(2))
    is_refused = bool(tree.refusal(Role(moved, parent=parent)))
    assert is_refused == (parent in tree.below(moved))


@given(trees(), st.data())
def test_effective_roles_are_closed_upwards(tree: RoleTree, data: st.DataObject) -> None:
    given_roles = data.draw(st.sets(st.sampled_from(sorted(tree.roles))))
    effective = tree.effective(given_roles)
    assert tree.effective(effective) == effective
    assert {tree.roles[name].parent for name in effective} - {""} <= effective


@given(trees(), st.data())
def test_more_roles_never_mean_less(tree: RoleTree, data: st.DataObject) -> None:
    some = data.draw(st.sets(st.sampled_from(sorted(tree.roles))))
    more = some | data.draw(st.sets(st.sampled_from(sorted(tree.roles))))
    assert tree.effective(some) <= tree.effective(more)
    assert tree.rights(tree.effective(some)) <= tree.rights(tree.effective(more))


@given(trees(), st.data())
def test_who_is_below_is_who_is_a_member(tree: RoleTree, data: st.DataObject) -> None:
    role = data.draw(st.sampled_from(sorted(tree.roles)))
    assert tree.below(role) == {name for name in tree.roles if role in tree.effective([name])}


def test_rows_that_are_no_tree_end_nevertheless() -> None:
    broken = RoleTree([Role("a", parent="b"), Role("b", parent="a")])
    assert broken.effective(["a"]) == {"a", "b"}
