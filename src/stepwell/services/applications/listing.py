"""Which applications were deployed."""

from datetime import datetime

from msgspec import Struct

from stepwell.identity import Actor
from stepwell.identity.policies import application as policy
from stepwell.services.allowing import allow
from stepwell.services.moments import moment
from stepwell.store import Store, applications
from stepwell.store.applications import Application


class ApplicationView(Struct, frozen=True):
    """An application, who deployed it last, and when."""

    name: str
    label: str
    version: str
    deployed_at: datetime
    deployed_by: str


class Applications(Struct, frozen=True):
    """All applications, by name."""

    items: tuple[ApplicationView, ...]


def everything(store: Store, actor: Actor) -> Applications:
    """The applications that were deployed, for those who may deploy some."""
    verdict = policy.may_see_applications(actor)
    allow(verdict, "application.forbidden", "Expected to be allowed to see applications")
    with store.reading() as session:
        return Applications(tuple(map(_view, applications.everything(session))))


def _view(found: Application) -> ApplicationView:
    at = moment(found.deployed_at)
    return ApplicationView(found.name, found.label, found.version, at, found.deployed_by)
