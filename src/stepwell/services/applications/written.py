"""An application as its folder describes it, read and checked as far as that goes without the database."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from stepwell.engine.definition import ProcessDefinition
from stepwell.errors import Problem
from stepwell.identity import Role
from stepwell.identity.policies.record import RecordRight
from stepwell.services.applications.paths import Files
from stepwell.services.applications.yaml_text import Tree
from stepwell.services.people import NewPerson


class TypeFile(Struct, frozen=True):
    """A record type: the plain data that describes it, and where each part of it stands."""

    path: str
    data: Mapping[str, Any]
    tree: Tree

    def moved(self, problem: Problem) -> Problem:
        """A problem of the definition, where it stands in the file."""
        return replace(problem, file=self.path, line=self.tree.line(self._place(problem.field)))

    def _place(self, field: str) -> str:
        """A field by its place, where only its name is known."""
        fields = self.data.get("fields")
        items = fields if isinstance(fields, list) else []
        names = [item.get("name") if isinstance(item, dict) else None for item in items]
        return f"fields[{names.index(field)}]" if field in names else field


class ProcessFile(Struct, frozen=True):
    """A BPMN file with the processes that it defines; none of them if there is an error in it."""

    path: str
    data: bytes
    definitions: tuple[ProcessDefinition, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Its processes that can run."""
        return tuple(found.id for found in self.definitions if found.executable)


class Written(Struct):
    """Everything that a folder says. ``problems`` grows while it is read and deployed.

    ``roles``, ``rights`` and ``users`` are None where there is no file. Tables of data and lookups are read
    with the record types of the database.
    """

    files: Files
    name: str = ""
    label: str = ""
    version: str = ""
    has_users: bool = False
    types: dict[str, TypeFile] = {}
    roles: dict[str, Role] | None = None
    rights: dict[str, dict[str, RecordRight]] | None = None
    users: dict[str, NewPerson] | None = None
    processes: list[ProcessFile] = []
    pages: dict[str, bytes] = {}
    trees: dict[str, Tree] = {}
    problems: list[Problem] = []

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep it from being deployed."""
        return [problem for problem in self.problems if not problem.warning]

    def complain(self, rule: str, message: str, path: str, place: str = "", hint: str = "") -> None:
        """Note that something in a file has to be mended; ``place`` is the part of a YAML file."""
        line = self.trees[path].line(place) if path in self.trees else 0
        self.problems.append(Problem(rule, message, field=place, line=line, file=path, hint=hint))
