"""One page for each kind of step for a person: made, shown by the one renderer, and taken back as an outcome."""

from stepwell.forms.kinds.activity import ActivityPage, activity_page, with_result
from stepwell.forms.kinds.approval import APPROVED, REJECTED, Approval, approval_page, verdict
from stepwell.forms.kinds.drawn import DrawnPage, drawn_page
from stepwell.forms.kinds.email_draft import EmailDraft, email_page
from stepwell.forms.kinds.made import Made, Option, Taken, take
from stepwell.forms.kinds.plain import plain_page
from stepwell.forms.kinds.question import Question, question_page
from stepwell.forms.kinds.record_page import RecordPage, record_page
from stepwell.forms.outcome import Outcome

__all__ = [
    "APPROVED",
    "REJECTED",
    "ActivityPage",
    "Approval",
    "DrawnPage",
    "EmailDraft",
    "Made",
    "Option",
    "Outcome",
    "Question",
    "RecordPage",
    "Taken",
    "activity_page",
    "approval_page",
    "drawn_page",
    "email_page",
    "plain_page",
    "question_page",
    "record_page",
    "take",
    "verdict",
    "with_result",
]
