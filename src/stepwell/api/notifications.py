"""What one was told, over HTTP."""

from typing import Annotated

from litestar.params import QueryParameter

from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.reading import After, Limit, TheActor, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.services import notifications
from stepwell.services.notifications import Notification, NotificationPage, Unread

OnlyUnread = Annotated[bool, QueryParameter(description="Only those that are not read.")]


@read("/me/notifications", "notifications")
async def list_notifications(
    rooms: TheRooms, actor: TheActor, is_unread: OnlyUnread = False, limit: Limit = 50, after: After = None
) -> NotificationPage:
    """One's own notifications of the last 30 days, the newest first, and how many are unread (exactly up to 99)."""
    asked = notifications.Filter(is_unread=is_unread, limit=limit, after=after)
    return await rooms.read(notifications.page, rooms.store, asked, actor)


@command("PUT", "/me/notifications")
async def read_notifications(rooms: Rooms, asked: Asked, given: bodies.ReadNotifications) -> Unread:
    """Mark all of one's notifications as read, or those `about` one user task."""
    return await rooms.read_long(notifications.read_all, rooms.store, given.about, asked.actor)


@command("POST", "/notifications/{id:str}/read")
async def read_notification(rooms: Rooms, asked: Asked, given: bodies.Nothing) -> Notification:
    """Mark one notification as read."""
    return await rooms.read_long(notifications.read, rooms.store, asked.id, asked.actor)


@command("POST", "/notifications/{id:str}/postpone")
async def postpone_notification(
    rooms: Rooms, asked: Asked, given: bodies.PostponeNotification
) -> Notification:
    """Put a notification off: it comes back then, unread."""
    return await rooms.read_long(notifications.postpone, rooms.store, asked.id, given.until, asked.actor)
