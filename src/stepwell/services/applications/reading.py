"""From the files of an application to what they say, or to everything that is wrong with them."""

from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

from lxml import etree
from msgspec.structs import replace

from stepwell import feel
from stepwell.config import Settings
from stepwell.engine.work import EmailDraft
from stepwell.errors import Invalid, Problem, near
from stepwell.feel.errors import line_and_column
from stepwell.forms import decode
from stepwell.forms import read as read_page
from stepwell.identity import RIGHTS as ALL_RIGHTS
from stepwell.identity import Role
from stepwell.identity.policies.record import Extent, RecordRight
from stepwell.records.naming import is_clean, is_name, shown
from stepwell.services import definitions
from stepwell.services.applications import paths, yaml_text
from stepwell.services.applications.paths import Files, within
from stepwell.services.applications.written import ProcessFile, TypeFile, Written
from stepwell.services.definitions import Pages
from stepwell.services.people import NewPerson

Shape = Mapping[str, type]
_WORDS = {str: "a text", bool: "true or false", list: "a list of texts"}
_APP: Shape = {"name": str, "label": str, "version": str, "users": bool}
_ROLE: Shape = {"label": str, "kind": str, "parent": str, "rights": list}
_RIGHT: Shape = {"see": str, "add": bool, "change": str, "delete": str}
_USER: Shape = {
    "display_name": str, "email": str, "manager": str, "time_zone": str, "language": str, "roles": list,
}  # fmt: skip
_SET_ELSEWHERE = "Passwords do not belong into files; set one with: stepwell user password NAME"
_KINDS = ("organisational", "functional")


def read(files: Files, settings: Settings, kept: Files) -> Written:
    """What the files say; nothing is raised, the problems stand in it.

    ``kept`` are the pages and mail texts that applications brought before, by their paths.
    """
    made = Written(files)
    problems = [found for path in files for found in paths.problems_of_path(path)]
    made.problems += problems
    _app(made)
    _types(made)
    _roles(made)
    _rights(made)
    _users(made)
    _pages(made)
    _processes(made, settings, kept)
    for name, data in within(files, paths.DECISIONS).items():
        _decision(made, f"{paths.DECISIONS}/{name}", data)
    for name, data in within(files, paths.MAIL).items():
        _mail(made, f"{paths.MAIL}/{name}", data)
    return made


# -- YAML -----------------------------------------------------------------------------------------------


def _mapping(made: Written, path: str) -> dict[str, Any] | None:
    """The map that a YAML file is; None if there is no file or something else in it."""
    if path not in made.files:
        return None
    try:
        tree = yaml_text.read(made.files[path])
    except Invalid as refusal:
        made.problems += [replace(problem, file=path) for problem in refusal.problems]
        return None
    made.trees[path] = tree
    if tree.value is None:
        return {}
    if not isinstance(tree.value, dict):
        made.complain("yaml.unfit", f"Expected names with values, but found {shown(tree.value)}.", path)
        return None
    return tree.value


def _fit(made: Written, path: str, place: str, shape: Shape) -> Callable[[Any], dict[str, Any]]:
    """Gives the part of a value that has the shape; what has not is a problem at ``place``."""

    def fit(value: Any) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            made.complain("yaml.unfit", f"Expected names with values, but found {shown(value)}.", path, place)
            return {}
        found = {}
        for name, inner in value.items():
            where = f"{place}.{name}" if place else name
            message = _misfit(name, inner, shape)
            if message:
                hint = _SET_ELSEWHERE if name == "password" else ""
                made.complain("yaml.unfit", message, path, where, hint)
            else:
                found[name] = tuple(inner) if isinstance(inner, list) else inner
        return found

    return fit


def _misfit(name: str, value: Any, shape: Shape) -> str:
    kind = shape.get(name)
    if kind is None:
        return f"Expected one of {', '.join(shape)}, but found {shown(name)}{near(name, shape)}."
    if kind is str and type(value) is int:
        return f'Expected {name} to be a text, but found {value}; write "{value}".'
    items = value if isinstance(value, list) else []
    if type(value) is not kind or not all(isinstance(item, str) for item in items):
        return f"Expected {name} to be {_WORDS[kind]}, but found {shown(value)}."
    texts: list[str] = [value] if isinstance(value, str) else items
    return "" if all(map(is_clean, texts)) else f"Expected {name} without the character NUL."


def _choice(made: Written, path: str, place: str, value: str, choices: tuple[str, ...]) -> bool:
    if value in choices:
        return True
    message = f"Expected one of {', '.join(choices)}, but found {shown(value)}{near(value, choices)}."
    made.complain("yaml.unfit", message, path, place)
    return False


def _app(made: Written) -> None:
    found = _mapping(made, paths.APP)
    if found is None:
        if paths.APP not in made.files:
            message = f"Expected a file {paths.APP} that names the application, but there is none."
            made.complain("application.no-name", message, paths.APP)
        return
    given = _fit(made, paths.APP, "", _APP)(found)
    made.name, made.label = given.get("name", ""), given.get("label", "")
    made.version, made.has_users = given.get("version", ""), given.get("users", False)
    if not is_name(made.name):
        message = f"Expected a name of small letters, digits and _, but found {shown(made.name)}."
        made.complain("application.no-name", message, paths.APP, "name")
    for place in ("label", "version"):
        if len(given.get(place, "")) > 200:
            made.complain("text.too-long", "Expected at most 200 characters.", paths.APP, place)


def _types(made: Written) -> None:
    for name in within(made.files, paths.TYPES):
        path = f"{paths.TYPES}/{name}"
        found = _mapping(made, path)
        stem = paths.stem(path)
        if found is None:
            continue
        if found.get("name", stem) != stem:
            message = f"Expected the name of the file, '{stem}', but found {shown(found['name'])}."
            made.complain("record-type.name", message, path, "name")
        made.types[stem] = TypeFile(path, {**found, "name": stem}, made.trees[path])


