"""People, roles, sessions and API tokens, and who may run and see what."""

import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import sqlalchemy as sa
from alembic import op

from stepwell.store.migrations.making import create

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = {
    "participation": ("instance_id:int principal:text", ""),
    "definition_role": ("definition_id:int kind:text role:text", ""),
    "person": (
        "name:text",
        (
            "display_name:text email:text is_active:int manager:text time_zone:text language:text settings:blob"
            " password:text search:text created_at:int"
        ),
    ),
    "role": ("name:text", "label:text kind:text parent:text search:text created_at:int"),
    "role_right": ("role:text name:text", ""),
    "membership": ("person:text role:text", ""),
    "login_session": (
        "id:text",
        "hash:blob person:text created_at:int seen_at:int expires_at:int address:text agent:text",
    ),
    "api_token": (
        "id:text",
        "hash:blob person:text name:text scope:text created_at:int expires_at:int? seen_at:int?",
    ),
    "login_attempt": ("name:text", "failures:int failed_at:int locked_until:int"),
}
INDEXES = {
    "participation_principal": ("participation", "principal instance_id"),
    "definition_role_role": ("definition_role", "role kind definition_id"),
    "membership_role": ("membership", "role person"),
    "login_session_person": ("login_session", "person id"),
    "login_session_expires_at": ("login_session", "expires_at"),
    "api_token_person": ("api_token", "person id"),
    "login_attempt_failed_at": ("login_attempt", "failed_at"),
}
EXTENSION = "{urn:stepwell:bpmn:1}process"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
KINDS = {"runBy": "run", "seenBy": "see"}


def upgrade() -> None:
    for name, (key, columns) in TABLES.items():
        create(name, key, columns)
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns.split())
    op.create_index("login_session_hash", "login_session", ["hash"], unique=True)
    op.create_index("api_token_hash", "api_token", ["hash"], unique=True)
    started = sa.text("starter != ''")
    op.create_index(
        "process_instance_starter", "process_instance", ["starter", "id"],
        sqlite_where=started, postgresql_where=started,
    )  # fmt: skip
    fill_definition_roles()
    fill_participation()


def fill_definition_roles() -> None:
    """Processes deployed before say in their files who may run and see them."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "select d.id, d.process_id, f.xml from definition d join deployment f on f.id = d.deployment_id"
        )
    )
    rows = [
        {"definition": row[0], "kind": kind, "role": role}
        for row in found
        for kind, role in roles_of(row[1], zlib.decompress(row[2]))
    ]
    insert = sa.text(
        "insert into definition_role (definition_id, kind, role) values (:definition, :kind, :role)"
    )
    if rows:
        connection.execute(insert, rows)


def fill_participation() -> None:
    """Who has a step of an instance now, and the roles that its process names, see it."""
    op.execute(
        "insert into participation (instance_id, principal)"
        " select i.instance_id, i.principal from inbox i where i.principal != '*'"
        " union select p.id, 'role:' || r.role from process_instance p join definition_role r"
        " on r.definition_id = p.definition_id and r.kind = 'see'"
    )


def roles_of(process_id: str, xml: bytes) -> Iterator[tuple[str, str]]:
    """(run or see, role) of a process in a file that was read when it was deployed."""
    for process in ET.fromstring(xml).iter(f"{BPMN}process"):  # noqa: S314 - it was checked then
        if process.get("id") == process_id:
            for said in process.iterfind(f"{BPMN}extensionElements/{EXTENSION}"):
                for attribute, kind in KINDS.items():
                    names = (name.strip() for name in said.get(attribute, "").split(","))
                    yield from ((kind, name) for name in dict.fromkeys(names) if name)
