"""Random requests by the API's own description: no 500, and no answer that the description does not know."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import BaseSchema, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

import stepwell
from stepwell.api import app
from stepwell.identity import STEPWELL
from stepwell.services.records import record_types
from stepwell.services.records.record_types import Change
from tests.api.conftest import MODELS, TOKEN, Server, serving

STREAM = "/api/v1/events"  # goes on for ever, unless told otherwise
NEVER_WRONG = ("/health", STREAM)
FLOAT = re.compile(r"to be a whole number .* but found .*\d[.e]\S*\d")


schemathesis.serializer.alias("application/zip", "application/octet-stream")


def operations() -> list[tuple[str, str]]:
    """(path, method) of everything in the description."""
    description = app.framework().openapi_schema.to_schema()
    return [(path, method) for path, methods in description["paths"].items() for method in methods]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("contract"), STEPWELL_TOKEN=TOKEN) as found:
        with stepwell.open(found.database) as engine:
            for path in MODELS.glob("*.bpmn"):
                engine.deploy(path)
            for number in range(3):
                engine.start("form", {"number": number})
                engine.start("divide")
                engine.start("pause")
            asked = Change(actor=STEPWELL)
            record_types.put(engine.store, {"name": "a", "fields": [{"name": "f", "type": "text"}]}, asked)
        yield found


@pytest.fixture(scope="module")
def description(server: Server) -> BaseSchema:
    found: BaseSchema = schemathesis.openapi.from_url(f"{server.address}/docs/openapi.json")
    return found


BEYOND = {
    "deployment.invalid", "application.invalid", "cursor.invalid", "idempotency.other-request", "record-type.invalid", "record-type.in-the-way",
    "record.invalid", "filter.invalid", "sort.invalid", "columns.invalid", "measure.unfit", "import.invalid", "view.invalid",
    "right.invalid", "person.manager", "person.time-zone", "role.unknown", "role.place", "password.too-easy", "text.missing",
    "parameter.excluded", "variables.unknown",
}  # fmt: skip


def is_beyond_a_schema(answer: Any) -> bool:
    """Whether a request was refused for what no schema can say: not every text is BPMN or one of our cursors,
    a key was used before, of two parameters one excludes the other, 2.0 is no integer to us, a role stands below
    another one, and the token of the installation names nobody whose inbox it could be."""
    if answer.status_code != 422:
        return False
    problem = answer.json()
    if problem["code"] in BEYOND:
        return True
    parts = problem["problems"]
    return any(FLOAT.search(part["message"]) or part["rule"] in BEYOND for part in parts)


def is_right_as_text(operation: Any, answer: Any) -> bool:
    """Whether what was sent in the address is as described, though it was made as something else: an address holds
    nothing but text, and an object or a number that stands in it is a right text where any text is.
    """
    schemas = {one["name"]: one["schema"] for one in operation.definition.raw.get("parameters", [])}
    sent = parse_qsl(urlsplit(answer.request.url).query, keep_blank_values=True)
    return bool(sent) and all(name in schemas and fits(schemas[name], value) for name, value in sent)


def fits(schema: dict[str, Any], text: str) -> bool:
    kind = schema.get("oneOf", [schema])[0]
    kind = kind.get("items", kind)
    if "enum" in kind:
        return text in kind["enum"]
    return text.isdecimal() if kind["type"] == "integer" else kind == {"type": "string"}


@pytest.mark.parametrize(("mode", "path", "method"), [
    (mode, path, method)
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    for path, method in operations()
    if mode is GenerationMode.POSITIVE or not path.startswith(NEVER_WRONG)
])  # fmt: skip
def test_the_description_is_kept(
    description: BaseSchema, path: str, method: str, mode: GenerationMode, nightly: bool
) -> None:
    operation = description[path][method]

    @settings(
        max_examples=300 if nightly else 12,
        suppress_health_check=list(HealthCheck),
        deadline=None,
        database=None,
    )
    @given(operation.as_strategy(generation_mode=mode))
    def answers_as_described(case: Any) -> None:
        if path == STREAM:
            case.query = {**(case.query or {}), "seconds": 0}
        answer = case.call(headers={"Authorization": f"Bearer {TOKEN}"})
        if answer.status_code == 414:
            return  # an address of more than 64 KB is refused before we see it
        excluded = [positive_data_acceptance] if is_beyond_a_schema(answer) else []
        if is_right_as_text(operation, answer):
            excluded.append(negative_data_rejection)
        case.validate_response(answer, excluded_checks=excluded)

    answers_as_described()
