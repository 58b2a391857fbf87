"""A digest as a mail: plain text, and the same for readers who see HTML."""

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import quote

from msgspec import Struct

from stepwell.engine.rows import Job
from stepwell.identity import User
from stepwell.services.digests import periods
from stepwell.services.digests.gathering import Part, Step, Summary, gather
from stepwell.services.digests.planning import wanted
from stepwell.services.digests.wording import counted, words_for
from stepwell.services.directory import Directory

_STYLE = "font-family: sans-serif; font-size: 15px; line-height: 1.5; color: #1f2328; max-width: 40em"
_HEADING = "font-size: 17px"
_QUIET = "color: #59636e; font-size: 13px"


class Letter(Struct, frozen=True):
    """A mail for one person. ``day`` is the one that it is for, where the person is."""

    to: str
    subject: str
    text: str
    html: str
    day: str
    settings: str


def due(directory: Directory, job: Job, address: str) -> Letter | None:
    """The mail that is due for a person, with links to the web app at ``address``. None if nothing is open, if
    something else was planned meanwhile, or if the morning of this day is yet to come.
    """
    directory.refresh()
    person = directory.find(job.element)
    if person is None or wanted(person.user) != job.repeat:
        return None
    user = person.user
    with directory.store.reading() as session:
        now = session.now()
        if periods.comes_today(user.settings.digest, user.time_zone, now):
            return None
        summary = gather(session, person.actor, now)
    labels = {role.name: role.label for role in directory.tree().roles.values()}
    return None if summary.is_empty else letter(user, summary, address, labels)


def letter(user: User, summary: Summary, address: str, labels: Mapping[str, str]) -> Letter:
    """What was gathered for a person, in words; ``labels`` is how roles are called."""
    page = _Page(user, summary, address, labels)
    text, html = "\n".join(page.text()), "\n".join(page.html())
    subject = page.words.subject(summary)
    return Letter(user.email, subject, text, html, summary.today.isoformat(), page.link("settings"))


class _Page:
    """Both forms of one mail."""

    def __init__(self, user: User, summary: Summary, address: str, labels: Mapping[str, str]) -> None:
        self.user = user
        self.summary = summary
        self.address = address
        self.labels = labels
        self.words = words_for(user.language)

    def link(self, path: str) -> str:
        """An address of the web app."""
        return f"{self.address}/{path}"

    def step(self, step: Step) -> str:
        """Where a step opens."""
        return self.link(f"tasks?step={quote(step.id)}")

    def facts(self, step: Step) -> str:
        """What there is to know of a step beside its title."""
        words = self.words
        due = "" if step.due is None else words.due.format(when=words.when(step.due, self.summary.today))
        role = words.role.format(role=self.labels.get(step.role) or step.role) if step.role else ""
        return " · ".join(filter(None, (_line(step.caption), due, role)))

    @property
    def greeting(self) -> str:
        return self.words.greeting.format(name=_line(self.user.display_name or self.user.name))

    @property
    def unread(self) -> str:
        return self.words.unread(counted(self.summary.unread))

    @property
    def why(self) -> str:
        return self.words.why[self.user.settings.digest].format(zone=self.user.time_zone)

    def heading(self, part: Part) -> str:
        """What the steps of a part have in common, and how many there are."""
        return f"{self.words.headings[part.heading]} ({counted(part.count, has_more=part.has_more)})"

    def rest(self, part: Part) -> str:
        """That there are more of a part than those shown; empty if there are not."""
        count = part.count - len(part.steps)
        return self.words.more(counted(count, has_more=part.has_more)) if count else ""

    def told(self) -> Iterator[str]:
        """What the person was told and has not read: of which kind, and about what."""
        for kind, title in self.summary.notifications:
            yield f"{self.words.kinds[kind]}: {_line(title)}"

    def text(self) -> Iterator[str]:
        yield self.greeting
        for part in self.summary.parts:
            yield f"\n{self.heading(part)}"
            for step in part.steps:
                facts = self.facts(step)
                yield f"\n- {_line(step.title)}"
                yield from (f"  {known}" for known in filter(None, [facts]))
                yield f"  {self.step(step)}"
            yield from (f"\n  {rest}" for rest in filter(None, [self.rest(part)]))
        if self.summary.count:
            yield f"\n{self.words.all_steps}: {self.link('tasks')}"
        if self.summary.unread:
            yield f"\n{self.unread}"
            yield from (f"- {line}" for line in self.told())
            yield f"\n{self.words.notifications}: {self.link('notifications')}"
        yield f"\n-- \n{self.why}\n{self.words.settings}: {self.link('settings')}\n"

    def html(self) -> Iterator[str]:
        words = self.words
        yield f'<!doctype html><html lang="{words.code}"><meta charset="utf-8"><body><div style="{_STYLE}">'
        yield f"<p>{escape(self.greeting)}</p>"
        for part in self.summary.parts:
            yield f'<h2 style="{_HEADING}">{self.heading(part)}</h2><ul>'
            for step in part.steps:
                facts = f'<br><span style="{_QUIET}">{escape(self.facts(step))}</span>'
                yield f"<li>{_anchor(self.step(step), _line(step.title))}{facts}</li>"
            yield f"</ul><p>{self.rest(part)}</p>" if self.rest(part) else "</ul>"
        if self.summary.count:
            yield f"<p>{_anchor(self.link('tasks'), words.all_steps)}</p>"
        if self.summary.unread:
            yield f'<h2 style="{_HEADING}">{self.unread}</h2><ul>'
            yield from (f"<li>{escape(line)}</li>" for line in self.told())
            yield f"</ul><p>{_anchor(self.link('notifications'), words.notifications)}</p>"
        settings = _anchor(self.link("settings"), words.settings)
        yield f'<p style="{_QUIET}">{escape(self.why)}<br>{settings}</p></div></body></html>'


def _line(text: str) -> str:
    """A text of somebody as one line."""
    return " ".join(text.split())


def _anchor(link: str, text: str) -> str:
    return f'<a href="{escape(link)}">{escape(text)}</a>'
