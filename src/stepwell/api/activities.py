"""The Activities section over HTTP (D3)."""

from datetime import datetime
from typing import Annotated

from litestar.params import QueryParameter

from stepwell.api.reading import Id, Limit, TheActor, TheRooms, read
from stepwell.api.records import After, FilterText, Search, Sort, field_names
from stepwell.services.activities import section
from stepwell.services.activities.section import Asked, Calendar, Opening
from stepwell.services.records.reading import RecordPage, plain_filter


@read("/activities", "activities")
async def list_activities(
    rooms: TheRooms,
    actor: TheActor,
    mine: Annotated[bool, QueryParameter(description="One's own.")] = False,
    of_my_roles: Annotated[
        bool, QueryParameter(description="Those of one's roles that nobody has; with `mine` both.")
    ] = False,
    overdue: Annotated[bool, QueryParameter(description="Not finished, and due before now.")] = False,
    of_process: Annotated[bool, QueryParameter(description="Made by processes.")] = False,
    is_open: Annotated[bool, QueryParameter(name="open", description="Not finished.")] = False,
    filter_text: FilterText = None,
    search: Search = "",
    sort: Sort = "start",
    limit: Limit = 50,
    after: After = None,
) -> RecordPage:
    """Activities that one may see, by their start."""
    asked = Asked(
        is_mine=mine,
        is_of_my_roles=of_my_roles,
        is_overdue=overdue,
        is_of_process=of_process,
        is_open=is_open,
        filter=plain_filter(filter_text),
        search=search,
        sort=field_names(sort) or (),
        limit=limit,
        after=after,
    )
    return await rooms.read_long(section.page, rooms.store, actor, asked)


@read("/activities/calendar", "activities")
async def get_calendar(
    rooms: TheRooms,
    actor: TheActor,
    since: Annotated[datetime, QueryParameter(name="from", description="A point in time with its zone.")],
    days: Annotated[int, QueryParameter(ge=1, le=section.LONGEST_CALENDAR)] = 31,
) -> Calendar:
    """What one and one's roles have in the calendar from a moment on, for so many days: activities, and steps without
    one that were put there.
    """
    return await rooms.read_long(section.calendar, rooms.store, actor, since, days)


@read("/activities/{id:str}", "activities")
async def get_activity(rooms: TheRooms, actor: TheActor, id: Id) -> Opening:
    """An activity by its number, and what opening it opens: the step that waits for it, or the record itself."""
    return await rooms.read(section.opening, rooms.store, actor, id)
