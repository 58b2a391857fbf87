import { NativeSelect } from "@mantine/core";
import { type ReactElement, useMemo, useState } from "react";
import { Diagram } from "@/components/diagram/Diagram";
import type { Mark } from "@/components/diagram/marks";
import { drawnIn, namesOf } from "@/components/diagram/outline";
import { Icon } from "@/components/icons";
import type { Problem } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import { type Checked, drawingOf } from "./checking";
import styles from "./Deploy.module.css";

const NO_FLOWS: ReadonlySet<string> = new Set();

/** Everything that is wrong with a file, and its drawings with what is wrong marked in them. */
export function Findings({ checked }: { checked: Checked }): ReactElement {
  const paths = [...checked.drawings.keys()];
  const [path, setPath] = useState(() => firstOf(checked) ?? paths[0] ?? "");
  const [pointed, setPointed] = useState("");
  const xml = checked.drawings.get(path);
  const point = (problem: Problem): void => {
    setPath(drawingOf(checked, problem) ?? path);
    setPointed("");
    window.setTimeout(() => setPointed(problem.element ?? ""));
    document.getElementById("deploy-diagram")?.scrollIntoView({ block: "nearest" });
  };
  return (
    <>
      <Problems checked={checked} onPoint={point} />
      {xml !== undefined && (
        <section id="deploy-diagram" className="sw-card">
          <Choice paths={paths} value={path} onChange={setPath} />
          <Drawing key={path} checked={checked} path={path} xml={xml} pointed={pointed} />
        </section>
      )}
    </>
  );
}

/** The drawing in which something has to be mended. */
function firstOf(checked: Checked): string | null {
  for (const problem of checked.problems) {
    const path = drawingOf(checked, problem);
    if (path !== null) return path;
  }
  return null;
}

interface ProblemsGiven {
  checked: Checked;
  onPoint: (problem: Problem) => void;
}

function Problems({ checked, onPoint }: ProblemsGiven): ReactElement | null {
  const { deploy } = useTexts().processes;
  const { problems } = checked;
  const names = useMemo(() => allNames(checked), [checked]);
  const isDrawn = useMemo(() => drawing(checked), [checked]);
  if (problems.length === 0) {
    if (checked.refusal !== null) return null;
    return (
      <p className={styles["fine"]}>
        <Icon sign="check" /> {deploy.fine}
      </p>
    );
  }
  const errors = problems.filter((one) => one.warning !== true).length;
  const warnings = problems.length - errors;
  const counted = [errors > 0 && deploy.errors(errors), warnings > 0 && deploy.warnings(warnings)];
  return (
    <section className={`sw-card ${styles["card"]}`} aria-labelledby="deploy-problems">
      <h2 id="deploy-problems">{counted.filter(Boolean).join(", ")}</h2>
      <ol className={styles["problems"]}>
        {problems.map((problem, index) => (
          <ProblemRow
            key={index}
            problem={problem}
            names={names}
            onPoint={isDrawn(problem) ? onPoint : null}
          />
        ))}
      </ol>
    </section>
  );
}

interface RowGiven {
  problem: Problem;
  names: Map<string, string>;
  /** Null where there is nothing to point at. */
  onPoint: ((problem: Problem) => void) | null;
}

function ProblemRow({ problem, names, onPoint }: RowGiven): ReactElement {
  const { deploy } = useTexts().processes;
  const { element = "", file, line, field, hint, message, warning } = problem;
  const name = names.get(element) ?? element;
  const place = [file, line ? deploy.line(line) : "", name, field].filter(Boolean).join(" · ");
  return (
    <li data-warning={warning || undefined}>
      <Icon sign={warning ? "info" : "warning"} size={18} />
      <div>
        <span className="sw-hidden">{warning ? deploy.warning : deploy.error}: </span>
        <p>{message}</p>
        {hint && <p className={styles["hint"]}>{hint}</p>}
        {place && <p className={styles["place"]}>{place}</p>}
      </div>
      {onPoint && (
        <button
          type="button"
          className={styles["show"]}
          aria-label={`${deploy.show}: ${name}`}
          onClick={() => onPoint(problem)}
        >
          {deploy.show}
        </button>
      )}
    </li>
  );
}

/** Whether what a problem is about stands in a drawing. */
function drawing(checked: Checked): (problem: Problem) => boolean {
  const found = new Map([...checked.drawings].map(([path, xml]) => [path, drawnIn(xml)]));
  return (problem) => {
    const path = drawingOf(checked, problem);
    return path !== null && found.get(path)?.has(problem.element ?? "") === true;
  };
}

function allNames(checked: Checked): Map<string, string> {
  return new Map([...checked.drawings.values()].flatMap((xml) => [...namesOf(xml)]));
}

interface ChoiceGiven {
  paths: readonly string[];
  value: string;
  onChange: (path: string) => void;
}

function Choice({ paths, value, onChange }: ChoiceGiven): ReactElement | null {
  const { deploy } = useTexts().processes;
  if (paths.length < 2) return null;
  return (
    <div className={styles["choice"]}>
      <NativeSelect
        label={deploy.process}
        value={value}
        data={paths.map((path) => ({ value: path, label: path.slice(path.lastIndexOf("/") + 1) }))}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

interface DrawingGiven {
  checked: Checked;
  path: string;
  xml: string;
  pointed: string;
}

function Drawing({ checked, path, xml, pointed }: DrawingGiven): ReactElement {
  const { diagram } = useTexts();
  const marks = useMemo(() => {
    const found = new Map<string, Mark>();
    for (const problem of checked.problems) {
      if (!problem.element || drawingOf(checked, problem) !== path) continue;
      if (problem.warning !== true) found.set(problem.element, "wrong");
      else if (!found.has(problem.element)) found.set(problem.element, "warned");
    }
    return found;
  }, [checked, path]);
  const name = path.slice(path.lastIndexOf("/") + 1) || checked.file.name;
  return <Diagram xml={xml} label={diagram.label(name)} marks={marks} taken={NO_FLOWS} pointed={pointed} />;
}
