"""One example for each body, shown in the API's description."""

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "StartInstance": {"process_id": "order", "variables": {"customer": "Ada", "amount": 50}, "business_key": "O-4711"},
    "CancelInstance": {"reason": "ordered twice"},
    "SetVariables": {"variables": {"amount": 120}, "reason": "typing error"},
    "ClaimUserTask": {},
    "ReleaseUserTask": {},
    "ClaimMany": {"ids": ["17-3", "18-3"]},
    "StartMany": {"records": ["contact/17", "contact/18"], "variables": {"reason": "birthday"}},
    "SetFavourite": {"is_favourite": True},
    "CompleteUserTask": {"variables": {"approved": True}},
    "PublishMessage": {"name": "payment-received", "key": "O-4711", "variables": {"amount": 120}},
    "ThrowSignal": {"name": "office-closed"},
    "RetryIncident": {"reason": "the mail server is back"},
    "Nothing": {},
    "LogIn": {"name": "ada", "password": "a password of ten characters"},
    "ChangePassword": {"old": "a password of ten characters", "new": "another one of ten characters"},
    "ChangeSettings": {"opens_steps": False, "digest": "daily", "language": "de", "time_zone": "Europe/Vienna"},
    "AddApiToken": {"name": "monthly report", "scope": "read", "days": 365},
    "AddPerson": {
        "name": "ada", "display_name": "Ada Byron", "email": "ada@example.org", "time_zone": "Europe/London",
        "language": "en", "password": "a password of ten characters",
    },
    "ChangePerson": {"display_name": "Ada Lovelace", "email": "lovelace@example.org"},
    "SetPassword": {"password": "a password of ten characters"},
    "AddRole": {"name": "clerks", "label": "Clerks of the office", "rights": ["operate"]},
    "ChangeRole": {"label": "Clerks", "rights": []},
    "ChangeMembers": {"people": ["ada", "bob"]},
    "AddRecordType": {"definition": {"name": "contact", "label": "Contact", "title": "name", "fields": [
        {"name": "name", "type": "text", "required": True},
        {"name": "email", "type": "text", "unique": True},
        {"name": "account", "type": "link", "to": "account", "on_delete": "clear"},
    ]}},
    "ChangeRecordType": {"definition": {"fields": [{"name": "full_name", "was": "name", "type": "text"}]}},
    "RemoveRecordType": {"with_data": True},
    "SetRecordRights": {"rights": [{"role": "sales", "see": "all", "add": True, "change": "own", "delete": "none"}]},
    "AddRecord": {"values": {"name": "Ada", "email": "ada@example.org", "account": "17"}},
    "ChangeRecord": {"values": {"email": "byron@example.org"}, "revision": 1},
    "DeleteRecord": {"revision": 2},
    "AddSavedView": {"subject": "contact", "label": "In Oslo", "content": {
        "columns": ["name", "account"], "filter": {"field": "account.city", "op": "=", "value": "Oslo"}, "sort": ["name"],
    }},
    "ChangeSavedView": {"label": "In Oslo", "shared": True},
}  # fmt: skip
