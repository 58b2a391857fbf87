import { describe, expect, test } from "vitest";
import type { Person, Role } from "@/lib/api";
import { inheritedOf, namesBelow, treeOf } from "./tree";

const role = (name: string, parent = ""): Role => ({ name, parent }) as Role;
const person = (name: string): Person => ({ name }) as Person;
const roles = [role("company"), role("sales", "company"), role("field", "sales"), role("lost", "gone")];

describe("the role tree", () => {
  test("a role stands below its parent, one without any at the top", () => {
    const tree = treeOf(roles);
    expect(tree.map((one) => one.role.name)).toEqual(["company", "lost"]);
    expect(tree[0]?.below[0]?.below[0]?.role.name).toBe("field");
  });

  test("all roles below are known", () => expect(namesBelow(roles, "company")).toEqual(["sales", "field"]));

  test("who is below is in it, too, and who is in it directly is not named twice", () => {
    const [ann, bob] = [person("ann"), person("bob")];
    const found = inheritedOf([
      { role: "company", people: [bob] },
      { role: "sales", people: [ann, bob] },
      { role: "field", people: [ann] },
    ]);
    expect(found).toEqual([{ person: ann, through: ["sales", "field"] }]);
  });
});
