"""Steps with activities and pages of records, drawn with few words, and what people do with them."""

from typing import Any

from stepwell.identity import STEPWELL, Actor
from stepwell.services import user_tasks
from stepwell.services.user_tasks import Filled, UserTask
from tests.services.records.conftest import Shop


def step(id: str, *extensions: str) -> str:
    """A step for a person with these settings."""
    inner = "".join(extensions)
    return f'<bpmn:userTask id="{id}" name="{id.capitalize()}"><bpmn:extensionElements>{inner}</bpmn:extensionElements></bpmn:userTask>'


def activity(*results: str, category: str = "Call") -> str:
    """An activity step (K1), limited to these results."""
    inner = "".join(f'<stepwell:result code="{code}"/>' for code in results)
    return f'<stepwell:activityStep category="{category}">{inner}</stepwell:activityStep>'


SWITCH = '<stepwell:activity category="Meeting" showInCalendar="true"/>'
QUESTION = '<stepwell:question required="true"><stepwell:answer code="yes"/><stepwell:answer code="no"/></stepwell:question>'


def record_page(filter: str = "", **settings: str) -> str:
    given = {"recordType": "account", **settings}
    written = "".join(f' {name}="{value}"' for name, value in given.items())
    return f"<stepwell:recordPage{written}>{filter}</stepwell:recordPage>"


def for_user(name: str) -> str:
    return f'<stepwell:assignment user="{name}"/>'


def for_role(name: str) -> str:
    return f'<stepwell:assignment roles="{name}"/>'


def the_task(shop: Shop, element: str = "") -> UserTask:
    """The only open step, or the one of an element."""
    [found] = [task for task in shop.engine.tasks().items if element in ("", task.element)]
    return found


def press(shop: Shop, task: UserTask, by: Actor | str = "ada", **values: Any) -> Any:
    """Fill in the page of a step and press its only completing button, or ``button``."""
    button, revision = values.pop("button", ""), values.pop("revision", None)
    actor = by if isinstance(by, Actor) else Actor(by)
    filled = Filled(values=values, button=button, revision=revision)
    from stepwell.services.progress import progress

    return progress(shop.engine.submit(user_tasks.complete(task.id, filled, actor=actor)))


def record_of(shop: Shop, task: UserTask) -> dict[str, Any]:
    """The activity of a step as it is now."""
    found: dict[str, Any] = shop.load(task.activity, STEPWELL).values
    return found


def settle(shop: Shop) -> None:
    """Carry out all deliveries."""
    shop.engine.work()
