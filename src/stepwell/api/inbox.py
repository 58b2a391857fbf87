"""Inboxes over HTTP (in pages: Business process tasks)."""

from datetime import datetime
from typing import Annotated

from litestar.params import FromQuery, QueryParameter

from stepwell.api.reading import After, Limit, Text, TheActor, TheRooms, read
from stepwell.services import inboxes, panels
from stepwell.services.inboxes import Asked, Group, InboxCounter, InboxGroups, InboxPage, Sort
from stepwell.services.user_tasks import MOST_ROLES

Roles = Annotated[
    list[str] | None,
    QueryParameter(max_items=MOST_ROLES, description="A role of the user; may stand several times."),
]
Search = Annotated[
    str,
    QueryParameter(
        max_length=200,
        pattern=r"^[^\u0000]*$",
        description="Words in the title, the caption of the instance or the name of the process.",
    ),
]
Sorted = Annotated[
    Sort,
    QueryParameter(
        description="`created`: the newest first; `due`: what is due first; `priority`: the most urgent first."
    ),
]
Grouped = Annotated[
    Group | None, QueryParameter(description="What puts tasks beside each other; see `group`.")
]
GroupedBy = Annotated[Group, QueryParameter(description="What the groups are.")]
OfRole = Annotated[
    str | None, QueryParameter(max_length=255, description="Only what is offered to this role of the user.")
]
Taken = Annotated[bool, QueryParameter(description="What colleagues have taken of what was offered to one.")]
Later = Annotated[bool, QueryParameter(description="Also what starts later.")]
Due = FromQuery[datetime | None]


@read("/inbox", "inbox")
async def get_inbox(
    rooms: TheRooms,
    actor: TheActor,
    user: Text = None,
    roles: Roles = None,
    sort: Sorted = "created",
    group: Grouped = None,
    search: Search = "",
    process_id: Text = None,
    role: OfRole = None,
    kind: Text = None,
    due_before: Due = None,
    taken_by_colleagues: Taken = False,
    with_future: Later = False,
    limit: Limit = 50,
    after: After = None,
) -> InboxPage:
    """What a person has to do or may take now: who asks, or for operators any `user`. Without `roles` they are
    those of the user. A page of a search can be short, even empty, and still have an `after`.
    """
    asked = Asked(
        sort=sort, group=group, search=search, process_id=process_id, role=role, kind=kind, due_before=due_before,
        is_taken=taken_by_colleagues, is_later=with_future, limit=limit, after=after,
    )  # fmt: skip
    whose = panels.Asked(user or "", tuple(roles or ()))
    person = await rooms.read(panels.person, rooms.directory, actor, whose)
    reading = rooms.read_long if asked.takes_long else rooms.read
    return await reading(inboxes.page, rooms.store, person, asked, actor)


@read("/inbox/counter", "inbox")
async def count_inbox(
    rooms: TheRooms, actor: TheActor, user: Text = None, roles: Roles = None
) -> InboxCounter:
    """How many tasks the inbox shows now, exactly up to 99, and whether one of them is overdue."""
    whose = panels.Asked(user or "", tuple(roles or ()))
    person = await rooms.read(panels.person, rooms.directory, actor, whose)
    return await rooms.read(inboxes.counter, rooms.store, person)


@read("/inbox/groups", "inbox")
async def list_inbox_groups(
    rooms: TheRooms,
    actor: TheActor,
    group: GroupedBy,
    user: Text = None,
    roles: Roles = None,
    search: Search = "",
    process_id: Text = None,
    role: OfRole = None,
    kind: Text = None,
    due_before: Due = None,
    taken_by_colleagues: Taken = False,
    with_future: Later = False,
) -> InboxGroups:
    """The due days (in one's time zone), processes or roles of an inbox, and how many tasks each has. Of a very
    long one the newest are counted, and `is_complete` is false.
    """
    asked = Asked(
        group=group, search=search, process_id=process_id, role=role, kind=kind, due_before=due_before,
        is_taken=taken_by_colleagues, is_later=with_future,
    )  # fmt: skip
    whose = panels.Asked(user or "", tuple(roles or ()))
    person = await rooms.read(panels.person, rooms.directory, actor, whose)
    return await rooms.read_long(inboxes.groups, rooms.store, person, asked, actor)
