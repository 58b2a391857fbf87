"""The words of a digest, in the languages of the web app."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from msgspec import Struct

from stepwell.identity.user import Digest
from stepwell.services.digests.gathering import MOST, Heading, Summary


class Words(Struct, frozen=True, kw_only=True):
    """A language. ``day`` and ``time`` say when; the functions of a count know singular and plural."""

    code: str
    greeting: str
    headings: Mapping[Heading, str]
    steps: Callable[[str], str]
    overdue: Callable[[int], str]
    due: str
    role: str
    more: Callable[[str], str]
    unread: Callable[[str], str]
    kinds: Mapping[str, str]
    all_steps: str
    notifications: str
    settings: str
    why: Mapping[Digest, str]
    weekdays: tuple[str, ...]
    day: str
    year: str

    def subject(self, summary: Summary) -> str:
        """One line: how much is open."""
        if not summary.count:
            return f"Stepwell: {self.unread(counted(summary.unread))}"
        late = sum(part.count for part in summary.parts if part.heading == "overdue")
        steps = self.steps(counted(summary.count, has_more=summary.has_more))
        return f"Stepwell: {steps}" + (f", {self.overdue(late)}" if late else "")

    def when(self, at: datetime, today: date) -> str:
        """A point in time as people say it on that day."""
        time = f"{at:%H:%M}"
        if at.date() == today:
            return time
        day = self.day if at.year == today.year else self.day + self.year
        return f"{day.format(at=at, weekday=self.weekdays[at.weekday()], month=MONTHS[at.month - 1])}, {time}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def counted(count: int, *, has_more: bool = False) -> str:
    """A count as the panel says it: 99+ for more than 99."""
    return f"{min(count, MOST)}+" if has_more or count > MOST else str(count)


def _one(count: str, singular: str, plural: str) -> str:
    return singular if count == "1" else plural


ENGLISH = Words(
    code="en",
    greeting="Hello {name},",
    headings={
        "overdue": "Overdue", "today": "Due today", "week": "Due this week", "other": "Other open steps",
    },
    steps=lambda count: f"{count} open {_one(count, 'step', 'steps')}",
    overdue=lambda count: f"{count} overdue",
    due="due {when}",
    role="offered to {role}",
    more=lambda count: f"and {count} more",
    unread=lambda count: f"{count} unread {_one(count, 'notification', 'notifications')}",
    kinds={
        "reminder": "Reminder", "overdue": "Overdue", "step": "Came to you", "comment": "New comment",
        "incident": "A process can not go on",
    },
    all_steps="See all steps",
    notifications="See all notifications",
    settings="Choose how often it comes, or that it does not",
    why={
        "daily": "You get this mail every morning at 07:00 ({zone}), because you chose so.",
        "weekly": "You get this mail on Mondays at 07:00 ({zone}), because you chose so.",
    },
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    day="{weekday} {at.day} {month}",
    year=" {at.year}",
)  # fmt: skip

GERMAN = Words(
    code="de",
    greeting="Guten Tag {name},",
    headings={
        "overdue": "Überfällig", "today": "Heute fällig", "week": "Diese Woche fällig", "other": "Weitere offene Schritte",
    },
    steps=lambda count: f"{count} {_one(count, 'offener Schritt', 'offene Schritte')}",
    overdue=lambda count: f"{count} überfällig",
    due="fällig {when}",
    role="angeboten an {role}",
    more=lambda count: f"und {count} weitere",
    unread=lambda count: f"{count} ungelesene {_one(count, 'Nachricht', 'Nachrichten')}",
    kinds={
        "reminder": "Erinnerung", "overdue": "Überfällig", "step": "Kam zu Ihnen", "comment": "Neuer Kommentar",
        "incident": "Ein Prozess kann nicht weiter",
    },
    all_steps="Alle Schritte ansehen",
    notifications="Alle Nachrichten ansehen",
    settings="Einstellen, wie oft sie kommt, oder dass sie nicht kommt",
    why={
        "daily": "Diese E-Mail kommt jeden Morgen um 07:00 Uhr ({zone}), weil Sie das so eingestellt haben.",
        "weekly": "Diese E-Mail kommt montags um 07:00 Uhr ({zone}), weil Sie das so eingestellt haben.",
    },
    weekdays=("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."),
    day="{weekday} {at.day}.{at.month}.",
    year="{at.year}",
)  # fmt: skip


def words_for(language: str) -> Words:
    """The words for who reads a language such as de-AT; English where there are none."""
    return GERMAN if language.partition("-")[0] == "de" else ENGLISH
