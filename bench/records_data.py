"""The contacts of the records measure, and the lists that are read of them."""

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
