"""Roles: the tree of them, their members, and the rights that they give."""

from msgspec import Struct
from msgspec.structs import asdict, replace

from stepwell.errors import Conflict, Invalid, NotFound, Problem
from stepwell.identity import Actor, Right, RoleTree
from stepwell.identity import Role as Known
from stepwell.identity.policies import person as policy
from stepwell.identity.role import Kind
from stepwell.services import cursors, given
from stepwell.services import people as people_service
from stepwell.services.allowing import allow, note
from stepwell.services.auditing import note_change
from stepwell.services.ids import inner_id
from stepwell.store import Store, people
from stepwell.store import roles as rows
from stepwell.store.roles import RoleFilter
from stepwell.store.transaction import Transaction

_PLAIN, _WITHIN = (rf"[^\u0000-\u001f\u007f-\u009f,:;/\\{{}}=\"'{more}]" for more in (r" \u00a0", ""))
NAME = rf"^{_PLAIN}({_WITHIN}{{0,98}}{_PLAIN})?$"


class Role(Struct, frozen=True):
    """A role; ``parent`` is the one above it, ``rights`` what it gives beside those of the ones above."""

    name: str
    label: str
    kind: Kind
    parent: str
    rights: tuple[Right, ...]


class RolePage(Struct, frozen=True):
    """Roles in the order of their names; ``after`` asks for the next ones, None if there are none."""

    items: tuple[Role, ...]
    after: str | None = None


class RoleChange(Struct, frozen=True, kw_only=True):
    """What changes about a role; what is None stays. ``seen`` are the rights over which ``rights`` were chosen: then
    those of them that others gave or took since stay so.
    """

    label: str | None = None
    kind: Kind | None = None
    parent: str | None = None
    rights: frozenset[Right] | None = None
    seen: frozenset[Right] | None = None


class Members(Struct, frozen=True):
    """Who was put into a role, or taken out of it; those who were there, or not there, are not named."""

    role: str
    people: tuple[str, ...]


class Filter(Struct, frozen=True, kw_only=True):
    """Which roles: all of the words in their names, or directly below one (empty: at the top)."""

    search: str = ""
    parent: str | None = None
    limit: int = 50
    after: str | None = None


def add(store: Store, role: Known, actor: Actor) -> Role:
    """Add a role; raises ``Invalid``, and ``Conflict`` if the name is taken."""
    allow(policy.may_administer(actor), "role.forbidden", "Expected to be allowed to add a role")
    with store.transaction() as tx:
        added = add_in(tx, role, actor)
    note("role added", role=role.name, rights=sorted(role.rights), by=actor.name)
    return added


def add_in(tx: Transaction, role: Known, actor: Actor) -> Role:
    """``add`` inside the caller's transaction."""
    if not people_service.fits(NAME, role.name):
        message = (
            "Expected a name of at most 100 characters without , : ; / \\ { } = and quotes,"
            f" but found {role.name[:100]!r}."
        )
        raise Invalid("input.invalid", message, [Problem("role.name", message, field="name")])
    given.text(role.label, "label")
    tree = _tree(tx)
    if role.name in tree.roles:
        raise Conflict("role.exists", f"Expected a new role, but '{role.name}' is there already.")
    _expect_place(tree, role)
    rows.add(tx.session, role, tx.now)
    note_change(tx, actor, ("role.added", role.name), None, _facts(role))
    tx.raise_epoch()
    return _view(role)


def change(store: Store, name: str, changed: RoleChange, actor: Actor) -> Role:
    """Change a role: how it is called, where it stands, what rights it gives."""
    allow(
        policy.may_administer(actor), "role.forbidden", f"Expected to be allowed to change role {name[:100]}"
    )
    with store.transaction() as tx:
        role = change_in(tx, name, changed, actor)
    note("role changed", role=name, parent=role.parent, rights=role.rights, by=actor.name)
    return role


def change_in(tx: Transaction, name: str, changed: RoleChange, actor: Actor) -> Role:
    """``change`` inside the caller's transaction."""
    found = {field: value for field, value in asdict(changed).items() if value is not None}
    tree = _tree(tx)
    before = _known(tree, name)
    seen = found.pop("seen", None)
    if seen is not None and changed.rights is not None:
        found["rights"] = (before.rights | (changed.rights - seen)) - (seen - changed.rights)
    role = replace(before, **found)
    given.text(role.label, "label")
    _expect_place(tree, role)
    rows.change(tx.session, role)
    note_change(tx, actor, ("role.changed", name), _facts(before), _facts(role))
    tx.raise_epoch()
    return _view(role)


def remove(store: Store, name: str, actor: Actor) -> Role:
    """Forget a role; ``Conflict`` while there is one below it, or a step that is offered to it."""
    allow(
        policy.may_administer(actor), "role.forbidden", f"Expected to be allowed to remove role {name[:100]}"
    )
    with store.transaction() as tx:
        removed = remove_in(tx, name, actor)
    note("role removed", role=name, by=actor.name)
    return removed


