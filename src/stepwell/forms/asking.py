"""What the check of a page asks about things outside of it, once for each kind at the end."""

from collections.abc import Collection, Iterator
from typing import Any, Protocol

from stepwell.forms.context import Scope
from stepwell.forms.draft import compiled, show
from stepwell.forms.page import Input
from stepwell.forms.values import Wrong

Id = str | int


class Records(Protocol):
    """Who knows the records and attachments of the installation, with the rights of the person."""

    def missing(self, record_type: str, condition: object, ids: Collection[Id]) -> Collection[Id]:
        """Those of ``ids`` that are no records of the type, do not meet the filter, or may not be seen.

        ``condition`` is the filter of the page with values in place of FEEL; None: every record.
        """

    def missing_files(self, ids: Collection[Id]) -> Collection[Id]:
        """Those of ``ids`` that are no attachments of the step."""


class Question:
    """Records of one type under one filter, with where each was chosen."""

    __slots__ = ("condition", "found", "record_type")

    def __init__(self, record_type: str, condition: object) -> None:
        self.record_type = record_type
        self.condition = condition
        self.found: list[tuple[Input, str, Id]] = []

    def missing(self, records: Records) -> Collection[Id]:
        """The ids that are not there."""
        ids = list(dict.fromkeys(id for _, _, id in self.found))
        if not self.record_type:
            return records.missing_files(ids)
        return records.missing(self.record_type, self.condition, ids)


class Questions:
    """All that has to be asked about a page."""

    __slots__ = ("asked",)

    def __init__(self) -> None:
        self.asked: dict[tuple[str, str], Question] = {}

    def note(self, field: Input, where: str, value: Any, scope: Scope) -> None:
        """Remember to ask about what was chosen in a field."""
        record_type, condition = "", None
        if field.choice is not None:
            record_type, condition = field.choice.record_type, filled(field.choice.condition, scope)
        key = (record_type, repr(condition))
        question = self.asked.setdefault(key, Question(record_type, condition))
        question.found += [(field, where, id) for id in (value if isinstance(value, list) else [value])]

    def wrong(self, records: Records) -> Iterator[tuple[Input, str, Wrong]]:
        """What turned out not to be there."""
        for question in self.asked.values():
            missing = set(question.missing(records))
            rule = "value.record-unknown" if question.record_type else "value.file-unknown"
            wanted = (
                f"be a {question.record_type} that can be chosen"
                if question.record_type
                else "be an attachment of the step"
            )
            for field, where, id in question.found if missing else ():
                if id in missing:
                    yield field, where, Wrong(rule, wanted, f"it is {show(id)}")


def filled(condition: Any, scope: Scope) -> Any:
    """A filter with the values of its expressions."""
    if isinstance(condition, list):
        return [filled(inner, scope) for inner in condition]
    if not isinstance(condition, dict):
        return condition
    found = {
        name: filled(condition[name], scope) if name in ("all", "any") else condition[name]
        for name in condition
    }
    expression = compiled(condition.get("value"))
    return found if expression is None else {**found, "value": scope.evaluate(expression)}
