"""An application written back: byte for byte what was deployed, but for what changed meanwhile."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stepwell
from stepwell.errors import Conflict, Invalid, NotFound
from stepwell.library import Engine
from stepwell.services import people, roles
from stepwell.services.applications import folders
from stepwell.services.people import PersonChange
from stepwell.services.roles import RoleChange
from tests.services.applications.small import Texts, deploy, export, process, without


def test_an_export_gives_the_files_that_were_deployed(engine: Engine, texts: Texts) -> None:
    texts["roles.yaml"] = "# who is who\n" + texts["roles.yaml"]
    deploy(engine, texts)
    assert export(engine) == texts
    assert export(engine) == export(engine)


def test_an_export_tells_what_changed_since_and_nothing_else(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    mill = next(item for item in engine.records.page("customer").items if item.values["name"] == "Mill")
    engine.records.change(mill.id, {"city": "Narvik"})
    roles.change(engine.store, "clerks", RoleChange(label="Clerks"), engine.records.actor)
    people.change(engine.store, "bob", PersonChange(email="bob@example.org"), engine.records.actor)
    engine.records.add("size", {"code": "huge", "label": "Huge"})
    new = process("greet").encode()
    engine.deploy(new, name="greet.bpmn")
    found = export(engine)
    assert {path for path in texts if found[path] != texts[path]} == {
        "data/customer.csv", "lookups/size.csv", "roles.yaml", "users.yaml", "processes/greet.bpmn",
    }  # fmt: skip
    assert (
        found["data/customer.csv"]
        == "name,city,size,best_friend\nMill,Narvik,small,Ann\nForge,Bergen,large,\n"
    )
    assert "  label: Clerks\n" in found["roles.yaml"]
    assert "huge,Huge" in found["lookups/size.csv"]
    assert found["processes/greet.bpmn"].encode() == new


def test_what_was_exported_is_deployed_without_a_change(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    definition = engine.records.get_type("customer").definition
    definition["fields"].append({"name": "fax", "type": "text", "label": "Fax: old"})
    engine.records.put_type(definition)
    found = export(engine)
    assert 'label: "Fax: old"' in found["record_types/customer.yaml"]
    assert deploy(engine, found).changed == ()
    assert export(engine) == found


def test_what_was_exported_makes_the_same_in_an_empty_database(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    engine.records.change(engine.records.page("friend").items[0].id, {"customer": None})
    found = export(engine)
    with stepwell.open("sqlite://") as other:
        deploy(other, found)
        assert export(other) == found


def test_what_somebody_put_beside_the_folder_is_still_told_after_another_deployment(
    engine: Engine, texts: Texts
) -> None:
    deploy(engine, texts)
    definition = engine.records.get_type("customer").definition
    definition["fields"].append({"name": "fax", "type": "text"})
    engine.records.put_type(definition)
    engine.records.add("size", {"code": "huge", "label": "Huge"})
    assert deploy(engine, texts).changed == ()
    found = export(engine)
    assert "- name: fax" in found["record_types/customer.yaml"]
    assert "huge" in found["lookups/size.csv"]


def test_what_is_gone_from_the_folder_and_kept_is_not_exported(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    smaller = without(texts, "record_types/customer.yaml", "  - name: city\n    type: text\n")
    smaller["data/customer.csv"] = "name,size,best_friend\nMill,small,Ann\nForge,large,\n"
    smaller = without(smaller, "roles.yaml", "repairers:\n  kind: functional\n")
    smaller = without(smaller, "rights.yaml", "  '*': {see: own}\n")
    assert len(deploy(engine, smaller).kept) == 3
    assert export(engine) == smaller


def test_a_row_that_somebody_deleted_is_exported_no_more(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    forge = next(item for item in engine.records.page("customer").items if item.values["name"] == "Forge")
    engine.records.delete(forge.id)
    assert "Forge" not in export(engine)["data/customer.csv"]


def test_a_row_whose_key_looks_like_a_formula_is_exported_with_the_others(
    engine: Engine, texts: Texts
) -> None:
    texts["data/customer.csv"] = "name,city\n'=Mill,Oslo\nForge,Bergen\n"
    texts["data/friend.csv"] = "name,customer\nAnn,Forge\n"
    texts["lookups/size.csv"] = "code,label\nsmall,Small\nlarge,Large\n'+,More\n"
    deploy(engine, texts)
    forge = next(item for item in engine.records.page("customer").items if item.values["name"] == "Forge")
    engine.records.change(forge.id, {"city": "Narvik"})
    engine.records.change(engine.records.page("size").items[0].id, {"label": "Other"})
    found = export(engine)
    assert found["data/customer.csv"] == "name,city\n'=Mill,Oslo\nForge,Narvik\n"
    assert "'+," in found["lookups/size.csv"]


def test_an_export_never_holds_a_password(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    people.set_password(engine.store, "ada", "a secret to nobody", engine.records.actor)
    people.change(engine.store, "ada", PersonChange(email="ada@example.org"), engine.records.actor)
    assert "argon2" not in export(engine)["users.yaml"]
    assert "secret" not in export(engine)["users.yaml"]


def test_without_any_application_everything_there_is_is_exported(engine: Engine) -> None:
    engine.records.put_type({"name": "colour", "kind": "lookup"})
    engine.records.add("colour", {"code": "red", "label": "Red"})
    fields = [
        {"name": "name", "type": "text", "unique": True},
        {"name": "colour", "type": "lookup", "to": "colour"},
    ]
    engine.records.put_type({"name": "chair", "fields": fields})
    engine.deploy(process("sit").encode(), name="sit down.bpmn")
    found = export(engine)
    assert sorted(found) == [
        "app.yaml",
        "lookups/colour.csv",
        "processes/sit_down.bpmn",
        "record_types/chair.yaml",
    ]
    with stepwell.open("sqlite://") as other:
        assert deploy(other, found).changed
        assert export(other) == found


def test_one_of_several_applications_has_to_be_named(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    deploy(engine, {"app.yaml": "name: other\n"})
    with pytest.raises(Invalid, match="other, shop"):
        export(engine)
    with pytest.raises(NotFound):
        export(engine, "nobody")
    assert export(engine, "shop") == texts


def test_a_folder_is_written_so_that_git_sees_only_what_changed(
    engine: Engine, texts: Texts, tmp_path: Path
) -> None:
    deploy(engine, texts)
    folder = tmp_path / "shop"
    assert len(engine.applications.export(folder)) == len(texts)
    (folder / "README.md").write_text("about it")
    (folder / "mail" / "old.md").write_text("gone meanwhile")
    assert engine.applications.export(folder) == ("mail/old.md",)
    assert (folder / "README.md").exists()
    assert {path: data.decode() for path, data in folders.read(folder).items()} == texts


def test_a_folder_with_other_things_is_left_alone(engine: Engine, texts: Texts, tmp_path: Path) -> None:
    deploy(engine, texts)
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Conflict):
        engine.applications.export(tmp_path)


def test_nothing_is_written_through_a_link(engine: Engine, texts: Texts, tmp_path: Path) -> None:
    deploy(engine, texts)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "app.yaml").write_text("name: shop\n")
    (tmp_path / "shop" / "mail").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Invalid, match="link"):
        engine.applications.export(tmp_path / "shop")
    assert not list((tmp_path / "elsewhere").iterdir())


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
ROWS = st.dictionaries(
    TEXTS.map(str.strip).filter(bool), st.tuples(TEXTS, st.integers(-999, 999), st.booleans()), max_size=4
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(rows=ROWS)
def test_whatever_stands_in_records_comes_back_from_an_export(rows: dict[str, tuple[str, int, bool]]) -> None:
    """The rows of one database, written out, make the same rows in another one."""
    type_file = "title: name\nkey: name\nfields:\n- {name: name, type: text, unique: true}\n- {name: note, type: long_text}\n- {name: size, type: integer}\n- {name: good, type: yes_no}\n"
    names = {name.casefold(): name for name in rows}
    with stepwell.open("sqlite://") as one, stepwell.open("sqlite://") as two:
        deploy(
            one,
            {
                "app.yaml": "name: shop\n",
                "record_types/thing.yaml": type_file,
                "data/thing.csv": "name,note,size,good\n",
            },
        )
        for name in names.values():
            note, size, good = rows[name]
            one.records.add("thing", {"name": name, "note": note, "size": size, "good": good})
        text = "".join(one.records.export_csv("thing"))
        texts = {"app.yaml": "name: shop\n", "record_types/thing.yaml": type_file, "data/thing.csv": text}
        deploy(two, texts)
        assert export(two) == texts
        assert deploy(two, export(two)).changed == ()
        assert "".join(two.records.export_csv("thing")) == text
