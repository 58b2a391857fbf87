"""People, roles and policies: who may do what, in sentences. Knows no database and no HTTP."""

from stepwell.identity.actor import STEPWELL, Actor, Right

__all__ = ["STEPWELL", "Actor", "Right"]
