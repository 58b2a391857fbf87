"""Generated pages: each kind is a page like any other, and what is sent for it becomes an outcome."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from stepwell import feel, forms
from stepwell.errors import Invalid
from stepwell.forms import kinds
from stepwell.forms.describe import KINDS, FieldShown, RecordForm, Section
from stepwell.forms.kinds import Made, Option, Outcome, Taken
from tests.forms.pages import NOON, Shelf


def sent(made: Made, button: str, shelf: Shelf | None = None, **values: Any) -> Taken:
    """What a page of this kind gives when it is stored, opened, filled in and left."""
    page = forms.stored(forms.encode(made.schema))
    begun = forms.begin(page, made.values, NOON)
    around = forms.Around(begun, NOON, shelf or Shelf())
    return kinds.take(made, forms.check(page, forms.Sent(button, values), around))


def wrong(made: Made, button: str, **values: Any) -> list[str]:
    with pytest.raises(Invalid) as refusal:
        sent(made, button, **values)
    return [problem.field for problem in refusal.value.problems]


def begun(made: Made) -> dict[str, Any]:
    page = forms.read(made.schema)
    return forms.to_show(page, forms.begin(page, made.values, NOON))


YES_NO = (Option("yes", "Yes, please"), Option("no"))

# -- question --------------------------------------------------------------------------------------------


def test_k3_the_answer_is_the_outcome() -> None:
    asked = kinds.question_page(kinds.Question(YES_NO))
    assert sent(asked, "save", answer="no") == Taken(Outcome("no"), {})


def test_k3_several_answers_are_a_list() -> None:
    asked = kinds.question_page(kinds.Question(YES_NO, multiple=True))
    assert sent(asked, "save", answer=["yes", "no"]).outcome == Outcome(["yes", "no"])


def test_k3_an_answer_that_is_not_offered_is_refused() -> None:
    assert wrong(kinds.question_page(kinds.Question(YES_NO)), "save", answer="maybe") == ["answer"]


@pytest.mark.parametrize(("multiple", "nothing"), [(False, None), (True, [])])
def test_k3_an_answer_may_be_left_out_unless_it_is_required(multiple: bool, nothing: object) -> None:
    free, strict = (kinds.Question(YES_NO, (), multiple, required) for required in (False, True))
    assert sent(kinds.question_page(free), "save", answer=nothing).outcome.value == nothing
    assert wrong(kinds.question_page(strict), "save", answer=nothing) == ["answer"]


@pytest.mark.parametrize(
    ("multiple", "defaults", "chosen"), [(False, ("no",), "no"), (True, ("yes", "no"), ["yes", "no"])]
)
def test_k3_answers_may_be_chosen_beforehand(
    multiple: bool, defaults: tuple[str, ...], chosen: object
) -> None:
    assert begun(kinds.question_page(kinds.Question(YES_NO, defaults, multiple))) == {"answer": chosen}


# -- pages with fields of the author ---------------------------------------------------------------------


DRAWN = {
    "components": [{"type": "textfield", "key": "city", "validate": {"required": True}}],
    "buttons": [{"code": "back", "validates": False}, {"code": "on"}],
}


def test_k5_the_button_is_the_outcome_and_the_values_are_variables() -> None:
    made = kinds.drawn_page(kinds.DrawnPage(DRAWN, given={"city": "Rome"}))
    assert sent(made, "on", city="Oslo") == Taken(Outcome("on"), {"city": "Oslo"})
    assert begun(made) == {"city": "Rome"}


def test_k5_the_buttons_of_the_step_stand_in_for_those_of_the_page() -> None:
    made = kinds.drawn_page(kinds.DrawnPage(DRAWN, buttons=({"code": "send"},)))
    assert [button.code for button in forms.read(made.schema).buttons] == ["send"]


def test_k4_a_page_is_made_of_its_fields() -> None:
    fields = (
        FieldShown("note", "note", "Please check = everything"),
        FieldShown("city", "text", "City", required=True, longest=5),
        FieldShown("more", "block", "More"),
        FieldShown("days", "integer", "Days"),
        FieldShown("who", "lookup", "Who", record_type="Contact", condition={"field": "a", "op": "="}),
    )
    made = kinds.drawn_page(kinds.DrawnPage(fields=fields))
    values = {"city": "Rome", "days": 3, "who": "c1"}
    assert sent(made, "save", Shelf("c1"), **values).values == values
    assert wrong(made, "save", city="Naples", days=1.5) == ["city", "days"]


@pytest.mark.parametrize("kind", KINDS)
def test_k4_every_kind_of_field_makes_a_component(kind: Any) -> None:
    made = kinds.drawn_page(kinds.DrawnPage(fields=(FieldShown("a", kind, "A", True, record_type="R" * (kind in ("lookup", "link", "links"))),)))  # fmt: skip
    assert forms.read(made.schema).buttons[0].code == "save"


def test_k4_numbers_of_fields_are_exact() -> None:
    made = kinds.drawn_page(
        kinds.DrawnPage(fields=(FieldShown("price", "money"),), given={"price": Decimal("0.10")})
    )
    assert begun(made) == {"price": "0.1"}
    assert sent(made, "save", price="19.99").values == {"price": Decimal("19.99")}


@pytest.mark.parametrize("label", ["= 1 + 1", "{{name}}", 'a "quoted" {{x}}', "back\\slash {{x}}"])
def test_a_label_that_looks_like_an_expression_is_shown_as_it_is(label: str) -> None:
    made = kinds.drawn_page(kinds.DrawnPage(fields=(FieldShown("a", "text", label),)))
    written = made.schema["components"][0]["label"]

    assert feel.compile(written.removeprefix("=")).evaluate(lambda _name: None) == label


# -- records ---------------------------------------------------------------------------------------------

CONTACT = RecordForm(
    "Contact",
    "Contact",
    (
        FieldShown("name", "text", "Name", required=True),
        FieldShown("born", "date", "Born"),
        FieldShown("status", "lookup", "Status", record_type="Status"),
        FieldShown("total", "calculated", "Total"),
    ),
    (Section("Person", ("name", "born")), Section("State", ("status", "gone"))),
    "tabs",
)


def test_k2_a_record_page_shows_the_fields_in_their_sections() -> None:
    page = forms.read(kinds.record_page(kinds.RecordPage(CONTACT)).schema)
    assert page.layout is not None
    assert [(part.title, part.groups) for part in page.layout.parts] == [
        ("Person", ("section_1",)), ("State", ("section_2",)),
    ]  # fmt: skip
    assert set(page.names) == {"name", "born", "status", "total"}


def test_k2_it_begins_with_the_record_or_the_defaults() -> None:
    made = kinds.record_page(kinds.RecordPage(CONTACT, {"name": "Ann", "born": date(2001, 2, 3), "id": "c1"}))
    assert begun(made) == {"name": "Ann", "born": "2001-02-03", "status": None, "total": ""}


def test_k2_a_lookup_field_may_be_the_outcome() -> None:
    made = kinds.record_page(kinds.RecordPage(CONTACT, outcome_field="status"))
    assert sent(made, "save", Shelf("s1"), name="Ann", status="s1").outcome == Outcome("s1")


def test_k2_what_is_calculated_can_not_be_written() -> None:
    made = kinds.record_page(kinds.RecordPage(CONTACT, {"total": "5"}))
    page = forms.read(made.schema)
    around = forms.Around(forms.begin(page, made.values, NOON), NOON, Shelf())
    assert forms.check(page, forms.Sent("save", {"name": "A", "total": "9"}), around).values["total"] == "5"


# -- approval --------------------------------------------------------------------------------------------


def test_k6_the_verdict_is_the_outcome_and_the_comment_is_remembered() -> None:
    summary = (FieldShown("name", "text", "Name", required=True),)
    made = kinds.approval_page(kinds.Approval("Contact", summary, {"name": "Ann"}))
    assert begun(made) == {"record": {"name": "Ann"}, "comment": ""}
    assert sent(made, "rejected", comment="no").outcome == Outcome("rejected", {"comment": "no"})


@pytest.mark.parametrize("button", [kinds.APPROVED, kinds.REJECTED])
def test_k6_an_approval_needs_no_summary_and_no_comment(button: str) -> None:
    assert sent(kinds.approval_page(kinds.Approval()), button).outcome == Outcome(button, {"comment": ""})


A, R = kinds.APPROVED, kinds.REJECTED


@pytest.mark.parametrize(
    ("needed", "votes", "certain"),
    [
        ("one", [None, None], None),
        ("one", [R, None], R),
        ("one", [None, A], A),
        ("any", [R, None], None),
        ("any", [R, A], A),
        ("any", [R, R], R),
        ("all", [A, None], None),
        ("all", [A, A], A),
        ("all", [R, None], R),
        (2, [A, None, None], None),
        (2, [A, R, A], A),
        (2, [R, R, None], R),
        (4, [A, A, A], R),
    ],
)
def test_k6_the_verdict_of_several_is_there_as_soon_as_it_is_certain(
    needed: Any, votes: Any, certain: Any
) -> None:
    assert kinds.verdict(needed, votes) == certain


# -- e-mail ----------------------------------------------------------------------------------------------

MAIL = kinds.EmailDraft(
    "us@example.org", "ann@example.org", subject="Hello", text="a\nb", attachments=("f1",)
)


def test_k8_a_mail_is_prefilled_and_what_is_sent_is_remembered() -> None:
    made = kinds.email_page(MAIL)
    assert begun(made)["attachments"] == ["f1"]
    found = sent(made, "sent", Shelf(files=["f1"]), to="Bert <bert@example.org>, ann@example.org", text="c")
    assert found.outcome.value == "sent"
    assert found.outcome.details == {
        "from": "us@example.org", "to": "Bert <bert@example.org>, ann@example.org", "cc": "", "bcc": "",
        "subject": "Hello", "text": "c", "attachments": ["f1"],
    }  # fmt: skip
    assert found.values == {}


@pytest.mark.parametrize(
    "to", ["", "ann", "ann@example.org bert@example.org", "ann@", "a@b,", "a@b\nBcc: c@d", "x\r\n<a@b>"]
)
def test_k8_wrong_addresses_are_refused(to: str) -> None:
    made = kinds.email_page(kinds.EmailDraft(to="a@b", subject="x"))
    assert wrong(made, "sent", to=to) == ["to"]


# -- activity and plain ----------------------------------------------------------------------------------

RESULTS = (Option("reached", "Reached"), Option("later", "Call again"))


def test_k1_the_result_is_the_outcome() -> None:
    activity = {"subject": "Call", "start": NOON, "due": NOON, "owner": "u1"}
    made = kinds.activity_page(kinds.ActivityPage(RESULTS, activity))
    found = sent(made, "done", Shelf("u1"), result="reached", resultDetails="fine")
    assert found.outcome.value == "reached"
    assert found.outcome.details["resultDetails"] == "fine"
    assert found.outcome.details["start"] == NOON


def test_k1_an_activity_is_not_done_without_a_result() -> None:
    made = kinds.activity_page(kinds.ActivityPage(RESULTS, {"subject": "Call", "start": NOON, "due": NOON}))
    assert wrong(made, "done", result=None) == ["result"]


def test_k1_an_activity_can_be_saved_for_later_without_one() -> None:
    made = kinds.activity_page(kinds.ActivityPage(RESULTS, {"subject": "Call", "start": NOON, "due": NOON}))
    assert forms.read(made.schema).button("later").completes is False  # type: ignore[union-attr]
    assert sent(made, "later", result=None).outcome.value is None


def test_k7_a_plain_step_has_nothing_but_done() -> None:
    assert sent(kinds.plain_page(), "done") == Taken(Outcome("done"), {})


@pytest.mark.parametrize(
    ("made", "button", "values"),
    [
        (kinds.plain_page(), "done", {}),
        (kinds.question_page(kinds.Question(YES_NO)), "save", {"answer": "yes"}),
        (kinds.drawn_page(kinds.DrawnPage(DRAWN)), "on", {"city": "Rome"}),
        (kinds.approval_page(kinds.Approval()), "approved", {}),
    ],
)
def test_s7_any_page_may_ask_for_the_result_of_its_activity(made: Made, button: str, values: Any) -> None:
    both = kinds.with_result(made, RESULTS)
    asked = {"_activity": {"result": "later", "details": "busy"}}
    found, alone = sent(both, button, **values, **asked), sent(made, button, **values)
    assert (found.activity_result, found.activity_details) == ("later", "busy")
    assert (found.outcome, found.values) == (alone.outcome, alone.values)
    assert sent(both, button, **values).activity_result is None
