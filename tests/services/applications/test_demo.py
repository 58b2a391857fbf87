"""The demo: it deploys without a problem, shows every kind of step, runs, and can be as at the beginning again."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast

import pytest

import stepwell
from stepwell import config, greeting
from stepwell.errors import Invalid
from stepwell.library import Engine
from stepwell.services import inboxes, people, roles
from stepwell.services.applications import folders
from stepwell.services.requests import Done, Request
from stepwell.services.user_tasks import UserTask
from tests.services.applications.small import deploy, export, process

FOLDER = greeting.demo_folder()
FILES = {path: path.read_text() for path in sorted((FOLDER / "processes").glob("*.bpmn"))}
EVERYTHING = "\n".join(FILES.values())


@pytest.fixture
def demo(database_url: str) -> Iterator[Engine]:
    with stepwell.open(database_url, upgrade=False) as engine:
        greeting.deploy(engine)
        yield engine


def tasks(engine: Engine, process_id: str) -> list[UserTask]:
    return sorted(engine.tasks(process_id=process_id).items, key=lambda task: task.title)


def do(engine: Engine, task: UserTask, button: str = "", who: str = "", **values: Any) -> None:
    actor = engine.actor(who or task.assignee)
    engine.open_page(task.id, actor=actor)
    engine.complete(task.id, values, button=button, actor=actor)
    engine.work()


def records(engine: Engine, type: str, field: str, value: str) -> list[Any]:
    return list(engine.records.page(type, filter={"field": field, "value": value}, limit=200).items)


def incidents(engine: Engine) -> list[str]:
    return [item.message for item in engine.incidents().items]


# -- the folder -------------------------------------------------------------------------------------------


def test_the_demo_deploys_without_even_a_warning_and_only_once(demo: Engine) -> None:
    again = demo.applications.deploy(FOLDER)
    assert (again.changed, again.kept, again.problems) == ((), (), ())


def test_an_export_of_the_demo_gives_its_files(demo: Engine) -> None:
    assert export(demo) == {path: data.decode() for path, data in folders.read(FOLDER).items()}


def test_the_demo_brings_a_few_hundred_records_and_people_in_a_tree(demo: Engine) -> None:
    types = ("account", "contact", "case", "order", "document")
    counts = {type: demo.records.count(type).count for type in types}
    assert min(counts.values()) >= 50
    assert 300 <= sum(counts.values()) <= 600
    assert demo.directory.tree().upwards("field sales")
    assert list(demo.directory.tree().upwards("field sales")) == ["field sales", "sales", "company"]
    assert people.load(demo.store, "lena").manager == "samir"
    assert roles.load(demo.store, "process designers").kind == "functional"


def test_no_day_of_the_demo_grows_old() -> None:
    texts = [path.read_text() for path in (FOLDER / "data").glob("*.csv")]
    assert [found for text in texts for found in re.findall(r"\d{4}-\d{2}-\d{2}", text)] == []


def test_no_address_of_the_demo_is_anybodys() -> None:
    texts = [path.read_text() for path in FOLDER.rglob("*") if path.is_file()]
    addresses = {found for text in texts for found in re.findall(r"[\w.+-]+@([\w.-]+\w)", text)}
    assert all(address == "example.org" or address.endswith(".example.org") for address in addresses)


@pytest.mark.parametrize(
    "wanted",
    [
        "<stepwell:activityStep", 'mode="new"', 'mode="existing"', "<stepwell:question required", 'multiple="true"',
        "<stepwell:autoPage", "<stepwell:page ref=", "<stepwell:approval", "<stepwell:emailDraft", 'needed="2"',
        'background="true"', 'background="false"', "<stepwell:result ", "<stepwell:assignment roles=", "<stepwell:lane role=",
        "startIn=", "<bpmn:timeDuration", "<bpmn:timeCycle", "<stepwell:recordSignal", "<bpmn:multiInstanceLoopCharacteristics",
        "<bpmn:callActivity", '"records.read"', '"records.add"', '"records.change"', '"records.delete"', "<stepwell:activity ",
        "manager=", "<stepwell:runFrom", "<stepwell:hint>", 'xml:lang="de"', "<stepwell:connect", "cancelActivity=",
    ],
)  # fmt: skip
def test_the_demo_shows_what_an_author_can_write(wanted: str) -> None:
    assert wanted in EVERYTHING


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_process_is_explained_and_drawn_completely(path: Any) -> None:
    text = FILES[path]
    ids = set(
        re.findall(
            r'<bpmn:(?:\w+Event|\w*[tT]ask|\w+Gateway|subProcess|callActivity|sequenceFlow|lane) id="(\w+)"',
            text,
        )
    )
    drawn = set(re.findall(r'bpmnElement="(\w+)"', text))
    assert ids - drawn == set()
    assert "<bpmn:documentation>" in text


# -- what runs --------------------------------------------------------------------------------------------


def test_the_clean_up_deletes_what_is_old_and_nothing_else(demo: Engine) -> None:
    closed = records(demo, "case", "status", "closed")
    started = demo.start("clean_up", actor=demo.actor("vera"))
    demo.work()
    found = demo.variables(started.id)
    assert found["old_cases"] == found["deleted"] != 0
    assert len(records(demo, "case", "status", "closed")) == len(closed) - int(str(found["deleted"]))
    assert demo.instance(started.id).status == "completed"


def test_everybody_is_called_by_who_looks_after_them(demo: Engine) -> None:
    demo.start("monday_calls", actor=demo.actor("vera"))
    demo.work()
    found = tasks(demo, "monday_calls")
    assert len(found) == 5
    assert {task.assignee for task in found} <= {"samir", "lena", "tom"}
    assert all(task.start_at for task in found)
    do(demo, found[0], "done", result="Reached")
    assert len(tasks(demo, "monday_calls")) == 4
    assert not incidents(demo)


def test_a_new_customer_is_kept_and_whoever_is_none_is_not(demo: Engine) -> None:
    demo.start("welcome_customer", actor=demo.actor("lena"))
    [about] = tasks(demo, "welcome_customer")
    assert about.title == "Wer ist der neue Kunde?"
    do(demo, about, "keep", company="Testing Ltd", city="Oslo")
    assert records(demo, "account", "name", "Testing Ltd")
    [contact] = tasks(demo, "welcome_customer")
    do(demo, contact, "save", name="Tess Ting", email="tess@testing.example.org")
    [needs] = tasks(demo, "welcome_customer")
    do(demo, needs, "save", answer=["catalogue", "visit"])
    mail, visit = tasks(demo, "welcome_customer")
    assert mail.title == "Send the catalogue to Tess Ting"
    do(demo, visit, "done", "lena", result="Held")
    assert records(demo, "account", "name", "Testing Ltd")[0].values["kind"] == "customer"
    demo.start("welcome_customer", actor=demo.actor("tom"))
    other = next(task for task in tasks(demo, "welcome_customer") if task.element == "about")
    do(demo, other, "drop")
    assert not incidents(demo)


def offer(demo: Engine, discount: int) -> None:
    account = records(demo, "account", "kind", "customer")[0]
    contact = records(demo, "contact", "account", account.id)[0]
    demo.start("prepare_offer", {"account": account.id}, actor=demo.actor("samir"))
    [page] = tasks(demo, "prepare_offer")
    given = {
        "amount": 1200,
        "deliver_by": "2099-01-01",
        "receiver": contact.id.partition("/")[2],
        "is_checked": True,
    }
    do(demo, page, "send", discount=discount, **given)


def test_a_usual_offer_goes_out_at_once(demo: Engine) -> None:
    offer(demo, 5)
    [mail] = tasks(demo, "prepare_offer")
    assert mail.element == "send"
    page = demo.open_page(mail.id, actor=demo.actor("samir"))
    assert "discount: 5 percent" in str(page.values)
    assert "@" in str(page.values["to"])


def test_a_generous_offer_is_approved_by_the_manager_first(demo: Engine) -> None:
    offer(demo, 15)
    [approval] = tasks(demo, "approve_discount")
    do(demo, approval, "rejected", comment="Too much")
    assert tasks(demo, "prepare_offer") == []
    assert not incidents(demo)


def test_a_case_that_becomes_urgent_is_looked_after_by_the_role_of_its_lane(demo: Engine) -> None:
    case = next(item for item in records(demo, "case", "status", "new") if item.values["priority"] != "high")
    demo.records.by(demo.actor("mia")).change(case.id, {"priority": "high"})
    demo.work()
    [solve] = tasks(demo, "urgent_case")
    assert solve.candidate_roles == ("service",)
    assert case.values["number"] in solve.title
    do(demo, solve, "save", "jon", status="in_work")
    assert [task.element for task in tasks(demo, "urgent_case")] == ["solve"]
    demo.records.by(demo.actor("mia")).change(case.id, {"status": "solved", "solution": "A new part"})
    demo.work()
    assert [task.element for task in tasks(demo, "urgent_case")] == ["content"]


def test_two_of_three_decide_about_a_document(demo: Engine) -> None:
    document = records(demo, "document", "status", "draft")[0]
    demo.records.change(document.id, {"status": "in_review"})
    demo.work()
    one, two, _ = tasks(demo, "review_document")
    do(demo, one, "approved")
    do(demo, two, "approved")
    assert demo.records.get(document.id).values["status"] == "approved"
    assert tasks(demo, "review_document") == []


# -- as at the beginning ----------------------------------------------------------------------------------


def test_a_reset_deletes_what_became_of_the_demo_and_begins_anew(demo: Engine) -> None:
    before = {type: demo.records.count(type).count for type in ("account", "case")}
    demo.start("order", {"amount": 5000})
    offer(demo, 15)
    demo.start("monday_calls")
    demo.work()
    demo.records.add("account", {"name": "Made by a visitor"})
    assert demo.records.count("activity").count == 5
    greeting.reset(demo)
    assert demo.instances().items == ()
    assert demo.records.count("activity").count == 0
    assert {type: demo.records.count(type).count for type in before} == before
    assert demo.start("order", {"amount": 5000}).user_tasks
    assert people.load(demo.store, "vera").is_active
    assert export(demo) == {path: data.decode() for path, data in folders.read(FOLDER).items()}


def test_a_reset_leaves_what_others_brought(demo: Engine) -> None:
    assert greeting.others(demo) == ()
    deploy(demo, {"app.yaml": "name: shop\n", "lookups/size.csv": "code,label\nsmall,Small\n"})
    demo.deploy(process("mine").encode())
    demo.start("mine")
    assert greeting.others(demo) == ("application shop", "process mine")
    greeting.reset(demo)
    assert demo.records.count("size").count == 1
    assert len(demo.instances().items) == 1


def test_a_newer_demo_takes_the_place_of_an_older_one(demo: Engine) -> None:
    with demo.store.transaction() as tx:
        tx.session.run("update application set version = '0'")
    greeting.deploy(demo)
    with demo.store.reading() as session:
        [(version,)] = session.read("select version from application")
    assert f'version: "{version}"' in (FOLDER / "app.yaml").read_text()


def test_a_demo_that_does_not_fit_what_is_there_is_refused(database_url: str) -> None:
    with stepwell.open(database_url, upgrade=False) as engine:
        engine.records.put_type({"name": "order", "kind": "lookup"})
        with pytest.raises(Invalid, match="record_types/order"):
            greeting.deploy(engine)


# -- what waits at the first look -------------------------------------------------------------------------


def what_waits(engine: Engine) -> list[tuple[str, str, tuple[str, ...]]]:
    return sorted((task.title, task.assignee, task.candidate_roles) for task in engine.tasks().items)


def begun(engine: Engine) -> tuple[object, ...]:
    """All that a beginning brings, without numbers and times."""
    runs = sorted((run.process_id, run.status, run.starter) for run in engine.instances().items)
    planned = sorted(str(item.values["subject"]) for item in engine.records.page("activity").items)
    return what_waits(engine), runs, planned, engine.records.count("account").count


def test_work_waits_for_the_people_of_the_demo_once(demo: Engine) -> None:
    greeting.begin(demo)
    assert not incidents(demo)
    waiting = what_waits(demo)
    assert 6 <= len(waiting) <= 8
    assert {"management", "service"} <= {role for _, _, roles in waiting for role in roles}
    first = demo.inbox_of(greeting.ADMINISTRATOR, inboxes.Asked(sort="due")).items
    assert [task.kind for task in first] == ["question", "approval", "page"]
    before, question = begun(demo), first[0]
    do(demo, cast("UserTask", question), "save", answer=["catalogue"])
    greeting.begin(demo)
    titles = {title for title, _, _ in what_waits(demo)}
    assert titles == {title for title, _, _ in waiting} - {question.title} | {
        "Send the catalogue to Ann Ames"
    }
    greeting.reset(demo)
    assert demo.instances().items == ()
    greeting.begin(demo)
    assert begun(demo) == before


def test_a_beginning_that_was_interrupted_is_gone_on_with(
    demo: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, attempts = demo.submit, 0

    def submit(request: Request) -> Done:
        nonlocal left
        done = whole(request)
        left -= 1
        if left == 0:
            raise KeyboardInterrupt
        return done

    for left in range(1, 100):  # each attempt is cut short a command later than the one before
        monkeypatch.setattr(demo, "submit", submit)
        attempts = left
        with suppress(KeyboardInterrupt):
            greeting.begin(demo)
            break
    assert 3 < attempts < 99
    cut_short = begun(demo)
    monkeypatch.undo()
    greeting.reset(demo)
    greeting.begin(demo)
    assert begun(demo) == cut_short


def test_the_demo_begins_without_work_where_it_is_set_so(database_url: str) -> None:
    given = config.load({"database_url": database_url, "demo_work": False})
    with stepwell.open(database_url, settings=given, upgrade=False) as engine:
        greeting.deploy(engine)
        greeting.begin(engine)
        assert engine.tasks().items == ()
