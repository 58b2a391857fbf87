"""What waits for the people of the demonstration when they look at it for the first time.

All of it comes about by ordinary commands, in the names of these people. Each looks first whether it was carried out before, so
a beginning that was interrupted is gone on with; when it is complete, that is noted, and it does not come again.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from stepwell.identity import STEPWELL
from stepwell.library import Engine
from stepwell.services import comments
from stepwell.services.auditing import note_change
from stepwell.services.user_tasks import Receiver, UserTask
from stepwell.store import audit
from stepwell.store.audit import AuditFilter, Entry

DEMO, BEGUN, RESET = "demo", "demo.begun", "demo.reset"
FIRST = "admin"  # who logs in first
COMPANY, CONTACT, EMAIL = "Fjord Bakery", "Ann Ames", "ann.ames@fjord-bakery.example.org"
REQUEST = "You know them better than I do. Is that a contract we can live with?"
PLANNED = (  # whose, what, its category, and how many days from now at which hour
    (FIRST, "Call Bright Systems about the delivery", "Call", -1, 14),
    (FIRST, "Prepare the numbers of the quarter", "To do", 1, 9),
    ("lena", "Visit Willow Town Hall", "Meeting", 1, 11),
)


def begin(engine: Engine) -> None:
    """Let work wait for the people of the demonstration, once; after a reset once more."""
    last = _last(engine)
    if last is not None and last.action == BEGUN:
        return
    beginning = _Beginning(engine, f"{DEMO}-{last.id if last else 0}")
    beginning.welcome()
    beginning.offer()
    beginning.orders()
    beginning.document()
    beginning.case()
    beginning.activities()
    engine.work()
    note(engine, BEGUN)


def note(engine: Engine, what: str) -> None:
    """Keep what became of the demonstration."""
    with engine.store.transaction() as tx:
        note_change(tx, STEPWELL, (what, DEMO), None, {})


def _last(engine: Engine) -> Entry | None:
    with engine.store.reading() as session:
        found = audit.page(session, AuditFilter(action=DEMO, limit=1))
    return found[0] if found else None


class _Beginning:
    """One beginning; ``key`` tells it from the one before a reset."""

    def __init__(self, engine: Engine, key: str) -> None:
        self.engine = engine
        self.key = key

    def welcome(self) -> None:
        """A new customer, as far as the question what they need; and somebody who is none."""
        instance = self.start("welcome_customer", "W-1", FIRST)
        self.do(instance, "about", "keep", company=COMPANY, city="Bergen", employees=12)
        self.do(instance, "first_contact", "save", name=CONTACT, email=EMAIL)
        self.do(self.start("welcome_customer", "W-2", "lena"), "about", "drop")

    def offer(self) -> None:
        """An offer that has to be drawn up."""
        account = self.record("account", "name", "Bright Systems").id
        self.start("prepare_offer", "P-1", FIRST, account=account)

    def orders(self) -> None:
        """A large order for the managers, and one that is being packed."""
        self.start("order", "O-1", "tom", customer="Stone Academy", amount=2400)
        self.start("order", "O-2", "tom", customer="River Library", amount=180)

    def document(self) -> None:
        """A contract that three people look at, one of whom asks somebody else."""
        document = self.record("document", "number", "D-3050")
        if document.values["status"] == "draft":
            self.change(document.id, "tom", status="in_review")
        vera, reviews = self.engine.actor("vera"), {"process_id": "review_document", "element": "approve"}
        for task in self.tasks(**reviews, assignee="vera"):
            self.engine.reassign(task.id, Receiver(assignee=FIRST), actor=vera)
        for task in self.tasks(**reviews, assignee=FIRST):
            comments.add(self.engine.store, task.id, REQUEST, vera, key=f"{self.key}-{task.id}")

    def case(self) -> None:
        """A case that becomes urgent."""
        case = self.record("case", "number", "C-2073")
        if case.values["priority"] != "high":
            self.change(case.id, "mia", priority="high")

    def activities(self) -> None:
        """What people planned: something is over its time, and something comes tomorrow."""
        today = datetime.fromtimestamp(time.time(), UTC).replace(minute=0, second=0, microsecond=0)
        for owner, subject, category, days, hour in PLANNED:
            start = today.replace(hour=hour) + timedelta(days=days)
            values = {"start": start, "due": start + timedelta(hours=1)}
            known = self.engine.records.page("activity", filter={"field": "subject", "value": subject}).items
            if known:
                self.change(known[0].id, owner, **values)
            else:
                more = {"subject": subject, "category": category, "owner": owner, "in_calendar": True}
                self.engine.records.by(self.engine.actor(owner)).add("activity", {**more, **values})

    # -- ordinary commands, each carried out once -----------------------------------------------------

    def start(self, process: str, business_key: str, who: str, **values: Any) -> str:
        known = self.engine.instances(process_id=process, business_key=business_key, starter=who).items
        if known:
            return known[0].id
        started = self.engine.start(
            process, values, actor=self.engine.actor(who), business_key=business_key,
            idempotency_key=f"{self.key}-{business_key}",
        )  # fmt: skip
        return started.id

    def do(self, instance: str, element: str, button: str, **values: Any) -> None:
        for task in self.tasks(instance=instance, element=element):
            actor = self.engine.actor(task.assignee)
            self.engine.open_page(task.id, actor=actor)
            key = f"{self.key}-{task.id}"
            self.engine.complete(task.id, values, button=button, actor=actor, idempotency_key=key)

    def tasks(self, **which: Any) -> tuple[UserTask, ...]:
        """The open steps, when what machines have to do before them is done."""
        self.engine.work()
        return self.engine.tasks(**which).items

    def record(self, type: str, field: str, value: str) -> Any:
        return self.engine.records.page(type, filter={"field": field, "value": value}, limit=1).items[0]

    def change(self, id: str, who: str, **values: object) -> None:
        self.engine.records.by(self.engine.actor(who)).change(id, values)