def remove_in(tx: Transaction, name: str, actor: Actor) -> Role:
    """``remove`` inside the caller's transaction."""
    role = _known(_tree(tx), name)
    below, step = rows.child(tx.session, name), rows.open_step(tx.session, name)
    if below:
        raise Conflict("role.has-roles", f"Expected no role below {name}, but {below} is.")
    if step:
        message = f"Expected no open step for {name}, but user task {inner_id(*step)} is offered to it."
        raise Conflict("role.has-steps", message)
    rows.remove(tx.session, name)
    note_change(tx, actor, ("role.removed", name), _facts(role), None)
    tx.raise_epoch()
    return _view(role)


def add_members(store: Store, name: str, members: tuple[str, ...], actor: Actor) -> Members:
    """Put people into a role; raises ``NotFound`` for a role or person that is not there."""
    allow(
        policy.may_administer(actor), "role.forbidden", f"Expected to be allowed to change role {name[:100]}"
    )
    with store.transaction() as tx:
        _known(_tree(tx), name)
        for person in members:
            if people.fetch(tx.session, person) is None:
                raise NotFound("person.unknown", f"Expected a person '{person[:100]}', but there is none.")
        new = [person for person in dict.fromkeys(members) if rows.add_member(tx.session, person, name)]
        _note_members(tx, actor, ("role.members-added", name), new)
        tx.raise_epoch()
    note("members added", role=name, people=new, by=actor.name)
    return Members(name, tuple(new))


def add_member_in(tx: Transaction, name: str, person: str, actor: Actor) -> bool:
    """Put one person, who is there, into a role inside the caller's transaction; whether that is new."""
    _known(_tree(tx), name)
    tx.raise_epoch()
    is_new = rows.add_member(tx.session, person, name)
    _note_members(tx, actor, ("role.members-added", name), [person] if is_new else [])
    return is_new


def remove_member_in(tx: Transaction, name: str, person: str, actor: Actor) -> bool:
    """Take one person out of a role inside the caller's transaction; whether the person was in it."""
    _known(_tree(tx), name)
    tx.raise_epoch()
    was_in = rows.remove_member(tx.session, person, name)
    _note_members(tx, actor, ("role.members-removed", name), [person] if was_in else [])
    return was_in


def remove_members(store: Store, name: str, members: tuple[str, ...], actor: Actor) -> Members:
    """Take people out of a role."""
    allow(
        policy.may_administer(actor), "role.forbidden", f"Expected to be allowed to change role {name[:100]}"
    )
    with store.transaction() as tx:
        _known(_tree(tx), name)
        gone = [person for person in dict.fromkeys(members) if rows.remove_member(tx.session, person, name)]
        _note_members(tx, actor, ("role.members-removed", name), gone)
        tx.raise_epoch()
    note("members removed", role=name, people=gone, by=actor.name)
    return Members(name, tuple(gone))


def find(store: Store, name: str) -> Role | None:
    """One role; None if there is none."""
    with store.reading() as session:
        found = rows.fetch(session, name)
    return None if found is None else _view(found)


def load(store: Store, name: str) -> Role:
    """One role; raises ``NotFound``."""
    found = find(store, name)
    if found is None:
        raise _missing(name)
    return found


def page(store: Store, asked: Filter) -> RolePage:
    """Roles; raises ``Invalid`` for a wrong limit or ``after``."""
    count = cursors.limit(asked.limit)
    wanted = RoleFilter(
        search=given.text(asked.search, "search"), parent=given.asked(asked.parent, "parent"),
        limit=count + 1, after=cursors.decode_name(asked.after),
    )  # fmt: skip
    with store.reading() as session:
        found = rows.page(session, wanted)
    more = cursors.encode_name(found[count - 1].name) if len(found) > count else None
    return RolePage(tuple(map(_view, found[:count])), more)


def _tree(tx: Transaction) -> RoleTree:
    """All roles, for one who changes them: nobody else does meanwhile."""
    tx.session.lock_name("roles")
    return RoleTree(rows.everything(tx.session))


def _known(tree: RoleTree, name: str) -> Known:
    found = tree.roles.get(name)
    if found is None:
        raise _missing(name)
    return found


def _missing(name: str) -> NotFound:
    return NotFound("role.unknown", f"Expected a role '{name[:100]}', but there is none.")


def _expect_place(tree: RoleTree, role: Known) -> None:
    refusal = tree.refusal(role)
    if refusal:
        message = f"Expected role {role.name} to have a place, but {refusal}."
        raise Invalid("input.invalid", message, [Problem("role.place", message, field="parent")])


def _facts(role: Known) -> dict[str, object]:
    """What is noted of a role when it changes."""
    return {"label": role.label, "kind": role.kind, "parent": role.parent, "rights": sorted(role.rights)}


def _note_members(tx: Transaction, actor: Actor, what: tuple[str, str], people: list[str]) -> None:
    """Note who came into a role or left it; nothing if nobody did."""
    if people:
        was_removed = what[0] == "role.members-removed"
        found = {"people": people}
        note_change(tx, actor, what, found if was_removed else None, None if was_removed else found)


def _view(role: Known) -> Role:
    return Role(role.name, role.label, role.kind, role.parent, tuple(sorted(role.rights)))