def _roles(made: Written) -> None:
    found = _mapping(made, paths.ROLES)
    if found is None:
        return
    made.roles = {}
    for name, value in found.items():
        given = _fit(made, paths.ROLES, name, _ROLE)(value)
        kind = given.get("kind", "organisational")
        is_fit = _choice(made, paths.ROLES, f"{name}.kind", kind, _KINDS)
        rights = given.pop("rights", ())
        for place, right in enumerate(rights):
            is_fit &= _choice(made, paths.ROLES, f"{name}.rights[{place}]", right, ALL_RIGHTS)
        if is_fit:
            made.roles[name] = Role(name, **given, rights=frozenset(rights))


def _rights(made: Written) -> None:
    found = _mapping(made, paths.RIGHTS)
    if found is None:
        return
    made.rights = {}
    for name, roles in found.items():
        made.rights[name] = {}
        if not isinstance(roles, dict):
            message = f"Expected the rights of roles for '{name}', but found {shown(roles)}."
            made.complain("yaml.unfit", message, paths.RIGHTS, name)
            continue
        for role, value in roles.items():
            given = _fit(made, paths.RIGHTS, f"{name}.{role}", _RIGHT)(value)
            for place in ("see", "change", "delete"):
                where = f"{name}.{role}.{place}"
                if not _choice(made, paths.RIGHTS, where, given.get(place, "none"), get_args(Extent)):
                    del given[place]  # whether there is such a role and type is told beside
            made.rights[name][role] = RecordRight(role=role, **given)


def _users(made: Written) -> None:
    found = _mapping(made, paths.USERS)
    if found is None:
        return
    if not made.has_users:
        message = "Expected an application that may bring people, but app.yaml does not say 'users: true'."
        hint = "That is for demonstrations and tests: people of an installation are added there."
        made.complain("application.users", message, paths.USERS, hint=hint)
        return
    made.users = {
        name: NewPerson(name=name, **_fit(made, paths.USERS, name, _USER)(value))
        for name, value in found.items()
    }


# -- pages, processes, texts ----------------------------------------------------------------------------


def _pages(made: Written) -> None:
    for name, data in within(made.files, paths.PAGES).items():
        path = f"{paths.PAGES}/{name}"
        try:
            schema = decode(data)
            buttons = (
                None if isinstance(schema, dict) and "buttons" in schema else [{"code": "ok", "label": "OK"}]
            )
            read_page(schema if isinstance(schema, dict) else {"components": schema}, buttons)
        except Invalid as refusal:
            made.problems += [replace(problem, file=path) for problem in refusal.problems]
        else:
            made.pages[name] = data


def _processes(made: Written, settings: Settings, kept: Files) -> None:
    pages: Pages = {**within(kept, paths.PAGES), **within(made.files, paths.PAGES)}
    mail = within(kept, paths.MAIL).keys() | within(made.files, paths.MAIL).keys()
    where: dict[str, str] = {}
    for name, data in within(made.files, paths.PROCESSES).items():
        path = f"{paths.PROCESSES}/{name}"
        found, problems = definitions.read(data, settings, pages)
        made.problems += [replace(problem, file=path) for problem in problems]
        file = ProcessFile(path, data, found)
        made.processes.append(file)
        made.problems += _unknown_texts(file, {paths.stem(text) for text in mail})
        for process_id in file.ids:
            if where.setdefault(process_id, path) != path:
                message = f"Expected each process once, but '{process_id}' stands in {where[process_id]} too."
                made.complain("process.repeated", message, path)


def _unknown_texts(file: ProcessFile, known: set[str]) -> list[Problem]:
    """Templates of e-mails that are nowhere."""
    found = []
    for definition in file.definitions:
        for element in definition.elements.values():
            work = getattr(element.step, "work", None)
            kind = work.kind if work is not None else None
            if isinstance(kind, EmailDraft) and kind.template and kind.template not in known:
                message = f"Expected a text '{kind.template}' for {element.id!r}, but there is none{near(kind.template, known)}."
                found.append(
                    Problem(
                        "mail.unknown", message, element=element.id, line=element.line, file=file.path,
                        hint="Put it into mail/ of the application.",
                    )
                )  # fmt: skip
    return found


def _decision(made: Written, path: str, data: bytes) -> None:
    """A decision is kept; that it is XML without powers is all that can be said of it yet."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.XML(data, parser)
    except etree.XMLSyntaxError as fault:
        message = f"Expected a decision as XML, but found: {fault.msg}."
        made.problems.append(Problem("xml.malformed", message, line=max(fault.position[0], 0), file=path))
        return
    if cast("Any", root.getroottree().docinfo).doctype:
        made.complain("xml.doctype", "Expected no DOCTYPE, but found one.", path)
    elif etree.QName(root).localname != "definitions" or "/DMN/" not in (etree.QName(root).namespace or ""):
        message = f"Expected a DMN file, but found the element {shown(str(root.tag))}."
        made.complain("decision.not-dmn", message, path)


def _mail(made: Written, path: str, data: bytes) -> None:
    """A text with FEEL in braces."""
    text = data.decode(errors="replace")
    if not is_clean(text) or text.encode() != data:
        made.complain("mail.not-text", "Expected text in UTF-8 without the character NUL.", path)
        return
    try:
        feel.compile_template(text)
    except feel.FeelSyntaxError as fault:
        line, column = line_and_column(text, fault.position)
        message = f"Expected FEEL in the braces, but {fault.message}"
        made.problems.append(Problem("mail.malformed", message, line=line, column=column, file=path))
