"""Why somebody does or does not see a step, and what they may do with it, in words."""

from typing import Literal, get_args

from msgspec import Struct

from stepwell.engine.rows import UserTask
from stepwell.errors import Forbidden
from stepwell.identity import Actor, Verdict
from stepwell.identity.policies import instance, user_task
from stepwell.identity.policies.instance import InstanceFacts
from stepwell.identity.verdict import no, who, yes
from stepwell.services.directory import Directory
from stepwell.services.ids import inner_key
from stepwell.store import policies
from stepwell.store.queries import instances as instance_queries
from stepwell.store.queries import user_tasks as queries
from stepwell.store.queries.user_tasks import UserTaskView
from stepwell.store.session import Session

About = Literal["sees", "panel", "contents", "claim", "complete", "reassign"]


class Reason(Struct, frozen=True):
    """A sentence, and all that somebody may do, or may not, because of it."""

    about: tuple[About, ...]
    is_allowed: bool
    reason: str


class Answer(Struct, frozen=True):
    """About a person and an open step. ``sees``: it can be opened and its instance be seen; ``panel``: it
    stands in the person's list of steps now; then what may be done with it. ``reasons`` say why (not), each once.
    """

    person: str
    sees: bool
    panel: bool
    contents: bool
    claim: bool
    complete: bool
    reassign: bool
    reasons: tuple[Reason, ...]


def why(directory: Directory, task_id: str, actor: Actor, about: str) -> Answer:
    """What the policies say of ``about`` and a step; about somebody else only operators may ask (``Forbidden``).

    One's own answer about a step that one may not see is that of a step that is not there.
    """
    if about != actor.name and not actor.looks_at("operate"):
        raise Forbidden(
            "user-task.forbidden",
            f"Expected to be allowed to ask about {about[:100]}, but {who(actor)} is no operator.",
        )
    person = actor if about == actor.name else directory.actor(about)
    number, key = inner_key(task_id, "user task")
    with directory.store.reading() as session:
        found = queries.fetch(session, number, key, actor)
        if found is None:
            return _unseen(person)
        facts = _facts(session, found)
        now = session.now()
    return _answer(person, found.task, instance.may_see(person, facts), now)


def _facts(session: Session, found: UserTaskView) -> InstanceFacts:
    row = instance_queries.fetch(session, found.instance_id)
    is_open_to_all = policies.is_open_to_all(session, found.instance_id)
    return InstanceFacts(
        row.starter if row else "",
        policies.participants(session, found.instance_id),
        policies.seers(session, found.definition_id),
        is_open_to_all,
    )


def _unseen(person: Actor) -> Answer:
    roles = f" or one of their roles ({', '.join(sorted(person.roles))})" if person.roles else ""
    reason = no(f"there is no such open step that {who(person)}{roles} has, was offered, or may see")
    return _told(person, dict.fromkeys(get_args(About), reason))


def _answer(person: Actor, task: UserTask, sees: Verdict, now: int) -> Answer:
    if not sees:
        return _told(person, dict.fromkeys(get_args(About), sees))
    verdicts: dict[About, Verdict] = {
        "sees": sees,
        "panel": _panel(person, task, now),
        "contents": user_task.may_see_contents(person, task),
        "claim": user_task.may_claim(person, task),
        "complete": user_task.may_complete(person, task),
        "reassign": user_task.may_reassign(person, task),
    }
    return _told(person, verdicts)


def _told(person: Actor, verdicts: dict[About, Verdict]) -> Answer:
    """The verdicts, with each reason once."""
    about: dict[Verdict, list[About]] = {}
    for name, verdict in verdicts.items():
        about.setdefault(verdict, []).append(name)
    reasons = [Reason(tuple(names), found.is_allowed, found.reason) for found, names in about.items()]
    allowed = {name: verdict.is_allowed for name, verdict in verdicts.items()}
    return Answer(person.name, **allowed, reasons=tuple(reasons))


def _panel(person: Actor, task: UserTask, now: int) -> Verdict:
    """The panel holds one's own steps and those that are offered, once their start has come (T1)."""
    mine = user_task.has(person, task) if task.assignee else user_task.is_candidate(person, task)
    if mine and task.start_at is not None and task.start_at > now:
        return no("it starts later")
    if not mine and user_task.is_taken(person, task):
        return no(f"{task.assignee} has it, a colleague")
    return yes(mine.reason) if mine else no(mine.reason)
