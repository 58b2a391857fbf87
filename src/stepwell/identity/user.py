"""A person who may log in, or once could: nobody is deleted, because the history names people."""

from typing import Literal

from msgspec import Struct

Digest = Literal["none", "daily", "weekly"]


class PersonalSettings(Struct, frozen=True):
    """What a person chose. ``opens_steps``: steps in the foreground open by themselves; ``shows_popups``:
    notifications pop up; ``digest``: how often a mail sums up what is open.
    """

    opens_steps: bool = True
    shows_popups: bool = True
    digest: Digest = "none"


class User(Struct, frozen=True, kw_only=True):
    """A person, known everywhere by the login name. ``manager`` is another person's login name or empty;
    ``time_zone`` an IANA name, ``language`` a code such as en or de-AT.
    """

    name: str
    display_name: str = ""
    email: str = ""
    is_active: bool = True
    manager: str = ""
    time_zone: str = "UTC"
    language: str = "en"
    settings: PersonalSettings = PersonalSettings()
