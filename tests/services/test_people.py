"""Stories of people and roles, as administrators manage them."""

from collections.abc import Iterator
from typing import Any

import pytest

import stepwell
from stepwell.errors import Conflict, Forbidden, Invalid, NotFound
from stepwell.identity import STEPWELL, Actor, Role
from stepwell.library import Engine
from stepwell.services import api_tokens, me, people, roles
from stepwell.services.api_tokens import Wanted
from stepwell.services.me import SettingsChange
from stepwell.services.people import Filter, NewPerson, PersonChange
from stepwell.services.roles import RoleChange
from stepwell.store import logins

NOBODY = Actor("eve")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with stepwell.open(database_url, upgrade=False) as found:
        yield found


def add(engine: Engine, name: str, **given: Any) -> people.Person:
    return people.add(engine.store, NewPerson(name=name, **given), STEPWELL)


def add_role(engine: Engine, name: str, **given: Any) -> roles.Role:
    return roles.add(engine.store, Role(name, **given), STEPWELL)


def rules(caught: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [problem.rule for problem in caught.value.problems]


# -- people -----------------------------------------------------------------------------------------------


def test_a_person_is_known_by_the_login_name(engine: Engine) -> None:
    add(engine, "ada", display_name="Ada Byron", email="ada@example.org", time_zone="Europe/Vienna")
    found = people.load(engine.store, "ada")
    assert (found.display_name, found.email, found.is_active) == ("Ada Byron", "ada@example.org", True)


def test_a_login_name_is_there_once(engine: Engine) -> None:
    add(engine, "ada")
    with pytest.raises(Conflict, match="'ada' is there already"):
        add(engine, "ada")


@pytest.mark.parametrize("name", ["", "Ada", "a b", "a,b", "-a", "a:b", "a\n", "ä", "a" * 101])
def test_a_login_name_is_plain(engine: Engine, name: str) -> None:
    with pytest.raises(Invalid) as caught:
        add(engine, name)
    assert rules(caught) == ["person.name"]


def test_everything_that_is_wrong_with_a_person_is_told_at_once(engine: Engine) -> None:
    with pytest.raises(Invalid) as caught:
        add(engine, "ADA", email="nowhere", time_zone="Mars/Base", language="Elvish")
    assert sorted(rules(caught)) == ["person.email", "person.language", "person.name", "person.time-zone"]


def test_a_manager_and_roles_have_to_be_there(engine: Engine) -> None:
    with pytest.raises(Invalid) as caught:
        add(engine, "ada", manager="zeus", roles=("gods",))
    assert rules(caught) == ["person.manager", "role.unknown"]


def test_nobody_is_their_own_manager(engine: Engine) -> None:
    add(engine, "ada")
    with pytest.raises(Invalid, match="another person"):
        people.change(engine.store, "ada", PersonChange(manager="ada"), STEPWELL)


def test_what_is_not_said_of_a_person_stays(engine: Engine) -> None:
    add(engine, "ada", display_name="Ada", email="ada@example.org")
    changed = people.change(engine.store, "ada", PersonChange(email=""), STEPWELL)
    assert (changed.display_name, changed.email) == ("Ada", "")


@pytest.mark.parametrize(("password", "rule"), [
    ("short", "password.too-short"), ("x" * 1001, "password.too-long"), ("ababababab", "password.too-easy"),
])  # fmt: skip
def test_an_easy_password_is_refused(engine: Engine, password: str, rule: str) -> None:
    with pytest.raises(Invalid) as caught:
        add(engine, "ada", password=password)
    assert rules(caught) == [rule]


def test_a_password_is_not_the_name(engine: Engine) -> None:
    with pytest.raises(Invalid, match="hard to guess"):
        add(engine, "ada.byron.lovelace", password="Ada.Byron.Lovelace")


def test_who_is_disabled_loses_roles_rights_and_every_login(engine: Engine) -> None:
    add_role(engine, "bosses", rights=frozenset({"operate"}))
    add(engine, "ada", roles=("bosses",))
    api_tokens.add(engine.directory, "ada", Wanted("test"))
    people.set_active(engine.store, "ada", False, STEPWELL)
    assert engine.directory.actor("ada") == Actor("ada")
    with engine.store.reading() as session:
        assert (logins.sessions(session, "ada"), logins.api_tokens(session, "ada", 9)) == ([], [])
    people.set_active(engine.store, "ada", True, STEPWELL)
    assert engine.directory.actor("ada").rights == {"operate"}


def test_people_are_found_by_words_in_their_names(engine: Engine) -> None:
    add(engine, "ada", display_name="Ada Byron")
    add(engine, "bob", display_name="Bob 100% Sure", email="bob_b@example.org")

    def found(search: str) -> list[str]:
        return [item.name for item in people.page(engine.store, Filter(search=search)).items]

    assert found("BYRON ada") == ["ada"]
    assert found("100%") == found("bob_b") == ["bob"]
    assert (found("%"), found("_"), found("!")) == (["bob"], ["bob"], [])


def test_the_list_of_people_goes_on_where_it_ended(engine: Engine) -> None:
    names = [f"p{number}" for number in range(5)]
    for name in reversed(names):
        add(engine, name)
    first = people.page(engine.store, Filter(limit=3))
    second = people.page(engine.store, Filter(limit=3, after=first.after))
    assert [item.name for item in first.items + second.items] == names
    assert second.after is None


def test_people_are_listed_by_role_and_by_whether_they_are_active(engine: Engine) -> None:
    add_role(engine, "clerks")
    add(engine, "ada", roles=("clerks",))
    add(engine, "bob")
    people.set_active(engine.store, "bob", False, STEPWELL)
    assert [item.name for item in people.page(engine.store, Filter(role="clerks")).items] == ["ada"]
    assert [item.name for item in people.page(engine.store, Filter(is_active=False)).items] == ["bob"]


def test_only_administrators_manage_people(engine: Engine) -> None:
    add(engine, "ada")
    for attempt in (
        lambda: people.add(engine.store, NewPerson(name="bob"), NOBODY),
        lambda: people.change(engine.store, "ada", PersonChange(email=""), NOBODY),
        lambda: people.set_active(engine.store, "ada", False, NOBODY),
        lambda: people.set_password(engine.store, "ada", "correct horse", NOBODY),
    ):
        with pytest.raises(Forbidden, match="only administrators may, and eve is none"):
            attempt()


# -- settings ---------------------------------------------------------------------------------------------


def test_settings_are_kept_and_what_is_not_said_stays(engine: Engine) -> None:
    add(engine, "ada")
    ada = engine.actor("ada")
    me.change_settings(
        engine.directory, SettingsChange(opens_steps=False, digest="daily"), ada, engine.settings
    )
    changed = me.change_settings(
        engine.directory, SettingsChange(time_zone="Asia/Tokyo", language="ja"), ada, engine.settings
    )
    assert (changed.settings.opens_steps, changed.settings.digest) == (False, "daily")
    assert (engine.actor("ada").time_zone, engine.actor("ada").language) == ("Asia/Tokyo", "ja")


def test_a_time_zone_that_is_none_is_refused(engine: Engine) -> None:
    add(engine, "ada")
    with pytest.raises(Invalid) as caught:
        me.change_settings(
            engine.directory, SettingsChange(time_zone="Mars/Base"), engine.actor("ada"), engine.settings
        )
    assert rules(caught) == ["person.time-zone"]


def test_nobody_in_particular_has_no_settings(engine: Engine) -> None:
    with pytest.raises(Forbidden, match="names none"):
        me.change_settings(engine.directory, SettingsChange(), STEPWELL, engine.settings)


# -- roles ------------------------------------------------------------------------------------------------


def test_membership_is_inherited_along_the_tree(engine: Engine) -> None:
    add_role(engine, "company", rights=frozenset({"design"}))
    add_role(engine, "sales", parent="company")
    add(engine, "ada", roles=("sales",))
    ada = engine.actor("ada")
    assert (ada.roles, ada.rights) == ({"sales", "company"}, {"design"})
    assert engine.directory.has_members("company")


def test_a_role_that_moves_takes_its_members_along(engine: Engine) -> None:
    for name in ("north", "south"):
        add_role(engine, name)
    add_role(engine, "shop", parent="north")
    add(engine, "ada", roles=("shop",))
    roles.change(engine.store, "shop", RoleChange(parent="south"), STEPWELL)
    assert engine.actor("ada").roles == {"shop", "south"}


def test_rights_that_somebody_else_took_since_they_were_seen_are_not_given_back(engine: Engine) -> None:
    add_role(engine, "desk", rights=frozenset({"design", "operate"}))
    seen = frozenset({"design", "operate"})
    roles.change(engine.store, "desk", RoleChange(rights=frozenset({"design"})), STEPWELL)
    chosen = RoleChange(rights=seen | {"administer"} - {"design"}, seen=seen)
    assert roles.change(engine.store, "desk", chosen, STEPWELL).rights == ("administer", "design")
    chosen = RoleChange(rights=frozenset({"operate", "administer"}), seen=seen)
    assert roles.change(engine.store, "desk", chosen, STEPWELL).rights == ("administer",)


def test_a_circle_of_roles_is_refused(engine: Engine) -> None:
    add_role(engine, "a")
    add_role(engine, "b", parent="a")
    with pytest.raises(Invalid, match="b is below a") as caught:
        roles.change(engine.store, "a", RoleChange(parent="b"), STEPWELL)
    assert rules(caught) == ["role.place"]


@pytest.mark.parametrize("name", ["", " a", "a ", "a,b", "a:b", "a/b", "={a}", "a\0b", "x" * 101])
def test_a_role_is_named_so_that_a_list_of_names_can_hold_it(engine: Engine, name: str) -> None:
    with pytest.raises(Invalid) as caught:
        add_role(engine, name)
    assert rules(caught) == ["role.name"]


def test_a_role_may_be_named_in_any_language(engine: Engine) -> None:
    assert add_role(engine, "Geschäftsführung & Büro").name == "Geschäftsführung & Büro"


def test_a_role_is_there_once(engine: Engine) -> None:
    add_role(engine, "clerks")
    with pytest.raises(Conflict, match="'clerks' is there already"):
        add_role(engine, "clerks")


def test_members_are_put_in_and_taken_out(engine: Engine) -> None:
    add_role(engine, "clerks")
    add(engine, "ada")
    add(engine, "bob", roles=("clerks",))
    assert roles.add_members(engine.store, "clerks", ("ada", "bob", "ada"), STEPWELL).people == ("ada",)
    assert roles.remove_members(engine.store, "clerks", ("bob", "eve"), STEPWELL).people == ("bob",)
    assert [item.name for item in people.page(engine.store, Filter(role="clerks")).items] == ["ada"]


def test_nobody_unknown_gets_into_a_role(engine: Engine) -> None:
    add_role(engine, "clerks")
    with pytest.raises(NotFound, match="'zeus'"):
        roles.add_members(engine.store, "clerks", ("zeus",), STEPWELL)
    with pytest.raises(NotFound, match="'gods'"):
        roles.add_members(engine.store, "gods", (), STEPWELL)


def test_a_role_goes_only_when_nothing_hangs_on_it(engine: Engine) -> None:
    add_role(engine, "a")
    add_role(engine, "b", parent="a")
    with pytest.raises(Conflict, match="but b is"):
        roles.remove(engine.store, "a", STEPWELL)
    roles.remove(engine.store, "b", STEPWELL)
    roles.remove(engine.store, "a", STEPWELL)
    assert roles.find(engine.store, "a") is None


def test_rights_are_all_that_a_role_gives_from_now_on(engine: Engine) -> None:
    add_role(engine, "a", rights=frozenset({"design", "operate"}))
    changed = roles.change(engine.store, "a", RoleChange(rights=frozenset({"administer"})), STEPWELL)
    assert changed.rights == roles.load(engine.store, "a").rights == ("administer",)


def test_only_administrators_manage_roles(engine: Engine) -> None:
    add_role(engine, "a")
    for attempt in (
        lambda: roles.add(engine.store, Role("b"), NOBODY),
        lambda: roles.change(engine.store, "a", RoleChange(rights=frozenset({"administer"})), NOBODY),
        lambda: roles.remove(engine.store, "a", NOBODY),
        lambda: roles.add_members(engine.store, "a", ("eve",), NOBODY),
        lambda: roles.remove_members(engine.store, "a", ("eve",), NOBODY),
    ):
        with pytest.raises(Forbidden, match="only administrators may, and eve is none"):
            attempt()
