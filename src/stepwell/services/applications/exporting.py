"""An application as files again: what is as it was deployed comes back byte for byte, the rest as it is now."""

import hashlib
import re
from collections.abc import Iterator, Mapping

from stepwell.errors import Invalid, NotFound
from stepwell.identity import STEPWELL, Actor
from stepwell.identity.policies import application as policy
from stepwell.records.naming import shown
from stepwell.services.allowing import allow
from stepwell.services.applications import paths, rendering
from stepwell.services.applications.paths import Files
from stepwell.services.applications.rendering import ALL, Sifted, renderer
from stepwell.services.records import shipping
from stepwell.services.records.viewer import Viewer, ask
from stepwell.store import Store, applications, roles
from stepwell.store.applications import Application, ApplicationFile
from stepwell.store.queries import definitions
from stepwell.store.session import Session

_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")


def export(store: Store, name: str = "", actor: Actor = STEPWELL) -> Files:
    """The files of an application, or of everything there is if none was ever deployed.

    Rows are those that the application brought; passwords are in no file. Raises ``NotFound`` for an application
    that is not there, ``Invalid`` when there are several and none is named.
    """
    verdict = policy.may_deploy_applications(actor)
    allow(verdict, "application.forbidden", "Expected to be allowed to export applications")
    return dict(sorted(ask(store, actor, lambda viewer: _export(viewer, name)).items()))


def _export(viewer: Viewer, name: str) -> dict[str, bytes]:
    known = {found.name: found for found in applications.everything(viewer.session)}
    if name and name not in known:
        raise NotFound("application.unknown", f"Expected an application, but there is no {shown(name)}.")
    if len(known) > 1 and not name:
        message = f"Expected the name of one of the applications {', '.join(known)}, but none is said."
        raise Invalid("application.which", message)
    if not known:
        return _everything(viewer)
    return _of_application(viewer, known[name] if name else next(iter(known.values())))


def _of_application(viewer: Viewer, found: Application) -> dict[str, bytes]:
    old = {
        path: file for path, file in applications.files(viewer.session, found.name).items() if file.is_current
    }
    made = {path: file.content for path, file in old.items() if path.partition("/")[0] != paths.PROCESSES}
    for path, file in old.items():
        render = renderer(path, Sifted(file.brought, has_more=True, kept=file.kept), file.content)
        if render is None:
            continue
        if not _is_there(viewer, path):
            made.pop(path)
            continue
        rendered = render(viewer)
        if hashlib.sha256(rendered).digest() != file.made:
            made[path] = rendered
    return made | dict(_processes_of(viewer.session, old))


def _is_there(viewer: Viewer, path: str) -> bool:
    folder = path.partition("/")[0]
    return folder not in {paths.TYPES, paths.LOOKUPS, paths.DATA} or paths.stem(path) in viewer.known.types


def _processes_of(session: Session, old: Mapping[str, ApplicationFile]) -> Iterator[tuple[str, bytes]]:
    """The files of the versions that are current, under the names that the folder gave them."""
    current = definitions.current_files(session)
    for path, file in old.items():
        if path.startswith(f"{paths.PROCESSES}/"):
            xml = next((current[key][1] for key in file.brought if key in current), None)
            if xml is not None:
                yield path, xml


# -- without an application -----------------------------------------------------------------------------


def _everything(viewer: Viewer) -> dict[str, bytes]:
    """Record types, lookups, roles, rights and processes of an installation that never had a folder."""
    made = {paths.APP: rendering.application(Application("exported", "", "", 0, ""), has_users=False)}
    names = [role.name for role in roles.everything(viewer.session)]
    own = {
        name: found for name, found in viewer.known.types.items() if not shipping.is_as_shipped(viewer, found)
    }
    types = [name for name, found in own.items() if not rendering.is_plain_lookup(found)]
    tables = [name for name, found in own.items() if found.kind == "lookup"]
    made |= {paths.ROLES: rendering.role_file(viewer, sorted(names))} if names else {}
    guarded = sorted(name for name in own if viewer.known.rights.get(name))
    made |= {paths.RIGHTS: rendering.rights_file(viewer, guarded, ALL)} if guarded else {}
    made |= {
        f"{paths.TYPES}/{name}.yaml": rendering.record_type(viewer.known.types[name], ALL) for name in types
    }
    made |= {f"{paths.LOOKUPS}/{name}.csv": rendering.table(viewer, name, ALL, None) for name in tables}
    made |= {f"{paths.PAGES}/{name}": data for name, data in applications.pages(viewer.session).items()}
    return made | _named(definitions.current_files(viewer.session))


def _named(current: Mapping[str, tuple[str, bytes]]) -> dict[str, bytes]:
    """The files of processes by the names they were deployed under; two with one name are told apart."""
    made: dict[str, bytes] = {}
    for process_id, (name, xml) in sorted(current.items()):
        if xml in made.values():
            continue
        path = (
            f"{paths.PROCESSES}/{_UNFIT.sub('_', name.removesuffix('.bpmn')).strip('.') or process_id}.bpmn"
        )
        made[path if path not in made else f"{paths.PROCESSES}/{_UNFIT.sub('_', process_id)}.bpmn"] = xml
    return made
