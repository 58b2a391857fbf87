"""Records: a page of a long list with an indexed filter, and the import of a CSV file."""

from time import perf_counter

from bench import script
from bench.records_data import QUESTIONS, TYPES, text
from bench.systems import stepwell

PAGE = 50
PART = 50_000
IMPORTED = 10_000


def fill(engine: stepwell.Engine, records: int) -> None:
    """Makes the types and the records unless they are there."""
    if engine.has_record_type("contact"):
        return
    for definition in TYPES:
        engine.put_record_type(definition)
    engine.import_records("account", "name\n" + "".join(f"Account {number}\n" for number in range(1000)))
    for first in range(0, records, PART):
        engine.import_records("contact", text(first, min(PART, records - first)))


def pages(engine: stepwell.Engine, count: int) -> None:
    """Times pages; each list goes on behind the page before, so that most are inside of it."""
    for setting, asked in zip(script.task()["settings"], QUESTIONS.values(), strict=True):
        after: list[str | None] = [None]

        def page(_: int, asked: dict[str, object] = asked, after: list[str | None] = after) -> None:
            found, after[0] = engine.records_page("contact", {**asked, "limit": PAGE, "after": after[0]})
            assert found, "Expected a page of records but found none"

        script.one_caller(page, range(20))
        script.say("pages", script.one_caller(page, range(count)), setting=setting)


def main() -> None:
    given = script.task()
    with stepwell.opened(given) as engine:
        fill(engine, given["records"])
        if given["what"] == "pages":
            pages(engine, given["count"])
            return
        began = perf_counter()
        engine.import_records("contact", text(given["records"], IMPORTED))
        script.say_value("seconds", perf_counter() - began, "s")


if __name__ == "__main__":
    main()
