/** Requests to the API of the server that this page comes from, with the session's cookie. */
import type { Problem, ProblemReport } from "./generated/types.gen";

const PREFIX = "/api/v1";
const OUTLIVING = 30_000; // bytes: all that outlives a page together may have 64 KiB, and what has more is refused

type Value = string | number | boolean | null | undefined;

/** What the server refused, in its own words; `status` 0: it could not be reached. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly problems: Problem[] = [],
    readonly facts: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** There a 401 is about the password that was given, not about the session. */
const ASKS_PASSWORD = ["/login", "/me/password"];

/** Told when a session has ended, whoever noticed it. */
export const sessionEnded = new EventTarget();

let isSilent = false;

/** Load the page anew because somebody else is logged in now: nothing more is asked in the name of the one before. */
export function startOver(): void {
  isSilent = true;
  location.reload();
}

export async function get<Answer>(
  path: string,
  query: Record<string, Value> = {},
  signal: AbortSignal | null = null,
): Promise<Answer> {
  const asked = { headers: { accept: "application/json" }, signal };
  return answered<Answer>(await reach(address(path, query), asked));
}

export async function getText(path: string): Promise<string> {
  const response = await reach(address(path), {});
  return response.ok ? whole(response.text()) : answered<never>(response);
}

/** A file as it is, under its name. */
export function upload<Answer>(path: string, file: File): Promise<Answer> {
  return sendFile<Answer>(path, file, "application/octet-stream", {
    query: { name: file.name },
    key: newKey(),
  });
}

/** A table of comma-separated values. */
export function sendTable<Answer>(
  path: string,
  file: File,
  more: { query: Record<string, Value>; key: string },
): Promise<Answer> {
  return sendFile<Answer>(path, file, "text/csv", more);
}

/** A file as the body of a command, as what it is. */
export async function sendFile<Answer>(
  path: string,
  file: Blob,
  type: string,
  more: { query?: Record<string, Value>; key?: string } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { "content-type": type, "stepwell-request": "web" };
  if (more.key) headers["idempotency-key"] = more.key;
  return answered<Answer>(await reach(address(path, more.query), { method: "POST", headers, body: file }));
}

/** `key` makes a repetition of the same command do nothing twice; with `keepalive` it goes on when the page goes. */
export async function send<Answer>(
  method: "POST" | "PUT",
  path: string,
  body: object = {},
  more: { key?: string; keepalive?: boolean } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { "content-type": "application/json", "stepwell-request": "web" };
  if (more.key) headers["idempotency-key"] = more.key;
  const text = JSON.stringify(body);
  const keepalive = more.keepalive === true && new Blob([text]).size <= OUTLIVING;
  const asked = { method, headers, body: text, keepalive };
  return answered<Answer>(await reach(address(path), asked));
}

/** A key for a command; also without https, where browsers have no randomUUID. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");
}

/** Whether the server said no; otherwise the command may have been carried out, and its answer lost on the way. */
export const isRefusal = (error: unknown): error is Refused =>
  error instanceof Refused && error.status > 0 && error.status < 500;

/** The key for the next attempt: the same one as long as nobody knows what became of the last. */
export const keyAfter = (error: unknown, key: string): string => (isRefusal(error) ? newKey() : key);

export function address(path: string, query: Record<string, Value> = {}): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `${PREFIX}${path}${text && `?${text}`}`;
}

/** A part of a path: an id may hold anything. */
export const part = encodeURIComponent;

async function reach(where: string, asked: RequestInit): Promise<Response> {
  if (isSilent) throw new Refused(0, "server.unreachable", "");
  try {
    return await fetch(where, { credentials: "same-origin", ...asked });
  } catch (error) {
    if (error instanceof DOMException) throw error;
    throw new Refused(0, "server.unreachable", "");
  }
}

/** What was cut off on the way is no answer: nobody knows what became of the command. */
async function whole<Body>(body: Promise<Body>): Promise<Body> {
  try {
    return await body;
  } catch (error) {
    if (error instanceof DOMException) throw error;
    throw new Refused(0, "server.unreachable", "");
  }
}

async function answered<Answer>(response: Response): Promise<Answer> {
  if (response.ok) return (await whole(response.json())) as Answer;
  const found = (await response.json().catch(() => ({}))) as Partial<ProblemReport>;
  if (response.status === 401 && !ASKS_PASSWORD.some((end) => response.url.endsWith(end)))
    sessionEnded.dispatchEvent(new Event("ended"));
  throw new Refused(
    response.status,
    found.code ?? "server.failed",
    found.detail ?? "",
    found.problems ?? [],
    found.facts ?? {},
  );
}
