/**
 * Our own fields on a page: the viewer, which draws with Preact, leaves an empty place for each of them, and React draws
 * what belongs there.
 */
import { Description, Errors, type Form, Label } from "@bpmn-io/form-js-viewer";
import { type ComponentChild, h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Store, storeOf } from "@/lib/store";
import { type Component, settled } from "./schema";

export interface Place {
  element: HTMLElement;
  domId: string;
  field: Component;
  value: unknown;
  isLocked: boolean;
  isWrong: boolean;
  /** Which records may be shown or chosen, as JSON, with the values of the page as they are now. */
  filter: string;
  /** Beside the value, such as a currency. */
  prefix: string;
  suffix: string;
  onChange: (value: unknown) => void;
  /** It has the focus no more: what is wrong is said now. */
  onLeave: () => void;
}

export type Places = Store<ReadonlyMap<string, Place>>;

interface Given {
  field: Component;
  domId: string;
  value: unknown;
  errors?: string[];
  disabled?: boolean;
  readonly?: boolean;
  onChange: (change: { value: unknown }) => void;
  onBlur?: () => void;
}

interface Registry {
  register: (type: string, component: unknown) => void;
}

export function placesOf(): Places {
  return storeOf<ReadonlyMap<string, Place>>(new Map());
}

/** The module that makes the viewer know our fields. */
export function moduleOf(places: Places, form: () => Form | null): Record<string, unknown> {
  const register = (fields: Registry): void => {
    for (const [type, isKeyed] of [
      ["lookup", true],
      ["recordlist", true],
      ["recordtable", false],
      ["filepicker", true],
      ["moment", true],
      ["number", true], // in place of the viewer's, which takes 1.234,50 for 1.23
    ] as const)
      fields.register(type, fieldOf(type, isKeyed, places, form));
  };
  return { __init__: ["stepwellFields"], stepwellFields: ["factory", withFields(register)] };
}

function withFields(register: (fields: Registry) => void): unknown {
  const made = (formFields: Registry): object => {
    register(formFields);
    return {};
  };
  made.$inject = ["formFields"];
  return made;
}

function fieldOf(type: string, isKeyed: boolean, places: Places, form: () => Form | null): unknown {
  const Field = (given: Given): ComponentChild => usePlace(given, places, form);
  Field.config = {
    type,
    name: type,
    label: type,
    group: "selection",
    keyed: isKeyed,
    emptyValue: null,
    sanitizeValue: ({ value }: { value: unknown }) => value,
    create: (options: object = {}) => ({ ...options }),
  };
  return Field;
}

function usePlace(given: Given, places: Places, form: () => Form | null): ComponentChild {
  const { field, domId, errors = [] } = given;
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (place.current) put(places, placeOf(given, place.current, form));
  });
  useLayoutEffect(() => () => take(places, domId), [places, domId]);
  return h("div", { class: "fjs-form-field fjs-form-field-stepwell" }, [
    h(Label as never, { htmlFor: domId, label: field.label, required: field.validate?.required } as never),
    h("div", { ref: place }),
    h(Description as never, { id: `${domId}-description`, description: field["description"] } as never),
    h(Errors as never, { id: `${domId}-error-message`, errors } as never),
  ]);
}

function placeOf(given: Given, element: HTMLElement, form: () => Form | null): Place {
  const { field, domId, value, errors = [], disabled = false, readonly = false, onChange, onBlur } = given;
  const { prefixAdorner, suffixAdorner } = (field["appearance"] ?? {}) as Record<string, unknown>;
  return {
    element,
    domId,
    field,
    value,
    isLocked: disabled || readonly,
    isWrong: errors.length > 0,
    filter: JSON.stringify(settled(field["filter"], (expression) => evaluated(form(), expression)) ?? null),
    prefix: beside(prefixAdorner, form),
    suffix: beside(suffixAdorner, form),
    onChange: (next) => onChange({ value: next }),
    onLeave: () => onBlur?.(),
  };
}

function beside(text: unknown, form: () => Form | null): string {
  if (typeof text !== "string") return "";
  return text.startsWith("=") ? String(evaluated(form(), text) ?? "") : text;
}

interface Language {
  evaluate: (expression: string, values: unknown) => unknown;
}

interface WithState {
  _getState: () => { data: unknown };
}

export function evaluated(form: Form | null, expression: string): unknown {
  if (!form) return null;
  const language = form.get<Language>("expressionLanguage");
  return language.evaluate(expression, (form as unknown as WithState)._getState().data) ?? null;
}

function put(places: Places, place: Place): void {
  const before = places.get().get(place.domId);
  if (before && isSame(before, place)) return;
  places.set(new Map(places.get()).set(place.domId, place));
}

function isSame(one: Place, other: Place): boolean {
  return (
    one.element === other.element &&
    one.value === other.value &&
    one.isLocked === other.isLocked &&
    one.isWrong === other.isWrong &&
    one.filter === other.filter &&
    one.prefix === other.prefix &&
    one.suffix === other.suffix &&
    one.onChange === other.onChange
  );
}

function take(places: Places, domId: string): void {
  const left = new Map(places.get());
  left.delete(domId);
  places.set(left);
}
