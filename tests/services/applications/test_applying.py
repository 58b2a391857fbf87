"""What each part of a folder does to what is there: roles, people, rights, record types, lookups, rows."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from stepwell.errors import Invalid
from stepwell.identity import Actor, Role
from stepwell.library import Engine
from stepwell.services import people, roles
from stepwell.services.people import NewPerson, PersonChange
from stepwell.services.records import record_types
from tests.services.applications.small import Texts, deploy, export, left_out, places, process

ADMINISTRATOR = Actor("x", rights=frozenset({"administer"}))


def details(engine: Engine, texts: Texts) -> dict[tuple[str, str], Sequence[str]]:
    """What changed, each with its details."""
    return {(item.what, item.name): item.details for item in deploy(engine, texts).changed}


def rights(engine: Engine, name: str) -> dict[str, str]:
    return {right.role: right.see for right in record_types.rights(engine.store, ADMINISTRATOR, name)}


def rows(engine: Engine, type: str, *fields: str, sort: str = "id") -> list[tuple[object, ...]]:
    page = engine.records.page(type, sort=(sort,), limit=200)
    return [tuple((item.values | item.titles)[field] for field in fields) for item in page.items]


# -- roles and people -------------------------------------------------------------------------------------


def test_a_role_may_stand_before_the_one_above_it(engine: Engine, texts: Texts) -> None:
    texts["roles.yaml"] = "clerks:\n  parent: shop\nshop:\n  parent: everybody\neverybody: {}\n"
    deploy(engine, left_out(texts, "users.yaml"))
    assert roles.load(engine.store, "clerks").parent == "shop"


def test_roles_that_stand_above_each_other_are_refused(engine: Engine) -> None:
    texts = {"app.yaml": "name: shop\n", "roles.yaml": "a:\n  parent: b\nb:\n  parent: a\n"}
    with pytest.raises(Invalid) as caught:
        deploy(engine, texts)
    assert ("roles.yaml", 2, "role.place") in places(caught.value.problems)


def test_a_role_becomes_what_the_folder_says(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    texts["roles.yaml"] = texts["roles.yaml"].replace(
        "clerks:\n  parent: shop", "clerks:\n  label: Clerks\n  rights: [design]"
    )
    assert details(engine, texts) == {("role", "clerks"): ("label", "parent", "rights")}
    assert roles.load(engine.store, "clerks").rights == ("design",)


def test_a_role_that_was_there_before_belongs_to_the_folder_from_now_on(engine: Engine, texts: Texts) -> None:
    roles.add(engine.store, Role("shop", label="Everybody"), engine.records.actor)
    assert ("role", "shop") not in details(engine, texts)
    assert export(engine)["roles.yaml"] == texts["roles.yaml"]


def test_people_who_are_there_keep_what_the_folder_does_not_name(engine: Engine, texts: Texts) -> None:
    new = NewPerson(name="ada", display_name="A.", email="ada@example.org", password="a long enough one")
    people.add(engine.store, new, engine.records.actor)
    assert details(engine, texts)["person", "ada"] == ("display_name", "email", "role clerks")
    assert people.has_login(engine.store)


def test_a_role_that_somebody_was_given_beside_the_folder_stays(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    roles.add_members(engine.store, "repairers", ("ada",), engine.records.actor)
    assert deploy(engine, texts).changed == ()
    assert people.load(engine.store, "ada").roles == ("clerks", "repairers")
    assert "- repairers" in export(engine)["users.yaml"]


def test_a_manager_may_be_somebody_who_comes_later(engine: Engine, texts: Texts) -> None:
    texts["users.yaml"] = "amy:\n  manager: zoe\nzoe:\n  manager: amy\n"
    deploy(engine, texts)
    assert people.load(engine.store, "amy").manager == "zoe"
    people.change(engine.store, "amy", PersonChange(manager=""), engine.records.actor)
    assert details(engine, texts) == {("person", "amy"): ("manager",)}


def test_a_manager_who_is_nobody_is_told(engine: Engine, texts: Texts) -> None:
    texts["users.yaml"] = "amy:\n  manager: nobody\n"
    with pytest.raises(Invalid) as caught:
        deploy(engine, texts)
    assert places(caught.value.problems) == {("users.yaml", 2, "person.manager")}


# -- rights -----------------------------------------------------------------------------------------------


def test_rights_of_roles_that_the_folder_does_not_name_stay(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    held = record_types.rights(engine.store, ADMINISTRATOR, "customer")
    more = [*held, record_types.RecordRight(role="repairers", see="own")]
    engine.records.put_rights("customer", more)
    texts["rights.yaml"] = texts["rights.yaml"].replace("see: own", "see: none")
    assert details(engine, texts) == {("rights", "customer"): ("*: see none, change none, delete none",)}
    assert rights(engine, "customer") == {"*": "none", "clerks": "all", "repairers": "own"}


def test_everything_that_is_wrong_with_rights_is_told_at_once(engine: Engine, texts: Texts) -> None:
    texts["rights.yaml"] += "custmer:\n  clrks: {see: all}\n  clerks: {see: al}\n  bakers: {see: some}\n"
    with pytest.raises(Invalid) as caught:
        deploy(engine, texts)
    assert places(caught.value.problems) == {
        ("rights.yaml", 4, "record-type.unknown"),
        ("rights.yaml", 5, "role.unknown"),
        ("rights.yaml", 6, "yaml.unfit"),
        ("rights.yaml", 7, "role.unknown"),
        ("rights.yaml", 7, "yaml.unfit"),
    }


def test_rights_for_a_type_that_is_not_there_are_told(engine: Engine, texts: Texts) -> None:
    texts["rights.yaml"] += "custmer:\n  clerks: {see: all}\n"
    with pytest.raises(Invalid) as caught:
        deploy(engine, texts)
    assert places(caught.value.problems) == {("rights.yaml", 4, "record-type.unknown")}


# -- record types -----------------------------------------------------------------------------------------


def test_a_field_that_is_renamed_keeps_its_values(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    texts["record_types/customer.yaml"] = texts["record_types/customer.yaml"].replace(
        "name: city", "name: town\n    was: city"
    )
    texts["data/customer.csv"] = texts["data/customer.csv"].replace("city", "town")
    assert details(engine, texts)["record type", "customer"] == ("rename city to town",)
    assert rows(engine, "customer", "name", "town") == [("Mill", "Oslo"), ("Forge", "Bergen")]
    assert deploy(engine, texts).changed == ()
    assert export(engine) == texts


def test_a_type_that_others_lead_to_can_come_with_another_application(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    other = {
        "app.yaml": "name: repairs\n",
        "record_types/repair.yaml": (
            "key: number\nfields:\n  - {name: number, type: integer, unique: true}\n"
            "  - {name: customer, type: link, to: customer}\n"
        ),
        "data/repair.csv": "number,customer\n1,Mill\n",
    }
    deploy(engine, other)
    assert rows(engine, "repair", "number", "customer") == [(1, "Mill")]
    assert export(engine, "repairs") == other


def test_a_lookup_may_have_fields_of_its_own(engine: Engine, texts: Texts) -> None:
    texts["record_types/size.yaml"] = (
        "kind: lookup\nlabel: Size\nfields:\n  - name: people\n    type: integer\n"
    )
    texts["lookups/size.csv"] = "code,label,people\nsmall,Small,20\nlarge,Large,500\n"
    deploy(engine, texts)
    assert rows(engine, "size", "code", "people", sort="order") == [("small", 20), ("large", 500)]
    assert export(engine) == texts


def test_another_order_of_lines_is_another_order_of_values(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    texts["lookups/size.csv"] = "code,label\nlarge,Large\nsmall,Small\n"
    assert details(engine, texts) == {("lookup", "size"): ("2 changed",)}
    assert rows(engine, "size", "code", sort="order") == [("large",), ("small",)]
    assert export(engine)["lookups/size.csv"] == texts["lookups/size.csv"]


def test_a_value_that_was_switched_off_is_exported_as_such(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    large = next(item for item in engine.records.page("size").items if item.values["code"] == "large")
    engine.records.change(large.id, {"active": False})
    assert export(engine)["lookups/size.csv"] == "code,label,active\nsmall,Small,true\nlarge,Large,false\n"


# -- rows -------------------------------------------------------------------------------------------------


def test_records_lead_to_several_others_by_their_keys(engine: Engine, texts: Texts) -> None:
    texts["record_types/friend.yaml"] += "  - name: about\n    type: links\n"
    texts["data/friend.csv"] = "name,customer,about\nAnn,Mill,customer/Mill;customer/Forge\n"
    deploy(engine, texts)
    [friend] = engine.records.page("friend").items
    assert len(friend.values["about"]) == 2
    assert deploy(engine, texts).changed == ()
    assert export(engine) == texts


def test_rows_of_a_table_may_lead_to_each_other(engine: Engine) -> None:
    texts = {
        "app.yaml": "name: tree\n",
        "record_types/node_of.yaml": (
            "key: name\nfields:\n  - {name: name, type: text, unique: true}\n  - {name: above, type: link, to: node_of}\n"
        ),
        "data/node_of.csv": "name,above\nleaf,twig\ntwig,root\nroot,\n",
    }
    deploy(engine, texts)
    assert rows(engine, "node_of", "name", "above") == [("leaf", "twig"), ("twig", "root"), ("root", None)]


def test_a_row_that_people_deleted_comes_back_only_when_the_folder_changes_it(
    engine: Engine, texts: Texts
) -> None:
    deploy(engine, texts)
    forge = next(item for item in engine.records.page("customer").items if item.title == "Forge")
    engine.records.delete(forge.id)
    assert deploy(engine, texts).changed == ()
    texts["data/customer.csv"] = texts["data/customer.csv"].replace("Forge,Bergen", "Forge,Molde")
    assert details(engine, texts) == {("records", "customer"): ("1 added",)}


def test_the_rows_are_made_by_who_deploys(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts, actor=Actor("ines", rights=frozenset({"design", "administer"})))
    assert {item.created_by for item in engine.records.page("customer").items} == {"ines"}


# -- processes --------------------------------------------------------------------------------------------


def test_what_runs_stays_on_its_version(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    old = engine.start("greet")
    texts["processes/greet.bpmn"] = process("greet").replace('name="greet"', 'name="Greet"')
    assert details(engine, texts) == {("process", "greet"): ("version 2",)}
    new = engine.start("greet")
    assert [engine.instance(started.id).version for started in (old, new)] == [1, 2]


def test_the_folder_wins_over_a_version_that_came_since(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    engine.deploy(process("greet").encode(), name="greet.bpmn")
    assert details(engine, texts) == {("process", "greet"): ("version 3",)}
    assert export(engine) == texts


# -- at the same time -------------------------------------------------------------------------------------


def test_two_deployments_at_the_same_time_do_not_mix(engine: Engine, texts: Texts) -> None:
    other = {
        "app.yaml": "name: other\n",
        "lookups/colour.csv": "code,label\nred,Red\n",
        "processes/paint.bpmn": process("paint"),
    }
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda given: deploy(engine, given), [texts, other, texts, other]))
    changes = [bool(item.changed) for item in done]
    assert sorted(changes) == [False, False, True, True]
    assert export(engine, "shop") == texts
    assert export(engine, "other") == other
