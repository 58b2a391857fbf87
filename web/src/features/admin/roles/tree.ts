/** Roles as a tree, and who is in one through those below it. */
import type { Person, Role } from "@/lib/api";

export interface Branch {
  role: Role;
  below: Branch[];
}

/** Those at the top with what is below them; a role whose parent is not there stands at the top. */
export function treeOf(roles: readonly Role[]): Branch[] {
  const names = new Set(roles.map((one) => one.name));
  const under = (parent: string): Branch[] =>
    roles
      .filter((one) => (names.has(one.parent) ? one.parent : "") === parent)
      .map((role) => ({ role, below: under(role.name) }));
  return under("");
}

/** The names of all roles below one. */
export function namesBelow(roles: readonly Role[], name: string): string[] {
  const next = roles.filter((one) => one.parent === name).map((one) => one.name);
  return next.flatMap((one) => [one, ...namesBelow(roles, one)]);
}

/** Who is directly in a role. */
export interface Membership {
  role: string;
  people: readonly Person[];
}

export interface Inherited {
  person: Person;
  through: string[];
}

/** Who is in the first of these roles through the others, which are below it, and not directly. */
export function inheritedOf([own, ...below]: readonly Membership[]): Inherited[] {
  const direct = new Set(own?.people.map((one) => one.name));
  const found = new Map<string, Inherited>();
  for (const { role, people } of below)
    for (const person of people.filter((one) => !direct.has(one.name))) {
      const known = found.get(person.name) ?? { person, through: [] };
      found.set(person.name, { person, through: [...known.through, role] });
    }
  return [...found.values()];
}
