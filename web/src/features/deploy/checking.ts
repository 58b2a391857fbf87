/** Asking the server what is wrong with a file and what it would change, and bringing it in. */
import { type ApplicationDeployment, type Deployment, type Problem, Refused, sendFile } from "@/lib/api";
import { textsOfZip } from "@/lib/zip";

export type Kind = "bpmn" | "application";

/** What came of checking: the drawings in the file, what is wrong, and what would change (null: nothing can). */
export interface Checked {
  file: File;
  kind: Kind;
  /** The drawings by the paths of their files. */
  drawings: Map<string, string>;
  problems: readonly Problem[];
  /** What stands in the way and belongs to no place in the file. */
  refusal: unknown;
  deployment: Deployment | null;
  application: ApplicationDeployment | null;
}

const XML = "application/xml";
const ZIP = "application/zip";

export function kindOf(name: string): Kind | null {
  if (/\.(bpmn|xml)$/i.test(name)) return "bpmn";
  return /\.zip$/i.test(name) ? "application" : null;
}

export async function check(file: File, kind: Kind): Promise<Checked> {
  const found: Checked = {
    file,
    kind,
    drawings: kind === "bpmn" ? new Map([["", await file.text()]]) : await drawingsOf(file),
    problems: [],
    refusal: null,
    deployment: null,
    application: null,
  };
  try {
    if (kind === "bpmn") {
      const deployment = await sendFile<Deployment>("/deployments/check", file, XML, {
        query: { name: file.name },
      });
      return { ...found, deployment, problems: deployment.problems ?? [] };
    }
    const application = await sendFile<ApplicationDeployment>("/applications", file, ZIP, {
      query: { dry_run: true },
    });
    return { ...found, application, problems: application.problems ?? [] };
  } catch (error) {
    if (error instanceof Refused && error.problems.length > 0) return { ...found, problems: error.problems };
    return { ...found, refusal: error };
  }
}

export async function deploy({ file, kind }: Checked, key: string): Promise<void> {
  if (kind === "bpmn") await sendFile("/deployments", file, XML, { query: { name: file.name }, key });
  else await sendFile("/applications", file, ZIP, { key });
}

async function drawingsOf(file: File): Promise<Map<string, string>> {
  return textsOfZip(await file.arrayBuffer(), ".bpmn");
}

/** The path of a drawing in a zip file to which a problem belongs: an application may lie in a folder of any name. */
export function drawingOf(checked: Checked, problem: Problem): string | null {
  if (checked.kind === "bpmn") return "";
  const file = problem.file ?? "";
  if (file === "") return null;
  return [...checked.drawings.keys()].find((path) => path === file || path.endsWith(`/${file}`)) ?? null;
}
