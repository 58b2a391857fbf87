"""In whose name a data step works, and what it expects of the records."""

from collections.abc import Callable

from msgspec.structs import replace

from stepwell import feel
from stepwell.engine.data_step import Asked
from stepwell.errors import Forbidden
from stepwell.identity import STEPWELL, Actor
from stepwell.records import filters
from stepwell.records.filters import Filter, Group
from stepwell.services.records.viewer import Viewer

ActorOf = Callable[[str], Actor]
"""Gives a person by the login name, with the roles and rights that count now."""


def worker_of(asked: Asked, actor_of: ActorOf) -> Actor:
    """Who changes the records: the system in the name and time zone of the starter, or the starter with the rights
    of a person.
    """
    if asked.person is not None:
        return actor_of(asked.person) if asked.person else Actor()
    if not asked.starter:
        return STEPWELL
    return replace(STEPWELL, name=asked.starter, time_zone=actor_of(asked.starter).time_zone)


def filter_of(asked: Asked) -> Filter:
    """The filter with the values that it got when the step was entered; everything without one."""
    if not asked.filter:
        return Group("all")
    return filters.read(feel.decode(asked.filter))


def expect_right(viewer: Viewer, type_name: str, verb: str) -> None:
    """Raise ``Forbidden`` if the person may do this with no record of the type at all (D4)."""
    if type_name not in viewer.known.types:
        viewer.type(type_name)
    access = viewer.access(type_name)
    has = {"read": access.see, "change": access.change, "delete": access.delete}
    if access.add if verb == "add" else has[verb] != "none" and access.see != "none":
        return
    who = f"'{viewer.actor.name}'" if viewer.actor.name else "nobody"
    message = (
        f"Expected the right to {verb} records of '{type_name}', because the process works with the rights of its"
        f" starter, but {who} has not got it."
    )
    raise Forbidden("record.not-allowed", message)
