"""Records: a page of a long list with an indexed filter, and the import of a CSV file."""

from time import perf_counter

from bench import script
from bench.systems import stepwell

PAGE = 50
PART = 50_000
IMPORTED = 10_000
CITIES = 1000
TYPES = (
    {"name": "account", "key": "name", "fields": [
        {"name": "name", "type": "text", "required": True, "unique": True},
    ]},
    {"name": "contact", "fields": [
        {"name": "name", "type": "text", "required": True, "indexed": True},
        {"name": "number", "type": "integer", "unique": True},
        {"name": "city", "type": "text", "indexed": True},
        {"name": "born_on", "type": "date"},
        {"name": "income", "type": "money", "indexed": True},
        {"name": "is_customer", "type": "yes_no"},
        {"name": "account", "type": "link", "to": "account"},
    ]},
)  # fmt: skip
QUESTIONS = {
    "by city": {"filter": {"field": "city", "op": "=", "value": "City 7"}},
    "by city, sorted by income": {
        "filter": {"field": "city", "op": "=", "value": "City 7"}, "sort": ("-income",),
    },
    "of a range, sorted by it": {
        "filter": {"field": "income", "op": "between", "value": [500, 600]}, "sort": ("income",),
    },
    "sorted by name, far inside": {"sort": ("name",)},
    "newest": {},
}  # fmt: skip


def text(first: int, count: int) -> str:
    """A CSV file of contacts; numbers are spread by multiplication with primes."""
    lines = [
        f"Person {number * 7919 % 1_000_003},{number},City {number * 104_729 % CITIES},19{number % 90 + 10}-05-17,"
        f"{number * 31 % 100_000}.50,{'true' if number % 3 else 'false'},Account {number % 1000}"
        for number in range(first, first + count)
    ]
    return "\n".join(["name,number,city,born_on,income,is_customer,account", *lines, ""])


def fill(engine: stepwell.Engine, records: int) -> None:
    """Makes the types and the records unless they are there."""
    if engine.has_record_types():
        return
    for definition in TYPES:
        engine.put_record_type(definition)
    engine.import_records("account", "name\n" + "".join(f"Account {number}\n" for number in range(1000)))
    for first in range(0, records, PART):
        engine.import_records("contact", text(first, min(PART, records - first)))


def pages(engine: stepwell.Engine, count: int) -> None:
    """Times pages; each list goes on behind the page before, so that most are inside of it."""
    for name, asked in QUESTIONS.items():
        after: list[str | None] = [None]

        def page(_: int, asked: dict[str, object] = asked, after: list[str | None] = after) -> None:
            found, after[0] = engine.records_page("contact", {**asked, "limit": PAGE, "after": after[0]})
            assert found, "Expected a page of records but found none"

        script.one_caller(page, range(20))
        script.say(
            "pages", script.one_caller(page, range(count)), setting=f"{script.task()['setting']}, {name}"
        )


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
