"""The measures of form, the words and the look at the tree."""

from pathlib import Path

import pytest

from dev import form, tree, words

FILE = Path("src/stepwell/store/load.py")


def file_of(lines: int, *, path: Path = FILE) -> list[form.Measured]:
    return [form.Measured(path, lines, ())]


def functions_of(*sizes: tuple[int, int]) -> list[form.Measured]:
    return [form.Measured(FILE, 50, tuple(("load", lines, parameters) for lines, parameters in sizes))]


def test_a_function_counts_from_its_def_to_its_last_line() -> None:
    assert form.measure(FILE, "@cached\ndef load(a, b):\n\n    return 1\n").functions == (("load", 3, 2),)


def test_self_is_no_parameter() -> None:
    source = "class A:\n    def load(self, a, *, b): ...\n"
    assert form.measure(FILE, source).functions == (("load", 1, 2),)


def test_a_file_of_401_lines_is_too_long() -> None:
    complaints = list(form.complaints(file_of(401)))
    assert complaints[0] == "src/stepwell/store/load.py: 401 lines, at most 400"


@pytest.mark.parametrize(("name", "lines", "fits"), [
    ("user_task", 80, True), ("user_task", 81, False), ("multi_instance", 100, True), ("multi_instance", 151, False),
])  # fmt: skip
def test_a_step_file_is_short(name: str, lines: int, fits: bool) -> None:
    complaints = list(form.complaints(file_of(lines, path=form.STEPS / f"{name}.py")))
    assert any("at most 80" in line or "at most 150" in line for line in complaints) is not fits


def test_one_long_function_in_a_hundred_is_accepted() -> None:
    assert not list(form.complaints(functions_of((51, 1), *[(5, 1)] * 99)))


def test_two_long_functions_in_a_hundred_are_named() -> None:
    assert len(list(form.complaints(functions_of(*[(51, 1)] * 2, *[(5, 1)] * 98)))) == 3


def test_many_functions_of_five_parameters_are_too_many() -> None:
    assert list(form.complaints(functions_of(*[(5, 5)] * 2, *[(5, 1)] * 8)))


def test_an_open_end_is_found_with_its_line() -> None:
    assert next(form.open_ends(FILE, "a = 1\n# TO" + "DO later\n")).startswith(f"{FILE}:2:")


def test_a_dependency_is_named_without_extras_and_version() -> None:
    project = '[project]\ndependencies = ["psycopg[binary]~=3.3", "tzdata"]'
    assert form.direct_dependencies(project) == ["psycopg", "tzdata"]


def test_the_words_to_avoid_stand_in_the_glossary() -> None:
    assert {"workflow", "payload"} <= words.avoided((words.ROOT / "docs/glossary.md").read_text())


@pytest.mark.parametrize("name", ["load_work_items_of_node", "TokenTaken", "/api/entities/{id}", "todos"])
def test_a_name_is_split_into_its_words(name: str) -> None:
    assert words.words(name) & {"node", "token", "entity", "todo"}


@pytest.mark.parametrize("source", [
    "def find_node(): ...", "Table('edge', metadata)", "@get('/nodes')\ndef find(): ...",
    "get(path='/nodes')", "SQL = 'create table if not exists node (id)'",
])  # fmt: skip
def test_a_public_name_is_seen(source: str) -> None:
    assert any(words.words(name) & {"node", "edge"} for _, name in words.public_names(FILE, source))


def test_a_private_name_is_nobodys_business() -> None:
    assert [name for _, name in words.public_names(FILE, "def _node(): ...")] == ["load"]


def test_a_host_in_the_lock_file_is_refused() -> None:
    assert list(tree.complaints({Path("requirements.lock"): "a @ https" + "://example.org/a.whl"}))


@pytest.mark.parametrize("name", ["uv.lock", "web/pylock.toml"])
def test_a_lock_file_that_names_hosts_is_refused(name: str) -> None:
    assert list(tree.complaints({Path(name): ""}))


def test_a_path_of_this_machine_is_refused() -> None:
    assert list(tree.complaints({Path("docs/x.md"): f"see {tree.ROOT}/README.md"}))


def test_a_dead_link_is_named() -> None:
    said = list(tree.dead_links(Path("docs/x.md"), "[a](glossary.md) [b](gone.md) [c](https://example.org)"))
    assert said == ["docs/x.md: links to gone.md, which is not there"]


def test_a_dependency_without_a_reason_is_named() -> None:
    assert list(tree.unexplained('[project]\ndependencies = ["rich~=15.0"]', "| typer | MIT |"))
