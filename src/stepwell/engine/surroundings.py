"""What the core asks about people, records and texts around an instance: a port.

Whoever decides within a transaction answers from it, so that the answers are as fixed as the rows.
"""

from typing import NamedTuple, Protocol

from stepwell.forms.describe import RecordForm


class Assignment(NamedTuple):
    """Who a step is for: somebody by name, or candidates; nobody at all stands for everybody."""

    assignee: str = ""
    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class RecordPlace(NamedTuple):
    """A record by its type and number; number 0 stands for one that is still to be added."""

    type: str
    number: int = 0

    @property
    def reference(self) -> str:
        """How the record is called elsewhere: ``contact/17``."""
        return f"{self.type}/{self.number}"


class RecordFound(NamedTuple):
    """A record: how people know it, and its values of FEEL by field."""

    title: str
    values: dict[str, object]


class ActivityPlan(NamedTuple):
    """An activity that can be made: its number (0: there are none here), and the results that it can be completed
    with. ``hindrance`` is why it can not, in words.
    """

    number: int = 0
    results: tuple[str, ...] = ()
    hindrance: str = ""


Offered = tuple[str, ...] | None
"""The results that an author offers; None: those of the category."""


class Surroundings(Protocol):
    """People, records and texts of the installation. What can not be is told in words: a sentence that ends
    "but …" goes on with them; empty when all is well.
    """

    def language(self, person: str) -> str:
        """The language that a person reads; empty for nobody in particular."""

    def knows(self, person: str) -> bool:
        """Whether there is somebody of this name."""

    def unfit(self, assignment: Assignment) -> str:
        """Why none of them can do a step."""

    def manager(self, person: str) -> str:
        """The name of a person's manager; empty if there is none."""

    def barred(self, assignment: Assignment, place: RecordPlace) -> str:
        """Why none of them can see and change (or add) the record, or that it is not there."""

    def form(self, record_type: str, *, is_new: bool = False) -> RecordForm | None:
        """The fields of a record type as a page shows them; for a new record also what it begins with. None if there is
        no such type.
        """

    def record(self, place: RecordPlace) -> RecordFound | None:
        """A record as it is now; None if it is gone."""

    def plan_activity(self, values: dict[str, object], offered: Offered) -> ActivityPlan:
        """Whether an activity of these values can be made; nothing is made by that."""

    def labels(self, lookup: str, codes: tuple[str, ...]) -> dict[str, str]:
        """How people read codes of a lookup, as far as it has them."""

    def mail_template(self, name: str) -> str | None:
        """The text of a file in ``mail/``; None if there is none."""


class Alone:
    """Where an engine is used by itself: names are taken as they are, and there are no records or files."""

    def language(self, person: str) -> str:
        return ""

    def knows(self, person: str) -> bool:
        return True

    def unfit(self, assignment: Assignment) -> str:
        return ""

    def manager(self, person: str) -> str:
        return ""

    def barred(self, assignment: Assignment, place: RecordPlace) -> str:
        return f"there is no record {place.reference}"

    def form(self, record_type: str, *, is_new: bool = False) -> None:
        return None

    def record(self, place: RecordPlace) -> None:
        return None

    def plan_activity(self, values: dict[str, object], offered: Offered) -> ActivityPlan:
        return ActivityPlan(results=offered or ())

    def labels(self, lookup: str, codes: tuple[str, ...]) -> dict[str, str]:
        return {}

    def mail_template(self, name: str) -> None:
        return None


ALONE: Surroundings = Alone()
