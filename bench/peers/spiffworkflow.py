"""SpiffWorkflow, one caller: the state as JSON, one row per instance, in SQLite (WAL, FULL) or not at all.

The row holds what the library's own serializer gives, with the specification, as its documentation does it.
"""

import sqlite3
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.util.task import TaskState

from bench import models, script

MODELS = {
    "W1": ("w1", models.w1(models.PYTHON)),
    "W2": ("w2", models.w2()),
    "W3": ("w3", models.w3()),
    "W4": ("w4", models.w4(models.PYTHON)),
}
AUTOMATIC = ("W1", "W4")
SERIALIZER = BpmnWorkflowSerializer()


class Rows:
    """One row per instance; with no path nothing is kept, which is the library in memory."""

    def __init__(self, path: Path | None) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None) if path else None
        for statement in (
            "pragma journal_mode=wal",
            "pragma synchronous=full",
            "create table instance (id integer primary key, finished integer, state text)",
        ):
            if self.connection:
                self.connection.execute(statement)

    def add(self, instance: BpmnWorkflow) -> None:
        if self.connection:
            self.connection.execute(
                "insert into instance (finished, state) values (?, ?)",
                (instance.is_completed(), SERIALIZER.serialize_json(instance)),
            )

    def load(self, key: int) -> BpmnWorkflow:
        assert self.connection
        row = self.connection.execute("select state from instance where id = ?", (key,)).fetchone()
        return SERIALIZER.deserialize_json(row[0])

    def save(self, key: int, instance: BpmnWorkflow) -> None:
        assert self.connection
        self.connection.execute(
            "update instance set finished = ?, state = ? where id = ?",
            (instance.is_completed(), SERIALIZER.serialize_json(instance), key),
        )


def parse(process_id: str, xml: str) -> BpmnProcessSpec:
    """The specification, read once: parsing is no part of any measure."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(BytesIO(xml.encode())))
    return parser.get_spec(process_id)


def begin(spec: BpmnProcessSpec) -> BpmnWorkflow:
    """A new instance that has run until it waits or ends."""
    instance = BpmnWorkflow(spec)
    instance.get_next_task(state=TaskState.READY).set_data(x=1, i=0)
    instance.do_engine_steps()
    return instance


def complete(instance: BpmnWorkflow) -> None:
    """Completes one user task and runs on."""
    instance.get_next_task(state=TaskState.READY, manual=True).run()
    instance.do_engine_steps()


def main() -> None:
    given = script.task()
    count, workload = given["count"], given["workload"]
    spec = parse(*MODELS[workload])
    rows = Rows(script.folder(given) / "spiff.db" if given["database"] == "sqlite" else None)
    timing = script.one_caller(lambda _: rows.add(begin(spec)), range(count))
    script.say("instances" if workload in AUTOMATIC else "starts", timing)
    if workload not in AUTOMATIC and rows.connection:
        script.say("completions", script.one_caller(lambda key: _step(rows, key), _keys(workload, count)))
    if rows.connection:
        done = rows.connection.execute("select count(*) from instance where finished").fetchone()[0]
        assert done == count, f"Expected {count} finished instances but found {done}"


def _step(rows: Rows, key: int) -> None:
    instance = rows.load(key)
    complete(instance)
    rows.save(key, instance)


def _keys(workload: str, count: int) -> Iterator[int]:
    for _ in range(5 if workload == "W3" else 1):
        yield from range(1, count + 1)


if __name__ == "__main__":
    main()
