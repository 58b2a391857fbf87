"""What a process is for, as its file says, so that lists can show it."""

import zlib
from xml.etree import ElementTree as ET

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def upgrade() -> None:
    column = sa.Column("description", sa.Text(), nullable=False, server_default="")
    op.add_column("definition", column)
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "select d.id, d.process_id, f.xml from definition d join deployment f on f.id = d.deployment_id"
        )
    ).all()
    for id, process_id, xml in found:
        text = description(process_id, zlib.decompress(xml))
        if text:
            update = sa.text("update definition set description = :text where id = :id")
            connection.execute(update, {"text": text, "id": id})


def description(process_id: str, xml: bytes) -> str:
    """The documentation of a process in a file that was read when it was deployed."""
    said = [
        (part.text or "").strip()
        for process in ET.fromstring(xml).iter(f"{BPMN}process")  # noqa: S314 - it was checked then
        if process.get("id") == process_id
        for part in process.iterfind(f"{BPMN}documentation")
    ]
    return "\n\n".join(filter(None, said))
