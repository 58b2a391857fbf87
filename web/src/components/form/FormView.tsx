import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import "./form.css";
import "./calendar.css";
import { Form } from "@bpmn-io/form-js-viewer";
import { type ReactElement, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { createPortal, flushSync } from "react-dom";
import type { Problem } from "@/lib/api";
import { beginAt } from "@/lib/focus";
import { useStore } from "@/lib/store";
import { useTexts } from "@/lib/texts";
import type { Owner } from "@/components/beside/owner";
import { evaluated, moduleOf, type Place, placesOf } from "./bridge";
import { FilesField } from "./FilesField";
import type { FillingRef, Values } from "./filling";
import { LookupField } from "./LookupField";
import { MomentField } from "./MomentField";
import { NumberField } from "./NumberField";
import { speaking, worded } from "./messages";
import { RecordTable } from "./RecordTable";
import { type Component, forViewer, type Schema } from "./schema";
import { leavingAlone } from "./untouched";
import { speak } from "./viewerWords";

interface Given {
  schema: Schema;
  values: Values;
  onChange?: (values: Values, evaluate: (expression: string) => unknown) => void;
  /** Groups that are not shown now, because they belong to another part of the page. */
  hidden?: readonly string[];
  /** The first that is wrong stands in this hidden group: it is to be shown. */
  onHiddenWrong?: (group: string) => void;
  language: string;
  /** Whether it has the focus as soon as it is there. */
  beginsHere?: boolean;
  /** Where chosen files are kept; without it none can be added. */
  filesAt?: Owner;
  /** A file is on its way, or is so no more. */
  onUpload?: (isBegun: boolean) => void;
  ref: FillingRef;
}

const HELD = "_getInitializedFieldData";

/** The parts of the viewer that are not in its types. */
interface Inner {
  _id: string;
  _getSubmitData: () => Values;
  _setState: (state: { errors: object } | { data: Values }) => void;
  [HELD]: (data: Values) => Values;
}

interface Instance {
  id: string;
  valuePath: (string | number)[];
  indexes?: Record<string, number>;
}

const inner = (form: Form): Inner => form as unknown as Inner;
const NONE: readonly string[] = [];
const WRONG = ".fjs-has-errors, .fjs-form-field:has(.fjs-form-field-error)";

/** A page that is drawn by the viewer of form-js, with our own fields in it. */
export function FormView(given: Given): ReactElement {
  const { schema, values, onChange, hidden = NONE, onHiddenWrong, language, filesAt, onUpload, ref } = given;
  const { beginsHere = true } = given;
  const words = useTexts().form;
  const container = useRef<HTMLDivElement>(null);
  const form = useRef<Form | null>(null);
  const [id, setId] = useState("");
  const [isDrawn, setIsDrawn] = useState(false);
  const places = useMemo(() => placesOf(), []);
  const told = useRef(onChange);
  const first = useRef({ schema, values });
  useEffect(() => {
    told.current = onChange;
  });

  useEffect(() => {
    if (!container.current) return;
    speak(words, language);
    const made = new Form({
      container: container.current,
      additionalModules: [
        moduleOf(places, () => form.current),
        speaking(words.wrong, language),
        leavingAlone(),
      ],
      properties: { language },
      debounce: false, // what is typed is told at once, because a tab may go at any moment
    } as never);
    form.current = made;
    setId(inner(made)._id);
    const tell = (): void =>
      told.current?.(inner(made)._getSubmitData(), (expression) => evaluated(made, expression));
    void made.importSchema(forViewer(first.current.schema) as never, first.current.values).then(() => {
      setIsDrawn(true);
      tell();
      made.on("changed" as never, 500 as never, tell as never);
    });
    return () => {
      form.current = null;
      made.destroy();
    };
  }, [places, language, words]);

  useEffect(() => {
    if (isDrawn && beginsHere) focusFirst(container.current); // now our own fields are drawn, too
  }, [isDrawn, beginsHere]);

  /** When the page has drawn its errors, go to the first. */
  const toWrong = (): void => {
    requestAnimationFrame(() => {
      const wrong = firstWrong(container.current);
      const group = hidden.find((one) =>
        container.current?.querySelector(labelled(id, one))?.contains(wrong),
      );
      if (wrong && group !== undefined) flushSync(() => onHiddenWrong?.(group));
      wrong?.scrollIntoView({ block: "nearest" });
      enter(
        container.current,
        fieldsIn(wrong).find((field) => !field.hidden),
      );
    });
  };
  useImperativeHandle(ref, () => ({
    values: () => (form.current ? inner(form.current)._getSubmitData() : {}),
    collect: () => collect(form.current, container.current, toWrong),
    begin: () => focusFirst(container.current),
    mark: (problems) =>
      mark(form.current, problems, (problem, field) => worded(problem, field, words.wrong), toWrong),
    held: (values) => held(form.current, values),
    take: (values) => {
      first.current = { ...first.current, values };
      if (form.current) inner(form.current)._setState({ data: held(form.current, values) });
    },
  }));

  return (
    <>
      {hidden.length > 0 && id !== "" && <style>{hiding(id, hidden)}</style>}
      <div ref={container} className="sw-form" />
      {[...useStore(places)].map(([key, place]) =>
        createPortal(<Drawn place={place} filesAt={filesAt} onUpload={onUpload} />, place.element, key),
      )}
    </>
  );
}

interface DrawnGiven {
  place: Place;
  filesAt: Owner | undefined;
  onUpload: Given["onUpload"];
}

function Drawn({ place, filesAt, onUpload }: DrawnGiven): ReactElement {
  if (place.field.type === "lookup") return <LookupField place={place} />;
  if (place.field.type === "moment") return <MomentField place={place} />;
  if (place.field.type === "number") return <NumberField place={place} />;
  if (place.field.type === "filepicker") return <FilesField place={place} at={filesAt} onUpload={onUpload} />;
  return <RecordTable place={place} />;
}

const labelled = (id: string, group: string): string => `[aria-labelledby="fjs-form-${id}-${group}"]`;

const hiding = (id: string, groups: readonly string[]): string =>
  `${groups.map((group) => `.sw-form .fjs-layout-row:has(> * > * > ${labelled(id, group)})`).join(",")}{display:none}`;

const held = (form: Form | null, values: Values): Values =>
  form ? inner(form)[HELD](structuredClone(values)) : values;

function collect(form: Form | null, container: HTMLElement | null, toWrong: () => void): Values | null {
  if (!form) return null;
  const { data, errors } = form.submit();
  const half = fieldsIn(container).find((field) => field.validity?.badInput);
  if (Object.keys(errors).length === 0 && !half) return data as Values;
  if (half) half.focus();
  else toWrong();
  return null;
}

/** The server names fields as `rooms[1].name`. */
function mark(
  form: Form | null,
  problems: readonly Problem[],
  wordsFor: (problem: Problem, field: Component | undefined) => string,
  toWrong: () => void,
): Problem[] {
  if (!form) return [...problems];
  const instances = form.get<{ getAllKeyed: () => Instance[] }>("formFieldInstanceRegistry").getAllKeyed();
  const fields = form.get<{ get: (id: string) => Component | undefined }>("formFieldRegistry");
  const byPath = new Map(instances.map((one) => [one.valuePath.join("."), one]));
  const errors: Record<string, unknown> = {};
  const left: Problem[] = [];
  for (const problem of problems) {
    const found = byPath.get((problem.field ?? "").replaceAll(/\[(\d+)\]/g, ".$1"));
    if (found) {
      const place = [found.id, ...Object.values(found.indexes ?? {}).map(String)];
      put(errors, place, wordsFor(problem, fields.get(found.id)));
    } else left.push(problem);
  }
  inner(form)._setState({ errors });
  toWrong();
  return left;
}

function put(into: Record<string, unknown>, path: string[], message: string): void {
  const [name = "", ...others] = path;
  if (others.length === 0) into[name] = [...((into[name] as string[] | undefined) ?? []), message];
  else put((into[name] ??= {}) as Record<string, unknown>, others, message);
}

/** Begin at the first field that can be changed; what stands above it stays in sight. */
function focusFirst(container: HTMLElement | null): void {
  const first = fieldsIn(container).find(
    (field) => !field.disabled && !field.readOnly && field.checkVisibility(),
  );
  enter(container, first);
}

/** Without a list or a calendar that opens before one asks for it, over what is to be read. */
function enter(container: HTMLElement | null, field: Field | undefined): void {
  container?.toggleAttribute("data-begins", true);
  beginAt(field);
  field?._flatpickr?.close();
  container?.toggleAttribute("data-begins", false);
}

type Field = HTMLInputElement & { _flatpickr?: { close: () => void } };

function fieldsIn(container: Element | null): Field[] {
  return [...(container?.querySelectorAll<Field>("input, textarea, select, .sw-files > button") ?? [])];
}

/** The first field that is wrong, rather one that can be seen; a group around it is none. */
function firstWrong(container: HTMLElement | null): HTMLElement | null {
  const found = [...(container?.querySelectorAll<HTMLElement>(WRONG) ?? [])];
  const fields = found.filter((one) => !one.querySelector(WRONG));
  return fields.find((one) => one.offsetParent !== null) ?? fields[0] ?? null;
}
