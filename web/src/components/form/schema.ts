/** Page schemas as the server gives them: form-js, and what we add to it. */

export interface Component {
  type: string;
  id?: string;
  key?: string;
  path?: string;
  label?: string;
  dateLabel?: string;
  timeLabel?: string;
  components?: Component[];
  choice?: "none" | "single" | "multiple";
  values?: { value: string; label: string }[];
  validate?: { required?: boolean; [rule: string]: unknown };
  [more: string]: unknown;
}

export interface Part {
  title: string;
  groups: string[];
}

export interface Schema {
  components: Component[];
  layout?: { tabs?: Part[]; steps?: Part[] };
  [more: string]: unknown;
}

export interface Layout {
  kind: "tabs" | "steps";
  parts: Part[];
}

export function schemaOf(given: Record<string, unknown>): Schema {
  const components = Array.isArray(given["components"]) ? (given["components"] as Component[]) : [];
  return { ...given, components };
}

export function layoutOf(schema: Schema): Layout | null {
  const { tabs, steps } = schema.layout ?? {};
  if (steps?.length) return { kind: "steps", parts: steps };
  return tabs?.length ? { kind: "tabs", parts: tabs } : null;
}

/** As our viewer takes it, which wants a page to say that it is one. A list of records that only shows them has no value: it is a kind of its own. */
export function forViewer(schema: Schema): Schema {
  const { layout: _layout, buttons: _buttons, ...others } = schema;
  return { type: "default", ...others, components: schema.components.map(shown) };
}

function shown(component: Component): Component {
  if (component.type === "recordlist" && (component.choice ?? "none") === "none") {
    const { key: _key, ...others } = component;
    return { ...others, type: "recordtable" };
  }
  if (component.type === "datetime") return dated(component);
  if (!component.components) return component;
  return { ...component, components: component.components.map(shown) };
}

/** The viewer draws days; a time is a field of ours, because the viewer rounds it to a quarter of an hour. */
function dated(component: Component): Component {
  const { dateLabel, timeLabel, label = dateLabel ?? timeLabel ?? "", ...others } = component;
  if (component["subtype"] === "time" || component["subtype"] === "datetime")
    return { ...others, type: "moment", label };
  return { ...others, dateLabel: dateLabel ?? label };
}

/** The field of each value, by its key. */
export function fieldsOf(components: readonly Component[]): Map<string, Component> {
  const found = new Map<string, Component>();
  for (const one of components) {
    if (one.key) found.set(one.key, one);
    for (const [key, inner] of fieldsOf(one.components ?? [])) found.set(key, inner);
  }
  return found;
}

/** A filter whose texts after `=` are replaced by what `evaluate` makes of them. */
export function settled(filter: unknown, evaluate: (expression: string) => unknown): unknown {
  if (Array.isArray(filter)) return filter.map((one) => settled(one, evaluate));
  if (typeof filter !== "object" || filter === null) return filter;
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => {
      const isExpression = name === "value" && typeof value === "string" && value.startsWith("=");
      return [name, isExpression ? evaluate(value) : settled(value, evaluate)];
    }),
  );
}
