"""An installation with a few people and records, for stories of the core."""

from dataclasses import dataclass, field

from stepwell.engine.surroundings import ActivityPlan, Assignment, Offered, RecordFound, RecordPlace
from stepwell.forms.describe import FieldShown, RecordForm

ORDER = RecordForm(
    "order", "Order", (FieldShown("number", "text", "Number"), FieldShown("total", "money", "Total"))
)


@dataclass
class Company:
    """Managers by person; ``away`` can do nothing, ``barred_from`` are records that nobody may change."""

    managers: dict[str, str] = field(default_factory=lambda: {"ann": "bob"})
    away: set[str] = field(default_factory=set)
    barred_from: set[str] = field(default_factory=set)
    records: dict[str, RecordFound] = field(
        default_factory=lambda: {"order/7": RecordFound("O-7", {"number": "O-7", "total": 120})}
    )
    mails: dict[str, str] = field(default_factory=lambda: {"party": "Dear {name}!"})
    planned: list[dict[str, object]] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)
    languages: dict[str, str] = field(default_factory=dict)

    def language(self, person: str) -> str:
        return self.languages.get(person, "")

    def knows(self, person: str) -> bool:
        return person not in self.strangers

    def manager(self, person: str) -> str:
        return self.managers.get(person, "")

    def unfit(self, assignment: Assignment) -> str:
        if assignment.assignee in self.strangers:
            return f"there is no person '{assignment.assignee}'"
        names = [assignment.assignee] if assignment.assignee else [*assignment.users, *assignment.roles]
        return f"{names[0]} is away" if names and self.away.issuperset(names) else ""

    def barred(self, assignment: Assignment, place: RecordPlace) -> str:
        if place.number and place.reference not in self.records:
            return f"there is no record {place.reference}"
        return (
            f"{assignment.assignee} may not change {place.reference}"
            if place.reference in self.barred_from
            else ""
        )

    def form(self, record_type: str, *, is_new: bool = False) -> RecordForm | None:
        return ORDER if record_type == "order" else None

    def record(self, place: RecordPlace) -> RecordFound | None:
        return self.records.get(place.reference)

    def plan_activity(self, values: dict[str, object], offered: Offered) -> ActivityPlan:
        self.planned.append(values)
        hindrance = "there is no such category" if values.get("category") == "Fishing" else ""
        return ActivityPlan(len(self.planned), offered or ("Completed",), hindrance)

    def labels(self, lookup: str, codes: tuple[str, ...]) -> dict[str, str]:
        return {"Completed": "Done and dusted"}

    def mail_template(self, name: str) -> str | None:
        return self.mails.get(name)
