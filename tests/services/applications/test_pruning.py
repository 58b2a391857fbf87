"""What is gone from the folder stays and is listed, until somebody says that it may go."""

import pytest

from stepwell.errors import Conflict
from stepwell.library import Engine
from stepwell.records import shipped
from stepwell.services import people, roles
from tests.services.applications.small import Texts, deploy, left_out, without

FIELD = "  - name: city\n    type: text\n"


def kept(engine: Engine, texts: Texts, **asked: bool) -> set[tuple[str, str]]:
    return {(item.what, item.name) for item in deploy(engine, texts, **asked).kept}


def changed(engine: Engine, texts: Texts, **asked: bool) -> set[tuple[str, str, str]]:
    return {(item.what, item.name, item.done) for item in deploy(engine, texts, **asked).changed}


def names(engine: Engine, type: str) -> list[str]:
    return [item.title for item in engine.records.page(type).items]


@pytest.fixture
def smaller(engine: Engine, texts: Texts) -> Texts:
    """The folder without much of what it brought."""
    deploy(engine, texts)
    texts = without(texts, "data/friend.csv", "Ann,Mill\n")
    texts = without(texts, "lookups/size.csv", "large,Large\n")
    texts = without(texts, "users.yaml", "bob:\n  manager: ada\n")
    texts = without(texts, "roles.yaml", "repairers:\n  kind: functional\n")
    texts = without(texts, "rights.yaml", "  '*': {see: own}\n")
    texts["data/customer.csv"] = (
        texts["data/customer.csv"].replace("small,Ann", "small,").replace("large", "small")
    )
    return left_out(
        texts, "processes/move.bpmn", "mail/hello.md", "processes/greet.bpmn", "decisions/price.dmn"
    )


GONE = {
    ("process", "move"), ("process", "greet"), ("mail", "hello"), ("decision", "price"), ("records", "friend/Ann"),
    ("lookup", "size/large"), ("person", "bob"), ("role", "repairers"), ("rights", "customer/*"),
}  # fmt: skip


def test_what_is_gone_is_kept_and_listed_every_time(engine: Engine, smaller: Texts) -> None:
    assert kept(engine, smaller) == GONE
    assert kept(engine, smaller) == GONE
    assert len(engine.definitions().items) == 2
    assert names(engine, "friend") == ["Ann"]


def test_pruning_takes_away_all_but_records(engine: Engine, smaller: Texts) -> None:
    done = deploy(engine, smaller, prune=True)
    assert {(item.what, item.name) for item in done.kept} == {("records", "friend/Ann")}
    assert {(item.what, item.name, item.done) for item in done.changed if item.done not in ("made", "changed")} == {
        ("process", "move", "deactivated"), ("process", "greet", "deactivated"), ("mail", "hello", "removed"),
        ("decision", "price", "removed"), ("lookup", "size/large", "removed"), ("person", "bob", "deactivated"),
        ("role", "repairers", "removed"), ("rights", "customer/*", "removed"),
    }  # fmt: skip
    assert roles.find(engine.store, "repairers") is None
    assert not people.load(engine.store, "bob").is_active


def test_with_data_records_go_too_and_then_nothing_is_listed(engine: Engine, smaller: Texts) -> None:
    assert ("records", "friend/Ann", "removed") in changed(engine, smaller, prune=True, with_data=True)
    assert names(engine, "friend") == []
    assert kept(engine, smaller) == set()


def test_pruning_on_a_dry_run_takes_nothing_away(engine: Engine, smaller: Texts) -> None:
    trial = deploy(engine, smaller, prune=True, with_data=True, dry_run=True)
    assert names(engine, "friend") == ["Ann"]
    assert trial.changed == deploy(engine, smaller, prune=True, with_data=True).changed


def test_a_process_that_was_deactivated_comes_back_with_its_file(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    deploy(engine, left_out(texts, "processes/move.bpmn"), prune=True)
    with pytest.raises(Exception, match="process 'move'"):
        engine.start("move")
    assert changed(engine, texts) == {("process", "move", "changed")}
    assert engine.start("move").user_tasks


def test_a_process_that_moved_to_another_file_is_not_gone(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    texts["processes/moving.bpmn"] = texts.pop("processes/move.bpmn")
    done = deploy(engine, texts, prune=True)
    assert (done.changed, done.kept) == ((), ())


def test_a_field_that_holds_values_goes_only_with_them(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    texts = without(texts, "record_types/customer.yaml", FIELD)
    texts["data/customer.csv"] = "name,size,best_friend\nMill,small,Ann\nForge,large,\n"
    assert kept(engine, texts) == {("record type", "customer.city")}
    assert kept(engine, texts, prune=True) == {("record type", "customer.city")}
    deploy(engine, texts, prune=True, with_data=True)
    assert all(field.name != "city" for field in engine.records.get_type("customer").fields)


def test_a_field_without_values_goes_at_once(engine: Engine, texts: Texts) -> None:
    texts["record_types/customer.yaml"] += "  - name: phone\n    type: text\n"
    deploy(engine, texts)
    texts = without(texts, "record_types/customer.yaml", "  - name: phone\n    type: text\n")
    assert changed(engine, texts, prune=True) == {("record type", "customer.phone", "removed")}


def test_types_that_lead_to_each_other_go_together(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    gone = [path for path in texts if path.startswith(("record_types/", "data/", "lookups/", "rights"))]
    texts = left_out(texts, *gone)
    assert ("record type", "customer") in kept(engine, texts, prune=True)
    deploy(engine, texts, prune=True, with_data=True)
    assert {found.name for found in engine.records.types()} == shipped.NAMES


def test_what_others_lead_to_stays_with_the_reason(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    texts = without(texts, "lookups/size.csv", "large,Large\n")
    [left] = deploy(engine, texts, prune=True, with_data=True).kept
    assert (left.what, left.name) == ("lookup", "size/large")
    assert "customer" in left.reason


def test_a_role_with_open_steps_stays(engine: Engine, texts: Texts) -> None:
    texts["users.yaml"] = texts["users.yaml"].replace("[clerks]", "[clerks, repairers]")
    assigned = '<stepwell:assignment roles="repairers"/>'
    texts["processes/move.bpmn"] = texts["processes/move.bpmn"].replace(
        "<stepwell:page", f"{assigned}<stepwell:page"
    )
    deploy(engine, texts)
    engine.start("move")
    with pytest.raises(Conflict):
        roles.remove(engine.store, "repairers", engine.records.actor)
    smaller = without(texts, "roles.yaml", "repairers:\n  kind: functional\n")
    assert kept(engine, smaller, prune=True) == {("role", "repairers")}
