"""An e-mail to check and send (K8)."""

from typing import Any

from msgspec import Struct

from stepwell.forms.kinds.made import Made, button, page

SENT = "sent"
_ADDRESS = r"([^,;<>@\n\r]*<[ ]*)?[^\s,;@<>]+@[^\s,;@<>]+[ ]*>?"
_ADDRESSES = rf"^[ ]*{_ADDRESS}([ ]*[,;][ ]*{_ADDRESS})*[ ]*$"
_MESSAGE = "Expected addresses such as ann@example.org, separated by commas."


class EmailDraft(Struct, frozen=True):
    """The mail as the author prefilled it; ``attachments`` are ids of attachments of the step."""

    sender: str = ""
    to: str = ""
    cc: str = ""
    bcc: str = ""
    subject: str = ""
    text: str = ""
    attachments: tuple[str | int, ...] = ()


def email_page(draft: EmailDraft) -> Made:
    """The fields of a mail, and Send."""
    fields = [
        _addresses("from", "From"),
        _addresses("to", "To", required=True),
        _addresses("cc", "Cc"),
        _addresses("bcc", "Bcc"),
        {
            "type": "textfield",
            "key": "subject",
            "label": "Subject",
            "validate": {"required": True, "maxLength": 500},
        },
        {"type": "textarea", "key": "text", "label": "Text"},
        {"type": "filepicker", "key": "attachments", "label": "Attachments", "multiple": True},
    ]
    values: dict[str, object] = {
        "from": draft.sender,
        "to": draft.to,
        "cc": draft.cc,
        "bcc": draft.bcc,
        "subject": draft.subject,
        "text": draft.text,
        "attachments": list(draft.attachments),
    }
    return Made(page(fields, button(SENT, "Send")), values, details=tuple(values))


def _addresses(key: str, label: str, *, required: bool = False) -> dict[str, Any]:
    rules = {"required": required, "pattern": _ADDRESSES, "patternErrorMessage": _MESSAGE}
    return {"type": "textfield", "key": key, "label": label, "validate": rules}
