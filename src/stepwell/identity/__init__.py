"""People, roles and policies: who may do what, in sentences. Knows no database and no HTTP."""

from stepwell.identity.actor import RIGHTS, STEPWELL, Actor, Right, in_the_name_of
from stepwell.identity.role import Role, RoleTree
from stepwell.identity.user import PersonalSettings, User
from stepwell.identity.verdict import Verdict

__all__ = [
    "RIGHTS",
    "STEPWELL",
    "Actor",
    "PersonalSettings",
    "Right",
    "Role",
    "RoleTree",
    "User",
    "Verdict",
    "in_the_name_of",
]
