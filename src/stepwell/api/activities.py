"""The Activities section over HTTP (D3)."""

from datetime import datetime
from typing import Annotated

from litestar.params import QueryParameter

from stepwell.api.reading import Id, Limit, TheActor, TheRooms, read
from stepwell.api.records import After, FilterText, Search, Sort, field_names
from stepwell.services.activities import section
from stepwell.services.activities.section import Asked, Calendar, Days, Opening
from stepwell.services.records.reading import RecordPage, plain_filter

Mine = Annotated[bool, QueryParameter(description="One's own.")]
OfMyRoles = Annotated[
    bool, QueryParameter(description="Those of one's roles that nobody has; with `mine` both.")
]
Overdue = Annotated[bool, QueryParameter(description="Not finished, and due before now.")]
OfProcess = Annotated[bool, QueryParameter(description="Made by processes.")]
Open = Annotated[bool, QueryParameter(name="open", description="Not finished.")]


@read("/activities", "activities")
async def list_activities(
    rooms: TheRooms,
    actor: TheActor,
    mine: Mine = False,
    of_my_roles: OfMyRoles = False,
    overdue: Overdue = False,
    of_process: OfProcess = False,
    is_open: Open = False,
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
    mine: Mine = False,
    of_my_roles: OfMyRoles = False,
    overdue: Overdue = False,
    of_process: OfProcess = False,
    is_open: Open = False,
    search: Search = "",
) -> Calendar:
    """What stands in the calendar from a moment on, for so many days: activities that one may see, as in the list, and
    steps without one in one's inbox that were put there.
    """
    which = Asked(
        is_mine=mine,
        is_of_my_roles=of_my_roles,
        is_overdue=overdue,
        is_of_process=of_process,
        is_open=is_open,
        search=search,
    )
    return await rooms.read_long(section.calendar, rooms.store, actor, Days(since, days), which)


@read("/activities/{id:str}", "activities")
async def get_activity(rooms: TheRooms, actor: TheActor, id: Id) -> Opening:
    """An activity by its number, and what opening it opens: the step that waits for it, or the record itself."""
    return await rooms.read(section.opening, rooms.store, actor, id)
