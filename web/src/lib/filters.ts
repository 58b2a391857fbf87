/** Filters as data, and as a tree that can be edited; the data is that of the API. */
import { type FieldView, type RecordTypeView } from "@/lib/api";
import { fieldOf } from "@/lib/records";

export type GroupKind = "all" | "any";

export interface Condition {
  id: string;
  field: string;
  op: string;
  value: unknown;
}

export interface Group {
  id: string;
  kind: GroupKind;
  items: readonly Item[];
}

export type Item = Condition | Group;

export const isGroup = (item: Item): item is Group => "items" in item;

let made = 0;
const nextId = (): string => `f${(made += 1)}`;

export const emptyGroup = (kind: GroupKind = "all"): Group => ({ id: nextId(), kind, items: [] });

export function conditionOn(field: FieldView): Condition {
  return { id: nextId(), field: field.name, op: operatorsOf(field)[0] ?? "=", value: null };
}

/** From the data; a single condition stands in a group. What can not be read is left out. */
export function treeOf(data: unknown): Group {
  const found = itemOf(data);
  if (!found) return emptyGroup();
  return isGroup(found) ? found : { ...emptyGroup(), items: [found] };
}

function itemOf(data: unknown): Item | null {
  if (typeof data !== "object" || data === null) return null;
  const given = data as Record<string, unknown>;
  const kind = "all" in given ? "all" : "any";
  const items = given[kind];
  if (Array.isArray(items))
    return { id: nextId(), kind, items: items.map(itemOf).filter((one) => one !== null) };
  if (typeof given["field"] !== "string") return null;
  const op = typeof given["op"] === "string" ? given["op"] : "=";
  return { id: nextId(), field: given["field"], op, value: given["value"] ?? null };
}

/** The data of what is complete; null for no condition at all. */
export function dataOf(item: Item): object | null {
  if (isGroup(item)) {
    const items = item.items.map(dataOf).filter((one) => one !== null);
    return items.length === 0 ? null : { [item.kind]: items };
  }
  if (!needsValue(item.op)) return { field: item.field, op: item.op };
  return isComplete(item) ? { field: item.field, op: item.op, value: item.value } : null;
}

function isComplete({ op, value }: Condition): boolean {
  const isGiven = (one: unknown): boolean => one !== null && one !== undefined && one !== "";
  if (!Array.isArray(value)) return isGiven(value);
  return op === "between" ? value.length === 2 && value.every(isGiven) : value.length > 0;
}

export function countOf(data: unknown): number {
  const count = (item: Item): number =>
    isGroup(item) ? item.items.reduce((sum, one) => sum + count(one), 0) : 1;
  return count(treeOf(data));
}

/** The same tree with `change` made of the item of this id; null takes it out. */
export function changed(group: Group, id: string, change: (item: Item) => Item | null): Group {
  const items = group.items
    .map((item) => (item.id === id ? change(item) : isGroup(item) ? changed(item, id, change) : item))
    .filter((item) => item !== null);
  return { ...group, items };
}

const WITHOUT = new Set(["is empty", "is not empty", "is me", "is my role"]);
export const needsValue = (op: string): boolean => !WITHOUT.has(op);
export const takesList = (op: string): boolean => op === "in" || op === "not in";

const ORDER = [
  "contains", "within", "=", "!=", "in", "not in", "is me", "is my role", "starts with", "not contains", "<", "<=", ">",
  ">=", "between", "is empty", "is not empty",
]; // prettier-ignore

/** The operators of a field, the likeliest first. */
export function operatorsOf(field: FieldView): string[] {
  const known = field.operators ?? [];
  const isChosen = field.kind === "lookup" || field.kind === "link" || field.holds !== "";
  const found = ORDER.filter((op) => known.includes(op));
  return isChosen ? ["in", ...found.filter((op) => op !== "in")].filter((op) => known.includes(op)) : found;
}

/** What a value becomes when the operator is another one: it stays where it still fits. */
export function valueFor(op: string, before: Pick<Condition, "op" | "value"> | null): unknown {
  const value = before?.op === "within" ? null : before?.value; // a period is no value of the field
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (!needsValue(op)) return null;
  if (op === "within") return "today";
  if (takesList(op)) return first === null || first === undefined || first === "" ? [] : [first];
  return op === "between" ? [first ?? null, null] : (first ?? null);
}

/** The fields along a path such as `account.city`; shorter when it can not be followed. */
export function fieldsAlong(
  path: string,
  type: RecordTypeView,
  types: readonly RecordTypeView[],
): FieldView[] {
  const found: FieldView[] = [];
  let at: RecordTypeView | undefined = type;
  for (const name of path.split(".")) {
    const field: FieldView | undefined = at && fieldOf(at, name);
    if (!field) break;
    found.push(field);
    at = types.find((one) => one.name === field.to);
  }
  return found;
}
