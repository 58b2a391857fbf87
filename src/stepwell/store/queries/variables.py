"""The variables of an instance."""

from stepwell.engine.state import LARGE
from stepwell.feel import MISSING
from stepwell.store.session import Session
from stepwell.store.variables import decode, has_own_row, unpack_small

_SELECT = "select name, data from variables where instance_id = ? and scope = ? order by name"
_VALUE = "select data from variables where instance_id = ? and scope = ? and name = ?"


def of_scope(session: Session, instance_id: int, scope: int = 0) -> dict[str, object]:
    """All variables of one scope (0: of the instance) by name, large ones too."""
    found = session.read(_SELECT, instance_id, scope)
    values: dict[str, object] = {}
    for name, packed in found:
        if name == "":
            values = unpack_small(packed) | {
                key: value for key, value in values.items() if value is not LARGE
            }
        elif not has_own_row(name):
            values[name] = decode(packed)
    return values


def value(session: Session, instance_id: int, scope: int, name: str) -> object:
    """One variable of a scope; MISSING if there is none of the name."""
    shared = session.read(_VALUE, instance_id, scope, "")
    found = unpack_small(shared[0][0]).get(name, MISSING) if shared else MISSING
    if found is LARGE:
        own = session.read(_VALUE, instance_id, scope, name)
        return decode(own[0][0]) if own else MISSING
    return found


def kept(session: Session, instance_id: int, scope: int, name: str) -> object:
    """What a scope keeps under a name of the core's own (``@…``); MISSING if there is none."""
    found = session.read(_VALUE, instance_id, scope, name)
    return decode(found[0][0]) if found else MISSING
