"""Roles and people, as a folder says they are."""

from msgspec.structs import replace

from stepwell.errors import Problem
from stepwell.identity import Role
from stepwell.records.naming import shown
from stepwell.services import people, roles
from stepwell.services.applications import paths
from stepwell.services.applications.applying import Applying
from stepwell.services.people import NewPerson, PersonChange
from stepwell.services.roles import RoleChange
from stepwell.store import people as person_rows
from stepwell.store import roles as role_rows

_KNOWN = ("display_name", "email", "manager", "time_zone", "language")


def put_roles(applying: Applying) -> None:
    """Make and change the roles of ``roles.yaml``, each behind the one above it."""
    wanted = applying.written.roles
    if wanted is None:
        return
    there = {role.name: role for role in role_rows.everything(applying.tx.session)}
    for role in _in_order(wanted):
        with applying.telling(paths.ROLES, role.name):
            _put_role(applying, role, there.get(role.name))
    applying.brought[paths.ROLES] = tuple(wanted)


def _in_order(wanted: dict[str, Role]) -> list[Role]:
    placed: dict[str, Role] = {}
    for role in wanted.values():
        way: list[Role] = []
        above: Role | None = role
        while above is not None and above.name not in placed and above not in way:
            way.append(above)
            above = wanted.get(above.parent)
        placed |= {one.name: one for one in reversed(way)}
    return list(placed.values())


def _put_role(applying: Applying, role: Role, old: Role | None) -> None:
    if old is None:
        roles.add_in(applying.tx, role, applying.actor)
        applying.note("role", role.name, "made")
    elif old != role:
        changed = RoleChange(label=role.label, kind=role.kind, parent=role.parent, rights=role.rights)
        roles.change_in(applying.tx, role.name, changed, applying.actor)
        names = [
            name
            for name in ("label", "kind", "parent", "rights")
            if getattr(old, name) != getattr(role, name)
        ]
        applying.note("role", role.name, "changed", *names)


def put_people(applying: Applying) -> None:
    """Add and change the people of ``users.yaml``; nobody gets a password, and nobody loses a role."""
    wanted = applying.written.users
    if wanted is None:
        return
    for person in wanted.values():
        wrong = [_told(applying, person, problem) for problem in people.problems_of(person)]
        applying.written.problems += wrong
        if not wrong:
            with applying.telling(paths.USERS, person.name):
                _put_person(applying, replace(person, manager=""))
    for person in wanted.values():  # managers last: everybody is there now
        with applying.telling(paths.USERS, person.name):
            _put_manager(applying, person)
    applying.brought[paths.USERS] = (
        *wanted, *(f"{person.name}/{role}" for person in wanted.values() for role in person.roles)
    )  # fmt: skip


def _told(applying: Applying, person: NewPerson, problem: Problem) -> Problem:
    place = person.name if problem.field == "name" else f"{person.name}.{problem.field}"
    line = applying.written.trees[paths.USERS].line(place)
    return replace(problem, file=paths.USERS, field=place, line=line)


def _put_person(applying: Applying, person: NewPerson) -> None:
    old = person_rows.fetch(applying.tx.session, person.name)
    if old is None:
        people.add_in(applying.tx, person, applying.actor)
        applying.note("person", person.name, "made")
        return
    names = [name for name in _KNOWN if name != "manager" and getattr(old, name) != getattr(person, name)]
    if names:
        changed = PersonChange(**{name: getattr(person, name) for name in names})
        people.change_in(applying.tx, person.name, changed, applying.actor)
    given = person_rows.roles_of(applying.tx.session, person.name)
    new = [role for role in person.roles if role not in given]
    for role in new:
        roles.add_member_in(applying.tx, role, person.name, applying.actor)
    if names or new:
        applying.note("person", person.name, "changed", *names, *(f"role {role}" for role in new))


def _put_manager(applying: Applying, person: NewPerson) -> None:
    old = person_rows.fetch(applying.tx.session, person.name)
    if old is None or old.manager == person.manager:
        return
    if person.manager and person_rows.fetch(applying.tx.session, person.manager) is None:
        message = f"Expected the login name of a person, but there is no {shown(person.manager)}."
        applying.written.complain("person.manager", message, paths.USERS, f"{person.name}.manager")
        return
    people.change_in(applying.tx, person.name, PersonChange(manager=person.manager), applying.actor)
    if not any(item.name == person.name and item.what == "person" for item in applying.changed):
        applying.note("person", person.name, "changed", "manager")
