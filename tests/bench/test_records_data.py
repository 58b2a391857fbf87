"""The records of the measure."""

import csv
import io

from bench import records_data as records

ROWS = list(csv.DictReader(io.StringIO(records.text(100, 5000))))


def test_every_contact_has_a_number_of_its_own() -> None:
    assert [int(row["number"]) for row in ROWS] == list(range(100, 5100))


def test_the_contacts_are_spread_over_all_cities() -> None:
    assert len({row["city"] for row in ROWS}) == records.CITIES


def test_the_columns_are_fields_of_the_type() -> None:
    fields = {field["name"] for field in records.TYPES[1]["fields"]}  # type: ignore[index]
    assert set(ROWS[0]) == fields


def test_a_file_of_no_contacts_has_its_header() -> None:
    assert records.text(0, 0).startswith("name,number,")
