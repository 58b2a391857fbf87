"""The ASGI application: all routes, their description, what goes wrong, and what runs beside them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar, Request, Router
from litestar.config.app import AppConfig
from litestar.di import Provide

from stepwell.api import incidents, instances, messages, problems, user_tasks
from stepwell.api.command import PREFIX, described
from stepwell.api.front import Front
from stepwell.api.rooms import Rooms

COMMANDS = {
    "instances": (instances.start_instance, instances.cancel_instance, instances.set_variables),
    "user tasks": (user_tasks.claim_user_task, user_tasks.release_user_task, user_tasks.complete_user_task),
    "messages": (messages.publish_message, messages.throw_signal),
    "incidents": (incidents.retry_incident,),
}


def build(rooms: Rooms) -> Front:
    """The application over these rooms."""
    commands = [found for group in COMMANDS.values() for found in group]
    return Front(framework(rooms), rooms, commands)


def framework(rooms: Rooms) -> Litestar:
    routes = [described(found, tag) for tag, group in COMMANDS.items() for found in group]
    return Litestar(
        [Router(PREFIX, route_handlers=routes)],
        dependencies={"rooms": Provide(lambda: rooms, sync_to_thread=False)},
        exception_handlers={Exception: problems.respond},
        signature_types=[Rooms],
        openapi_config=None,
        logging_config=None,
    )
