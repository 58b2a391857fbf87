"""Stories of logging in, of sessions and API tokens, and of how soon a change is known."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from argon2 import PasswordHasher

import stepwell
from stepwell.config import Settings
from stepwell.errors import Forbidden, Invalid, NotFound, TooOften, Unauthenticated
from stepwell.identity import STEPWELL, Actor, Role
from stepwell.library import Engine
from stepwell.services import api_tokens, logins, me, passwords, people, roles
from stepwell.services.api_tokens import Page, Wanted
from stepwell.services.directory import DAY, Caller, Directory, digest
from stepwell.services.logins import Attempt, Login
from stepwell.services.me import PasswordChange
from stepwell.services.people import NewPerson
from stepwell.store import open_store
from tests.store.instances import SECOND, Clock

PASSWORD = "correct horse battery"


@dataclass
class Place:
    engine: Engine
    clock: Clock

    def log_in(self, name: str = "ada", password: str = PASSWORD) -> Login:
        attempt = Attempt(name, password, "10.0.0.1", "browser")
        return logins.login(self.engine.store, attempt, self.engine.settings)

    def caller(self, secret: str, kind: str = "session") -> Caller | None:
        """Whose a secret is now, as a request finds it."""
        directory = self.engine.directory
        directory.refresh()
        found = directory.remembered(digest(secret), kind)  # type: ignore[arg-type]
        return found or directory.caller(digest(secret), kind)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same computing, but little of it: these tests hash a hundred times."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: hasher)
    passwords._of_nobody.cache_clear()


@pytest.fixture
def place(database_url: str) -> Iterator[Place]:
    clock = Clock()
    settings = Settings(database_url=database_url)
    with stepwell.open(database_url, settings=settings, clock=clock, upgrade=False) as engine:
        people.add(engine.store, NewPerson(name="ada", password=PASSWORD), STEPWELL)
        yield Place(engine, clock)


# -- logging in -------------------------------------------------------------------------------------------


def test_name_and_password_give_a_session(place: Place) -> None:
    found = place.caller(place.log_in().secret)
    assert found is not None
    assert (found.actor.name, found.kind) == ("ada", "session")


def test_the_case_of_a_login_name_does_not_matter(place: Place) -> None:
    assert place.log_in(" Ada ").person == "ada"


@pytest.mark.parametrize(
    ("name", "password"), [("ada", "wrong password"), ("zeus", PASSWORD), ("", ""), ("ada", "")]
)
def test_a_wrong_login_does_not_tell_what_is_wrong(place: Place, name: str, password: str) -> None:
    with pytest.raises(Unauthenticated) as caught:
        place.log_in(name, password)
    assert caught.value.message == "Expected a name and its password, but they do not fit."


def test_who_has_no_password_or_is_disabled_does_not_get_in(place: Place) -> None:
    people.add(place.engine.store, NewPerson(name="robot"), STEPWELL)
    people.set_active(place.engine.store, "ada", False, STEPWELL)
    for name, password in (("robot", ""), ("ada", PASSWORD)):
        with pytest.raises(Unauthenticated):
            place.log_in(name, password)


@pytest.mark.parametrize("name", ["ada", "zeus"])
def test_a_name_is_locked_after_too_many_failures_whether_or_not_it_is_somebodys(
    place: Place, name: str
) -> None:
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            place.log_in(name, "wrong password")
    with pytest.raises(TooOften, match="more: it is locked until") as caught:
        place.log_in(name, PASSWORD)
    assert caught.value.seconds == 900


def test_a_lock_ends_by_itself(place: Place) -> None:
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            place.log_in(password="wrong password")
    place.clock.now += 901 * SECOND
    assert place.log_in().person == "ada"


def test_after_a_lock_there_is_one_attempt_until_the_next(place: Place) -> None:
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            place.log_in(password="wrong password")
    place.clock.now += 901 * SECOND
    with pytest.raises(Unauthenticated):
        place.log_in(password="wrong password")
    with pytest.raises(TooOften):
        place.log_in()


def test_a_success_begins_to_count_anew(place: Place) -> None:
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(Unauthenticated):
                place.log_in(password="wrong password")
        place.log_in()


def test_many_attempts_at_once_get_no_more_tries(place: Place) -> None:
    """Each counts before it is known to fail."""
    store, settings = place.engine.store, place.engine.settings
    with store.transaction() as tx:
        for _ in range(5):
            logins.count_attempt(tx, "ada", settings)
        with pytest.raises(TooOften):
            logins.count_attempt(tx, "ada", settings)


def test_the_password_is_kept_as_argon2id_and_nowhere_else(place: Place) -> None:
    place.log_in()
    with place.engine.store.reading() as session:
        kept = session.read("select password from person where name = 'ada'")[0][0]
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


def test_a_password_hashed_for_less_is_hashed_again_at_the_next_login(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    dearer = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: dearer)
    place.log_in()
    with place.engine.store.reading() as session:
        kept = session.read("select password from person where name = 'ada'")[0][0]
    assert "m=16,t=2" in kept
    assert place.log_in().person == "ada"


def test_secrets_are_kept_only_as_hashes(place: Place) -> None:
    secret = place.log_in().secret
    with place.engine.store.reading() as session:
        rows = session.read("select * from login_session")
    assert digest(secret) in [
        bytes(value) for row in rows for value in row if isinstance(value, bytes | memoryview)
    ]
    assert secret not in str(rows)


# -- sessions ---------------------------------------------------------------------------------------------


def test_a_logged_out_session_is_over_at_once(place: Place) -> None:
    secret = place.log_in().secret
    caller = place.caller(secret)
    assert caller is not None
    logins.logout(place.engine.store, caller)
    assert place.caller(secret) is None


def test_a_session_runs_out_unused(place: Place) -> None:
    secret = place.log_in().secret
    place.clock.now += 8 * DAY
    assert place.caller(secret) is None


def test_a_session_in_use_lives_on_but_not_for_ever(place: Place) -> None:
    secret = place.log_in().secret
    for _ in range(5):
        place.clock.now += 5 * DAY
        assert place.caller(secret) is not None
    place.clock.now += 5 * DAY
    assert place.caller(secret) is None


def test_a_person_sees_and_ends_their_sessions(place: Place) -> None:
    first, second = place.log_in(), place.log_in()
    caller = place.caller(first.secret)
    assert caller is not None
    found = logins.sessions(place.engine.store, caller)
    assert {(row.id, row.is_this) for row in found} == {(first.session, True), (second.session, False)}
    assert {row.address for row in found} == {"10.0.0.1"}
    logins.end_session(place.engine.store, "ada", second.session, caller.actor)
    assert place.caller(second.secret) is None
    with pytest.raises(NotFound):
        logins.end_session(place.engine.store, "ada", second.session, caller.actor)
    with pytest.raises(Forbidden):
        logins.end_session(place.engine.store, "ada", first.session, Actor("eve"))


def test_a_changed_password_ends_every_other_session(place: Place) -> None:
    this, other = place.log_in(), place.log_in()
    caller = place.caller(this.secret)
    assert caller is not None
    changed = PasswordChange(PASSWORD, "another good one")
    me.change_password(place.engine.directory, changed, caller, place.engine.settings)
    assert place.caller(this.secret) is not None
    assert place.caller(other.secret) is None
    assert place.log_in(password="another good one").person == "ada"


def test_a_password_is_changed_only_by_who_knows_it(place: Place) -> None:
    caller = place.caller(place.log_in().secret)
    assert caller is not None
    wrong = PasswordChange("something else", "another good one")
    for _ in range(5):
        with pytest.raises(Unauthenticated, match="as it is now"):
            me.change_password(place.engine.directory, wrong, caller, place.engine.settings)
    with pytest.raises(TooOften):
        me.change_password(place.engine.directory, wrong, caller, place.engine.settings)


def test_a_password_set_by_an_administrator_ends_all_sessions_and_the_lock(place: Place) -> None:
    secret = place.log_in().secret
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            place.log_in(password="wrong password")
    people.set_password(place.engine.store, "ada", "brand new secret", STEPWELL)
    assert place.caller(secret) is None
    assert place.log_in(password="brand new secret").person == "ada"


def test_what_ran_out_is_swept_away(place: Place) -> None:
    place.log_in()
    with pytest.raises(Unauthenticated):
        place.log_in("zeus")
    place.clock.now += 31 * DAY
    place.engine.tidy()
    with place.engine.store.reading() as session:
        assert session.read("select count(*) from login_session")[0][0] == 0
        assert session.read("select count(*) from login_attempt")[0][0] == 0


# -- API tokens -------------------------------------------------------------------------------------------


def make(place: Place, scope: str, days: float | None = 90) -> api_tokens.NewApiToken:
    return api_tokens.add(place.engine.directory, "ada", Wanted("reports", scope, days))  # type: ignore[arg-type]


def test_an_api_token_stands_for_its_person(place: Place) -> None:
    found = place.caller(make(place, "all").secret, "api token")
    assert found is not None
    assert (found.actor.name, found.reads_only) == ("ada", False)


@pytest.mark.parametrize(("scope", "rights", "looks", "reads_only"), [
    ("read", set(), {"operate"}, True), ("act", set(), {"operate"}, False), ("all", {"operate"}, set(), False),
])  # fmt: skip
def test_only_the_widest_scope_has_the_rights_of_the_person(
    place: Place, scope: str, rights: set[str], looks: set[str], reads_only: bool
) -> None:
    roles.add(place.engine.store, Role("bosses", rights=frozenset({"operate"})), STEPWELL)
    roles.add_members(place.engine.store, "bosses", ("ada",), STEPWELL)
    found = place.caller(make(place, scope).secret, "api token")
    assert found is not None
    assert (found.actor.rights, found.actor.looks, found.reads_only) == (rights, looks, reads_only)


def test_an_api_token_runs_out(place: Place) -> None:
    short, eternal = make(place, "all", 1), make(place, "all", None)
    place.clock.now += DAY + SECOND
    assert place.caller(short.secret, "api token") is None
    place.clock.now += 10_000 * DAY
    assert place.caller(eternal.secret, "api token") is not None


def test_a_revoked_api_token_is_worthless_at_once(place: Place) -> None:
    made = make(place, "all")
    assert place.caller(made.secret, "api token") is not None
    api_tokens.revoke(place.engine.store, made.id, Actor("ada"))
    assert place.caller(made.secret, "api token") is None


def test_a_secret_is_shown_once(place: Place) -> None:
    made = make(place, "act")
    [listed] = api_tokens.page(place.engine.store, "ada", Page(), Actor("ada")).items
    assert (listed.id, listed.name, listed.scope) == (made.id, "reports", "act")
    assert not hasattr(listed, "secret")
    assert made.secret.startswith("stw_")


def test_it_is_noted_when_an_api_token_was_used(place: Place) -> None:
    made = make(place, "read")
    place.caller(made.secret, "api token")
    [listed] = api_tokens.page(place.engine.store, "ada", Page(), STEPWELL).items
    assert listed.seen_at is not None


def test_the_api_tokens_of_others_are_none_of_ones_business(place: Place) -> None:
    made = make(place, "all")
    with pytest.raises(Forbidden):
        api_tokens.page(place.engine.store, "ada", Page(), Actor("eve"))
    with pytest.raises(NotFound):
        api_tokens.revoke(place.engine.store, made.id, Actor("eve"))
    with pytest.raises(NotFound):
        api_tokens.add(place.engine.directory, "zeus", Wanted("x"))


@pytest.mark.parametrize("days", [0, -1, 4000])
def test_an_api_token_lives_some_days(place: Place, days: float) -> None:
    with pytest.raises(Invalid):
        make(place, "all", days)


# -- what one process remembers ---------------------------------------------------------------------------


def test_a_known_secret_costs_no_statement(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = place.log_in().secret
    place.caller(secret)
    monkeypatch.setattr(place.engine.directory, "store", None)
    assert place.engine.directory.remembered(digest(secret), "session") is not None


def test_a_secret_of_one_kind_is_none_of_the_other(place: Place) -> None:
    secret = place.log_in().secret
    place.caller(secret)
    assert place.engine.directory.remembered(digest(secret), "api token") is None
    assert place.engine.directory.caller(digest(secret), "api token") is None


def test_a_change_in_this_process_is_known_at_once(place: Place) -> None:
    secret = place.log_in().secret
    roles.add(place.engine.store, Role("clerks"), STEPWELL)
    before = place.caller(secret)
    roles.add_members(place.engine.store, "clerks", ("ada",), STEPWELL)
    after = place.caller(secret)
    assert before is not None
    assert after is not None
    assert (before.actor.roles, after.actor.roles) == (frozenset(), {"clerks"})


def test_a_change_in_another_process_is_known_when_it_is_looked(place: Place, database_url: str) -> None:
    """A server looks every second."""
    elsewhere = open_store(database_url, clock=place.clock)
    directory = Directory(elsewhere)
    directory.refresh()
    assert directory.actor("ada").roles == frozenset()
    roles.add(place.engine.store, Role("clerks"), STEPWELL)
    roles.add_members(place.engine.store, "clerks", ("ada",), STEPWELL)
    assert directory.actor("ada").roles == frozenset()
    directory.refresh()
    assert directory.actor("ada").roles == {"clerks"}
    elsewhere.close()


def test_one_of_many_requests_looks_once_a_second(place: Place) -> None:
    directory = Directory(place.engine.store)
    assert [directory.is_fresh(now) for now in (10.0, 10.5, 10.99, 11.01, 11.5)] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_what_was_read_before_a_change_is_not_remembered_after_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that began before the change brings what it has read into no memory that others use."""
    directory = place.engine.directory
    secret = place.log_in().secret
    read = directory._session

    def slow(hashed: bytes) -> Caller | None:
        found = read(hashed)
        people.set_active(place.engine.store, "ada", False, STEPWELL)
        return found

    monkeypatch.setattr(directory, "_session", slow)
    directory.caller(digest(secret), "session")
    assert directory.remembered(digest(secret), "session") is None
