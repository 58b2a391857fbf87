"""What a person knows and sets about themselves."""

from msgspec import Struct
from msgspec.structs import replace

from stepwell.config import Settings
from stepwell.errors import Forbidden, Unauthenticated
from stepwell.identity import Actor, PersonalSettings, Right, User
from stepwell.identity.user import Digest
from stepwell.services import logins, passwords, people
from stepwell.services.allowing import note
from stepwell.services.digests.planning import plan
from stepwell.services.directory import Caller, Directory
from stepwell.store import people as rows


class Me(Struct, frozen=True):
    """Who asks: ``roles`` are all that count, ``rights`` what they give (none to most API tokens). ``sends_mail``:
    whether this installation can send mails at all.

    ``name`` is empty for who has the token of the installation without naming anybody.
    """

    name: str
    display_name: str
    email: str
    manager: str
    roles: tuple[str, ...]
    rights: tuple[Right, ...]
    language: str
    time_zone: str
    settings: PersonalSettings = PersonalSettings()
    sends_mail: bool = False


class SettingsChange(Struct, frozen=True, kw_only=True):
    """What a person sets otherwise; what is None stays."""

    opens_steps: bool | None = None
    shows_popups: bool | None = None
    digest: Digest | None = None
    language: str | None = None
    time_zone: str | None = None


class PasswordChange(Struct, frozen=True):
    """The password as it is, and as it shall be."""

    old: str
    new: str


def load(directory: Directory, actor: Actor, settings: Settings) -> Me:
    """What the one who asks is told about themselves."""
    found = directory.find(actor.name) if actor.name else None
    user = found.user if found else User(name=actor.name)
    return Me(
        actor.name,
        user.display_name,
        user.email,
        user.manager,
        tuple(sorted(actor.roles)),
        tuple(sorted(actor.rights)),
        actor.language,
        actor.time_zone,
        user.settings,
        settings.sends_mail,
    )


def change_settings(directory: Directory, changed: SettingsChange, actor: Actor, settings: Settings) -> Me:
    """Set something for oneself; raises ``Invalid``."""
    _expect_somebody(actor)
    found = people.said(changed)
    own = {name: found.pop(name) for name in ("opens_steps", "shows_popups", "digest") if name in found}
    with directory.store.transaction() as tx:
        user = people.fetch(tx, actor.name)
        user = replace(user, settings=replace(user.settings, **own), **found)
        people.expect_valid(user)
        rows.change(tx.session, user)
        plan(tx, user)
        tx.raise_epoch()
    return load(directory, replace(actor, language=user.language, time_zone=user.time_zone), settings)


def change_password(
    directory: Directory, changed: PasswordChange, caller: Caller, settings: Settings
) -> None:
    """Change one's own password, knowing the old one; all sessions end but the one that asks.

    Raises ``Unauthenticated`` for another password, ``TooOften`` after too many of them.
    """
    name = caller.actor.name
    _expect_somebody(caller.actor)
    with directory.store.transaction() as tx:
        logins.count_attempt(tx, name, settings)
        kept = rows.password(tx.session, name)
    if not passwords.is_right(kept, changed.old):
        raise Unauthenticated(
            "password.wrong", "Expected the password as it is now, but this is another one."
        )
    people.keep_password(
        directory.store,
        name,
        passwords.hashed(changed.new, name),
        caller.id if caller.kind == "session" else "",
        by=caller.actor,
    )
    note("password changed", name=name)


def _expect_somebody(actor: Actor) -> None:
    if not actor.name:
        raise Forbidden("me.nobody", "Expected a person, but the token of the installation names none.")
