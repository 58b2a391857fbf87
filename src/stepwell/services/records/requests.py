"""What can be asked of the corridor about records: a wish is data, as every other one."""

from collections.abc import Mapping
from typing import Any

from stepwell.identity import Actor
from stepwell.services import given
from stepwell.services.requests import Request


class OnRecords(Request, frozen=True, gc=False):
    """A wish of a person about records of one type."""

    type: str


class AddRecord(OnRecords, frozen=True, gc=False):
    """Add a record with these values."""

    values: Mapping[str, Any]


class ChangeRecord(OnRecords, frozen=True, gc=False):
    """Give a record these values; with ``revision`` only if nobody saved since that one. ``cancel_step``: the step that
    waits for an activity ends when that is cancelled.
    """

    id: str
    values: Mapping[str, Any]
    revision: int | None = None
    cancel_step: bool = False


class DeleteRecord(OnRecords, frozen=True, gc=False):
    """Delete a record; with ``revision`` only if nobody saved since that one."""

    id: str
    revision: int | None = None


class ImportRecords(OnRecords, frozen=True, gc=False):
    """Add and change the records of a CSV file, all or none; ``key`` is the field by which they are known."""

    text: str
    key: str = ""
    is_trial: bool = False


def add(by: Actor, type: str, values: Mapping[str, Any], *, idempotency_key: str = "") -> AddRecord:
    """Add a record; carried out, ``Invalid`` with everything that does not fit."""
    return AddRecord(by=by, type=type, values=values, idempotency_key=_key(idempotency_key))


def change(
    by: Actor,
    place: tuple[str, str],
    values: Mapping[str, Any],
    revision: int | None = None,
    *,
    cancel_step: bool = False,
    idempotency_key: str = "",
) -> ChangeRecord:
    """Change the record (type, id); carried out, ``Conflict`` when somebody saved since ``revision``."""
    type, id = place
    return ChangeRecord(
        by=by,
        type=type,
        id=id,
        values=values,
        revision=revision,
        cancel_step=cancel_step,
        idempotency_key=_key(idempotency_key),
    )


def delete(
    by: Actor, place: tuple[str, str], revision: int | None = None, *, idempotency_key: str = ""
) -> DeleteRecord:
    """Delete the record (type, id); carried out, ``Conflict`` when others link to it."""
    type, id = place
    return DeleteRecord(by=by, type=type, id=id, revision=revision, idempotency_key=_key(idempotency_key))


def import_csv(
    by: Actor, type: str, text: str, key: str = "", *, is_trial: bool = False, idempotency_key: str = ""
) -> ImportRecords:
    """Import a CSV file; with ``is_trial`` only say what would happen."""
    return ImportRecords(
        by=by,
        type=type,
        text=text,
        key=key,
        is_trial=is_trial,
        idempotency_key=_key(idempotency_key),
    )


def _key(given_key: str) -> str:
    return given.text(given_key, "Idempotency-Key")
