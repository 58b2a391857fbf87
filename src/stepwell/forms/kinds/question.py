"""A question (K3): one answer or several, and the answers are the outcome."""

from typing import Any

from msgspec import Struct

from stepwell.forms.kinds.made import Made, Option, button, choice, page

ANSWER = "answer"


class Question(Struct, frozen=True):
    """The answers to choose from, in this order; ``defaults`` are the codes that are chosen at the beginning.

    The text of the question is the title of the step.
    """

    answers: tuple[Option, ...]
    defaults: tuple[str, ...] = ()
    multiple: bool = False
    required: bool = False


def question_page(question: Question) -> Made:
    """Radio buttons, or check boxes when several may be chosen."""
    field: dict[str, Any] = {
        "type": "checklist" if question.multiple else "radio",
        "key": ANSWER,
        "label": "Answers" if question.multiple else "Answer",
        "values": choice(question.answers),
        "validate": {"required": question.required},
    }
    if question.defaults:
        field["defaultValue"] = list(question.defaults) if question.multiple else question.defaults[0]
    return Made(page([field], button("save", "Save")), {}, outcome=ANSWER)
