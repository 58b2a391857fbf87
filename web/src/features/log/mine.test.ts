import { expect, test } from "vitest";
import type { Step } from "@/lib/api";
import { isMine } from "./mine";

const me = { name: "tom", roles: ["sales", "company"] };
const step = (more: Partial<Step>): Step =>
  ({ state: "open", assignee: "", candidate_users: [], candidate_roles: [], ...more }) as Step;

test.each([
  ["that I have", step({ assignee: "tom" }), true],
  ["that somebody else has", step({ assignee: "lena", candidate_roles: ["sales"] }), false],
  ["of my role", step({ candidate_roles: ["sales"] }), true],
  ["of another role", step({ candidate_roles: ["office"] }), false],
  ["offered to me", step({ candidate_users: ["tom"] }), true],
  ["open to everybody", step({}), true],
  ["that is done", step({ assignee: "tom", state: "completed" }), false],
])("a step %s", (_, found, expected) => expect(isMine(found, me)).toBe(expected));
