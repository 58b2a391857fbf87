"""Roles: organisational ones are a tree, and a member of a role is a member of all roles above it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from stepwell.identity.actor import Right

Kind = Literal["organisational", "functional"]
DEEPEST = 50  # roles from the top of the tree to its lowest


class Role(Struct, frozen=True):
    """What people may be members of. ``parent`` is the role above an organisational one, empty at the top;
    a functional role stands alone. ``rights`` are those that its members have.
    """

    name: str
    label: str = ""
    kind: Kind = "organisational"
    parent: str = ""
    rights: frozenset[Right] = frozenset()


class RoleTree:
    """All roles of an installation."""

    def __init__(self, roles: Iterable[Role] = ()) -> None:
        self.roles: Mapping[str, Role] = {role.name: role for role in roles}

    def upwards(self, name: str) -> Iterator[str]:
        """The role and those above it, upwards; ends also where the tree is none."""
        seen: set[str] = set()
        role = self.roles.get(name)
        while role is not None and role.name not in seen:
            seen.add(role.name)
            yield role.name
            role = self.roles.get(role.parent)

    def effective(self, given: Iterable[str]) -> frozenset[str]:
        """The roles of a person to whom these were given: they, and all above them."""
        return frozenset(name for role in given for name in self.upwards(role))

    def below(self, name: str) -> frozenset[str]:
        """The role and all whose members are its members too."""
        return frozenset(role for role in self.roles if name in self.upwards(role))

    def rights(self, effective: Iterable[str]) -> frozenset[Right]:
        """What a member of these roles may do beside their steps."""
        return frozenset(
            right for name in effective if name in self.roles for right in self.roles[name].rights
        )

    def refusal(self, role: Role) -> str:
        """Why a role can not stand where it says, as a clause behind *but*; empty when it can."""
        if not role.parent:
            return self._refusal_of_kind(role)
        parent = self.roles.get(role.parent)
        if role.kind == "functional":
            return f"a functional role stands alone, and {role.name} would be below {role.parent}"
        if parent is None:
            return f"there is no role {role.parent} to be below of"
        if parent.kind == "functional":
            return f"{role.parent} is functional, and nothing stands below a functional role"
        above = list(self.upwards(role.parent))
        if role.name in above:
            return (
                f"{role.parent} is {'the role itself' if role.parent == role.name else f'below {role.name}'}"
            )
        if len(above) + self._depth(role.name) > DEEPEST:
            return f"the tree would be deeper than {DEEPEST} roles"
        return ""

    def _refusal_of_kind(self, role: Role) -> str:
        children = sorted(child.name for child in self.roles.values() if child.parent == role.name)
        if role.kind == "functional" and children:
            return f"{children[0]} is below {role.name}, and nothing stands below a functional role"
        return ""

    def _depth(self, name: str) -> int:
        """How many roles lie on the longest way from a role down, itself included."""
        ways = (list(self.upwards(role)) for role in self.below(name))
        return max((way.index(name) + 1 for way in ways), default=1)
