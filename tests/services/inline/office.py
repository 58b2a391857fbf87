"""What stories about data steps do with a shop."""

from typing import Any

from stepwell.identity import STEPWELL
from stepwell.services.histories import HistoryEvent
from stepwell.services.incidents import Incident
from stepwell.services.inline.budget import Limits
from stepwell.services.records import reading
from stepwell.services.records.reading import ListAsked
from tests.services.records.conftest import Shop


def run(shop: Shop, xml: bytes, by: str = "ada", **given: object) -> str:
    """Deploy and start the process; gives the number of the instance."""
    shop.engine.deploy(xml)
    return shop.engine.start("p", given, actor=by).id


def limit(shop: Shop, **limits: Any) -> None:
    """Let the transactions of an engine do no more inline."""
    for lane in shop.engine._driver.lanes:
        lane.corridor.limits = Limits(**limits)


def events(shop: Shop, id: str, type: str) -> list[HistoryEvent]:
    return [event for entry in shop.engine.history(id) for event in entry.events if event.type == type]


def counts(shop: Shop, id: str) -> list[int]:
    """How many records each transaction touched."""
    return [event.details.get("count", 0) for event in events(shop, id, "RecordsTouched")]


def stuck(shop: Shop) -> Incident:
    """The only incident."""
    [found] = shop.engine.incidents().items
    return found


def waiting(shop: Shop) -> list[str]:
    """The steps that people can do."""
    return sorted(task.element for task in shop.engine.tasks().items)


def cities(shop: Shop) -> dict[str, Any]:
    """The city of each account by its name."""
    found = reading.page(shop.engine.store, STEPWELL, ListAsked(type="account", limit=200))
    return {record.title: record.values["city"] for record in found.items}
