"""Who changed who may do what, over HTTP."""

from datetime import datetime

from litestar.params import FromQuery

from stepwell.api.reading import After, Limit, Text, TheActor, TheRooms, read
from stepwell.services import auditing
from stepwell.services.auditing import AuditPage


@read("/audit", "people")
async def list_audit(
    rooms: TheRooms,
    actor: TheActor,
    by: Text = None,
    action: Text = None,
    subject: Text = None,
    since: FromQuery[datetime | None] = None,
    until: FromQuery[datetime | None] = None,
    limit: Limit = 50,
    after: After = None,
) -> AuditPage:
    """Changes of people, roles, rights and API tokens, the newest first. For administrators.

    `action` is a whole one such as `role.changed`, or its first part; `subject` whom or what it is about.
    """
    asked = auditing.Filter(
        actor=by, action=action, subject=subject, since=since, until=until, limit=limit, after=after
    )
    return await rooms.read(auditing.page, rooms.store, asked, actor)
