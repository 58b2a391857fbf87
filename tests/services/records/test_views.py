"""Saved views: a person's own, and shared ones."""

from typing import Any

import pytest

from stepwell.errors import Forbidden, Invalid, NotFound
from stepwell.identity import STEPWELL
from stepwell.identity.policies.record import RecordRight
from stepwell.services.records import views
from stepwell.services.records.views import Given, SavedView, ViewContent
from tests.services.records.conftest import ADA, BOB, EVE, Shop

CONTENT = ViewContent(
    columns=("subject",),
    filter={"field": "account.city", "op": "=", "value": "Oslo"},
    sort=("-subject",),
    more={"width": 5},
)


@pytest.fixture
def office(shop: Shop) -> Shop:
    for type in ("case", "account"):
        shop.give(type, RecordRight(role="Sales", see="all"))
    return shop


def add(shop: Shop, by: Any, label: str = "Mine", subject: str = "case", **more: Any) -> SavedView:
    given = Given(label=label, content=more.pop("content", CONTENT), shared=more.pop("shared", False))
    return views.add(shop.engine.store, by, subject, given, **more)


def labels(shop: Shop, by: Any, subject: str = "case") -> list[str]:
    return [view.label for view in views.page(shop.engine.store, by, subject)]


def test_a_view_is_kept_as_it_was_given(office: Shop) -> None:
    made = add(office, ADA)
    assert views.page(office.engine.store, ADA, "case") == (made,)
    assert (made.content, made.owner, made.may_change) == (CONTENT, "ada", True)


def test_others_see_only_what_is_shared(office: Shop) -> None:
    add(office, ADA, "Mine")
    add(office, ADA, "Ours", shared=True)
    assert labels(office, ADA) == ["Mine", "Ours"]
    assert labels(office, BOB) == ["Ours"]


def test_only_its_owner_and_administrators_change_a_view(office: Shop) -> None:
    mine, ours = add(office, ADA), add(office, ADA, "Ours", shared=True)
    other = Given(label="Changed", content=CONTENT)
    with pytest.raises(Forbidden):
        views.change(office.engine.store, BOB, ours.id, other)
    with pytest.raises(NotFound):
        views.remove(office.engine.store, BOB, mine.id)
    assert views.change(office.engine.store, STEPWELL, ours.id, other).label == "Changed"
    views.remove(office.engine.store, ADA, mine.id)
    assert labels(office, ADA) == ["Changed"]


@pytest.mark.parametrize("content", [
    ViewContent(columns=("nothing",)), ViewContent(filter={"field": "nothing"}), ViewContent(sort=("note",)),
    ViewContent(more={"x": "y" * 20_000}),
])  # fmt: skip
def test_what_the_record_type_can_not_show_is_refused(office: Shop, content: ViewContent) -> None:
    with pytest.raises(Invalid):
        add(office, ADA, content=content)


@pytest.mark.parametrize(("label", "subject"), [("", "case"), ("x" * 201, "case"), ("x", "Case"), ("x", "")])
def test_a_view_has_a_label_and_a_subject(office: Shop, label: str, subject: str) -> None:
    with pytest.raises(Invalid):
        add(office, ADA, label, subject)


def test_other_lists_of_the_web_app_keep_views_too(office: Shop) -> None:
    add(office, EVE, "Late", "user-tasks", content=ViewContent(more={"group": "day"}))
    assert labels(office, EVE, "user-tasks") == ["Late"]


def test_views_of_records_one_may_not_see_are_not_there(office: Shop) -> None:
    add(office, ADA, shared=True)
    with pytest.raises(NotFound):
        labels(office, EVE)
    with pytest.raises(NotFound):
        add(office, EVE)


def test_the_same_request_again_keeps_one_view(office: Shop) -> None:
    assert add(office, ADA, key="k1") == add(office, ADA, key="k1")
    assert labels(office, ADA) == ["Mine"]
