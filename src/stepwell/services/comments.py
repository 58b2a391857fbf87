"""What people write about a step; it stays when the step is done."""

from datetime import datetime

from msgspec import Struct

from stepwell.errors import Invalid, Problem
from stepwell.identity import Actor
from stepwell.services import contents, cursors, given
from stepwell.services.contents import Step
from stepwell.services.ids import inner_id
from stepwell.services.live.event import LiveEvent, everybody_of, notified
from stepwell.services.moments import moment
from stepwell.services.repeating import repeatable
from stepwell.store import Store, notifications
from stepwell.store import comments as rows
from stepwell.store.notifications import About, Notification
from stepwell.store.transaction import Transaction

LONGEST = 10_000


class Comment(Struct, frozen=True):
    """What somebody wrote about a step."""

    id: str
    user_task: str
    at: datetime
    author: str
    text: str


class CommentPage(Struct, frozen=True):
    """Comments, the oldest first; ``after`` asks for the next ones, None if there are none."""

    items: tuple[Comment, ...]
    after: str | None = None


class Added(Struct, frozen=True):
    """A new comment, and what there is to tell others of it."""

    comment: Comment
    news: tuple[LiveEvent, ...] = ()


def add(store: Store, task_id: str, text: str, actor: Actor, key: str = "") -> Added:
    """Write something about a step; whoever sees its contents may. With the same ``key`` it is written once.

    Raises ``NotFound``, ``Forbidden`` and ``Invalid``.
    """
    if not text.strip():
        message = "Expected a comment, but found nothing."
        raise Invalid("input.invalid", message, [Problem("text.missing", message, field="text")])
    content = given.text(text, "text", LONGEST)
    news: list[LiveEvent] = []
    with store.transaction() as tx:

        def carry_out() -> Comment:
            step = contents.seen(tx.session, task_id, actor)
            row = rows.Comment(*step.place, rows.new_id(tx.session), tx.now, actor.name, content)
            rows.add(tx.session, row)
            news.extend([_news(step, row), *map(notified, _tell(tx, step, actor.name))])
            return view(row)

        found = repeatable(tx, (actor.name, key), ("comment", task_id, content), carry_out, Comment)
    return Added(found, tuple(news))


def page(store: Store, task_id: str, actor: Actor, limit: int = 50, after: str | None = None) -> CommentPage:
    """The comments on a step, the oldest first."""
    count = cursors.limit(limit)
    place = cursors.decode(after, 1)
    with store.reading() as session:
        step = contents.seen(session, task_id, actor)
        found = rows.page(session, step.place, place[0] if place else 0, count + 1)
    more = cursors.encode((found[count - 1].id,)) if len(found) > count else None
    return CommentPage(tuple(map(view, found[:count])), more)


def view(row: rows.Comment) -> Comment:
    """A comment as people see it."""
    task = inner_id(row.instance_id, row.key)
    return Comment(str(row.id), task, moment(row.at), row.author, row.content)


def _news(step: Step, row: rows.Comment) -> LiveEvent:
    data = {"id": inner_id(*step.place), "comment": str(row.id), "by": row.author}
    return LiveEvent("comment", everybody_of(step.task), data)


def _tell(tx: Transaction, step: Step, author: str) -> list[Notification]:
    """Whose step it is or was is told of what others write."""
    person = step.task.assignee
    if person in ("", author):
        return []
    about = About("comment", *step.place, step.task.title or inner_id(*step.place), author)
    return notifications.add(tx.session, [(person, about)], tx.now)
