"""Days that a table says relative to the one on which its row came."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import stepwell
from stepwell.errors import Invalid
from stepwell.library import Engine
from tests.services.applications.small import Texts, deploy, export
from tests.store.instances import Clock

DAY = 86_400_000_000
FIRST = int(datetime(2026, 2, 27, 23, 30, tzinfo=UTC).timestamp()) * 1_000_000
VISITS: Texts = {
    "app.yaml": "name: shop\n",
    "record_types/visit.yaml": (
        "title: name\nkey: name\nfields:\n  - name: name\n    type: text\n    unique: true\n"
        "  - name: on\n    type: date\n  - name: at\n    type: date_time\n"
    ),
    "data/visit.csv": "name,on,at\nlast,today-30,\nnow,today,\nnext,today+2,today+2T09:30\nfixed,2020-01-01,\n",
}


@pytest.fixture
def clock() -> Clock:
    return Clock(FIRST)


@pytest.fixture
def engine(database_url: str, clock: Clock) -> Iterator[Engine]:
    with stepwell.open(database_url, clock=clock, upgrade=False) as found:
        yield found


@pytest.fixture
def texts() -> Texts:
    return dict(VISITS)


def days(engine: Engine) -> dict[str, object]:
    return {str(item.values["name"]): item.values["on"] for item in engine.records.page("visit").items}


def changed(engine: Engine, name: str, **values: str) -> None:
    """Somebody changes the visit with this name."""
    [visit] = engine.records.page("visit", filter={"field": "name", "value": name}).items
    engine.records.change(visit.id, values)


def test_days_are_counted_from_the_one_on_which_the_row_comes(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    assert days(engine) == {
        "last": "2026-01-28", "now": "2026-02-27", "next": "2026-03-01", "fixed": "2020-01-01",
    }  # fmt: skip


def test_a_moment_is_a_day_with_a_time(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    moments = [item.values["at"] for item in engine.records.page("visit").items if item.values["at"]]
    assert moments == ["2026-03-01T09:30:00Z"]


def test_deployed_again_on_another_day_nothing_changes(engine: Engine, texts: Texts, clock: Clock) -> None:
    deploy(engine, texts)
    before = days(engine)
    clock.now += 40 * DAY
    assert deploy(engine, texts).changed == ()
    assert days(engine) == before


def test_a_row_that_is_written_again_keeps_its_days_and_a_new_one_has_its_own(
    engine: Engine, texts: Texts, clock: Clock
) -> None:
    deploy(engine, texts)
    clock.now += 10 * DAY
    texts["data/visit.csv"] = texts["data/visit.csv"].replace("today+2,", "today+3,") + "late,today,\n"
    deploy(engine, texts)
    assert days(engine)["next"] == "2026-03-02"
    assert days(engine)["late"] == "2026-03-09"


def test_an_export_gives_them_as_they_were_written(engine: Engine, texts: Texts, clock: Clock) -> None:
    deploy(engine, texts)
    clock.now += 40 * DAY
    assert export(engine) == texts


def test_an_export_names_only_the_days_that_people_changed(
    engine: Engine, texts: Texts, clock: Clock
) -> None:
    deploy(engine, texts)
    changed(engine, "now", on="2026-05-01")
    changed(engine, "next", at="2026-03-01T10:00:00Z")
    found = export(engine)
    assert found["data/visit.csv"] == (
        "name,on,at\nlast,today-30,\nnow,2026-05-01,\nnext,today+2,2026-03-01T10:00:00Z\nfixed,2020-01-01,\n"
    )
    clock.now += 40 * DAY
    assert deploy(engine, found).changed == ()
    assert export(engine) == found


def test_a_day_that_somebody_changed_and_set_back_is_as_it_was_written(engine: Engine, texts: Texts) -> None:
    deploy(engine, texts)
    changed(engine, "now", on="2026-05-01")
    changed(engine, "now", on="2026-02-27")
    assert export(engine) == texts


def test_values_of_a_lookup_keep_their_days_too(engine: Engine, clock: Clock) -> None:
    fields = "kind: lookup\nfields:\n  - name: until\n    type: date\n"
    season: Texts = {
        "app.yaml": "name: shop\n",
        "record_types/season.yaml": fields,
        "lookups/season.csv": "code,label,until\nsale,Sale,today+14\n",
    }
    deploy(engine, season)
    clock.now += 40 * DAY
    assert deploy(engine, season).changed == ()
    [sale] = engine.records.page("season").items
    assert sale.values["until"] == "2026-03-13"
    engine.records.change(sale.id, {"label": "Sales"})
    assert export(engine)["lookups/season.csv"] == "code,label,until\nsale,Sales,today+14\n"


@pytest.mark.parametrize("cell", ["today+", "today 3", "todays", "today+1234567"])
def test_what_is_no_day_is_told_with_its_line(engine: Engine, texts: Texts, cell: str) -> None:
    texts["data/visit.csv"] = f"name,on,at\nlast,{cell},\n"
    with pytest.raises(Invalid) as refused:
        deploy(engine, texts)
    [problem] = refused.value.problems
    assert (problem.file, problem.line, problem.field) == ("data/visit.csv", 2, "on")
    assert cell in problem.message
