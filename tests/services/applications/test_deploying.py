"""A folder is deployed in one go: all of it or nothing, and a second time nothing changes."""

import pytest

from stepwell.errors import Forbidden, Invalid
from stepwell.identity import Actor
from stepwell.library import Engine
from stepwell.services import auditing, people, roles
from stepwell.store import applications
from tests.services.applications.small import FORM, Texts, deploy, places, process


def values(engine: Engine, type: str) -> list[dict[str, object]]:
    return [item.values | item.titles for item in engine.records.page(type, sort=("name",)).items]


def refused(engine: Engine, texts: Texts) -> Invalid:
    with pytest.raises(Invalid) as caught:
        deploy(engine, texts)
    return caught.value


# -- what it makes ----------------------------------------------------------------------------------------


def test_record_types_lead_to_each_other_in_a_circle(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    assert [item["best_friend"] for item in values(engine, "customer")] == [None, "Ann"]
    assert [item["customer"] for item in values(engine, "friend")] == ["Mill"]


def test_the_values_of_a_lookup_stand_in_the_order_of_their_lines(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    page = engine.records.page("size", sort=("order",))
    assert [item.values["code"] for item in page.items] == ["small", "large"]


def test_people_have_roles_and_managers_and_no_password(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    assert people.load(engine.store, "ada").roles == ("clerks",)
    assert people.load(engine.store, "bob").manager == "ada"
    assert not people.has_login(engine.store)


def test_rights_are_given_to_roles_and_to_everybody(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    from stepwell.services.records import record_types

    found = record_types.rights(engine.store, Actor("x", rights=frozenset({"administer"})), "customer")
    assert [(right.role, right.see, right.add) for right in found] == [
        ("*", "own", False),
        ("clerks", "all", True),
    ]


def test_the_processes_can_be_started_by_the_people_of_the_folder(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    assert {item.process_id for item in engine.definitions().items} == {"greet", "move"}
    assert engine.start("greet", actor=engine.actor("ada")).user_tasks


def test_a_text_for_mails_is_found_by_its_name(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    with engine.store.reading() as session:
        assert applications.content(session, "mail/hello.md") == b"Dear {name}\n"
        assert applications.content(session, "mail/nobody.md") is None


def test_deployed_a_second_time_nothing_changes(engine: Engine, texts: Texts) -> None:
    assert deploy(engine, texts).changed
    again = deploy(engine, texts)
    assert (again.changed, again.kept) == ((), ())
    assert {item.version for item in engine.definitions().items} == {1}


def test_a_changed_folder_changes_only_what_it_says(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    texts["record_types/customer.yaml"] += "  - name: phone\n    type: text\n"
    texts["data/customer.csv"] = texts["data/customer.csv"].replace("Bergen", "Tromsø")
    texts["roles.yaml"] += "cooks: {}\n"
    found = [(item.what, item.name, item.done, item.details) for item in deploy(engine, texts).changed]
    assert found == [
        ("role", "cooks", "made", ()),
        ("record type", "customer", "changed", ("add phone",)),
        ("records", "customer", "changed", ("1 changed",)),
    ]


def test_a_dry_run_tells_the_same_and_changes_nothing(engine: Engine, texts: Texts) -> None:
    trial = deploy(engine, texts, dry_run=True)
    assert not engine.definitions().items
    assert roles.find(engine.store, "clerks") is None
    done = deploy(engine, texts)
    assert trial.changed == done.changed
    assert trial.dry_run and not done.dry_run


def test_after_a_dry_run_everything_still_knows_the_old_record_types(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    values(engine, "customer")
    texts["record_types/customer.yaml"] += "  - name: phone\n    type: text\n"
    deploy(engine, texts, dry_run=True)
    assert "phone" not in values(engine, "customer")[0]
    engine.records.add("customer", {"name": "Bakery"})
    assert len(values(engine, "customer")) == 3


def test_a_row_that_the_folder_did_not_change_stays_as_people_left_it(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    mill = next(item for item in engine.records.page("customer").items if item.values["name"] == "Mill")
    engine.records.change(mill.id, {"city": "Narvik"})
    texts["data/customer.csv"] += "Bakery,Molde,small,\n"
    deploy(engine, texts)
    assert {item["name"]: item["city"] for item in values(engine, "customer")}["Mill"] == "Narvik"


def test_a_field_that_somebody_added_beside_the_folder_stays(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    definition = engine.records.get_type("customer").definition
    definition["fields"].append({"name": "fax", "type": "text"})
    engine.records.put_type(definition)
    assert deploy(engine, texts).changed == ()
    assert any(field.name == "fax" for field in engine.records.get_type("customer").fields)


# -- pages ------------------------------------------------------------------------------------------------


def test_an_instance_goes_on_with_the_page_of_its_own_version(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    first = engine.definitions("move").items[0]
    texts["pages/move.form"] = FORM.replace("street", "town").replace("Street", "Town")
    done = deploy(engine, texts)
    assert [(item.what, item.name, item.details) for item in done.changed] == [
        ("page", "move", ()),
        ("process", "move", ("version 2",)),
    ]
    second = engine.definitions("move").items[0]
    pages = [engine.store.definition_pages(int(found.id))["move.form"] for found in (first, second)]
    assert b"street" in pages[0]
    assert b"town" in pages[1]


def test_a_file_deployed_alone_finds_the_pages_that_applications_brought(
    engine: Engine, texts: Texts
) -> None:
    deploy(engine, texts)
    engine.deploy(process("other", '<stepwell:page ref="move"/>').encode())
    assert engine.start("other").user_tasks
    with pytest.raises(Invalid, match=r"did you mean move\?"):
        engine.deploy(process("wrong", '<stepwell:page ref="mvoe"/>').encode())


# -- what is wrong ----------------------------------------------------------------------------------------


def test_everything_that_is_wrong_is_told_at_once_with_file_and_line(engine: Engine, texts: Texts) -> None:
    texts["roles.yaml"] += "cooks:\n  parent: kitchen\n"
    texts["rights.yaml"] = "customer:\n  bakers: {see: all}\n  clerks:\n    see: al\n"
    texts["users.yaml"] += "eve:\n  email: nowhere\n  password: secret\n"
    texts["data/customer.csv"] += "Bakery,Molde,huge,\n"
    texts["processes/greet.bpmn"] = process("greet", '<stepwell:emailDraft to="a" template="helo"/>')
    texts["pages/odd.form"] = '{"components": [\n{"type": "nonsense"}]}'
    texts["processes/broken.bpmn"] = "<oops/>"
    texts["lookup/size.csv"] = ""
    found = refused(engine, texts)
    assert found.code == "application.invalid"
    assert places(found.problems) == {
        ("data/customer.csv", 4, "lookup.unknown-code"),
        ("lookup/size.csv", 0, "application.unknown-file"),
        ("pages/odd.form", 0, "page.type-unknown"),
        ("processes/broken.bpmn", 1, "xml.not-bpmn"),
        ("processes/greet.bpmn", 5, "mail.unknown"),
        ("rights.yaml", 2, "role.unknown"),
        ("rights.yaml", 4, "yaml.unfit"),
        ("roles.yaml", 8, "role.place"),
        ("users.yaml", 7, "person.email"),
        ("users.yaml", 8, "yaml.unfit"),
    }
    assert not engine.definitions().items
    assert roles.find(engine.store, "clerks") is None


def test_what_is_wrong_with_a_record_type_stands_in_its_line(engine: Engine, texts: Texts) -> None:
    texts["record_types/customer.yaml"] += (
        "  - name: when\n    type: dat\n  - name: where\n    type: lookup\n    to: places\n"
    )
    found = places(refused(engine, texts).problems)
    assert found == {("record_types/customer.yaml", 16, "definition.choice")}


def test_yaml_that_can_not_be_read_is_told_with_its_line(engine: Engine, texts: Texts) -> None:
    texts["roles.yaml"] = "clerks:\n  label: a\n  label: b\n"
    texts["rights.yaml"] = "customer: [\n"
    assert places(refused(engine, texts).problems) >= {
        ("roles.yaml", 3, "yaml.repeated"),
        ("rights.yaml", 2, "yaml.malformed"),
    }


def test_people_come_only_with_an_application_that_says_so(engine: Engine, texts: Texts) -> None:
    texts["app.yaml"] = "name: shop\n"
    assert places(refused(engine, texts).problems) == {("users.yaml", 1, "application.users")}


def test_data_needs_a_record_type_with_a_key(engine: Engine, texts: Texts) -> None:
    texts["record_types/friend.yaml"] = texts["record_types/friend.yaml"].replace("key: name\n", "")
    assert ("data/friend.csv", 0, "application.no-key") in places(refused(engine, texts).problems)


def test_two_files_with_the_same_process_are_refused(engine: Engine, texts: Texts) -> None:
    texts["processes/again.bpmn"] = process("move")
    assert places(refused(engine, texts).problems) == {("processes/move.bpmn", 0, "process.repeated")}


def test_a_file_of_another_application_is_refused(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    other = {"app.yaml": "name: other\n", "lookups/size.csv": "code,label\ntiny,Tiny\n"}
    assert places(refused(engine, other).problems) == {("lookups/size.csv", 0, "application.of-another")}


def test_a_change_that_records_are_in_the_way_of_is_refused(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    texts["record_types/customer.yaml"] = texts["record_types/customer.yaml"].replace(
        "name: city\n    type: text", "name: city\n    type: date"
    )
    assert ("record_types/customer.yaml", 7, "field.values-in-the-way") in places(
        refused(engine, texts).problems
    )


def test_only_who_designs_and_administers_may_deploy_an_application(engine: Engine, texts: Texts) -> None:
    for rights in (set(), {"design"}, {"administer"}):
        with pytest.raises(Forbidden):
            deploy(engine, texts, actor=Actor("ada", rights=frozenset(rights)))  # type: ignore[arg-type]
    assert deploy(engine, texts, actor=Actor("ada", rights=frozenset({"design", "administer"}))).changed


def test_processes_are_held_against_the_record_types_of_the_same_folder(engine: Engine, texts: Texts) -> None:
    inside = (
        '<stepwell:task type="records.read"/><stepwell:records recordType="customer" mode="sum" field="{}"/>'
    )
    texts["processes/sum.bpmn"] = process("sum", inside.format("sizes")).replace("userTask", "serviceTask")
    [(path, _, rule)] = places(refused(engine, texts).problems)
    assert (path, rule) == ("processes/sum.bpmn", "field.unknown")


def test_a_mail_with_feel_that_is_none_is_told_with_its_line(engine: Engine, texts: Texts) -> None:
    texts["mail/hello.md"] = "Dear {name}\nplease {pay 1 2}\n"
    assert places(refused(engine, texts).problems) == {("mail/hello.md", 2, "mail.malformed")}


WAITS = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:stepwell="urn:stepwell:bpmn:1" id="waits_file" targetNamespace="urn:test">
  <bpmn:process id="waits" isExecutable="true">
    <bpmn:startEvent id="start"/>
    {start}
    <bpmn:intermediateCatchEvent id="caught">
      <bpmn:extensionElements><stepwell:recordSignal recordType="customer" on="changed, added"/></bpmn:extensionElements>
      <bpmn:signalEventDefinition id="signal"/>
    </bpmn:intermediateCatchEvent>
    <bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="caught"/>
    <bpmn:sequenceFlow id="b" sourceRef="caught" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>
"""
BY_RECORD = """<bpmn:startEvent id="by_record">
      <bpmn:extensionElements><stepwell:recordSignal recordType="customer" on="changed, added"/></bpmn:extensionElements>
      <bpmn:signalEventDefinition id="start_signal"/>
    </bpmn:startEvent><bpmn:sequenceFlow id="c" sourceRef="by_record" targetRef="end"/>"""


def test_rows_of_a_folder_are_heard_by_who_waits_and_start_nothing(engine: Engine, texts: Texts) -> None:
    texts["processes/waits.bpmn"] = WAITS.format(start=BY_RECORD)
    deploy(engine, texts)
    engine.work()
    assert engine.instances().items == ()
    started = engine.start("waits")
    texts["data/customer.csv"] = texts["data/customer.csv"].replace("Bergen", "Tromsø")
    deploy(engine, texts)
    engine.work()
    assert engine.instance(started.id).status == "completed"
    assert len(engine.instances().items) == 1


def test_a_deployment_stands_among_the_changes_of_rights(engine: Engine, texts: Texts) -> None:
    who = Actor("ada", rights=frozenset({"design", "administer"}))
    deploy(engine, texts, actor=who)
    deploy(engine, texts, actor=who)
    found = auditing.page(engine.store, auditing.Filter(actor="ada", action="application"), who)
    assert [item.action for item in found.items] == ["application.deployed"]
    assert auditing.page(engine.store, auditing.Filter(actor="ada", action="record-rights"), who).items
