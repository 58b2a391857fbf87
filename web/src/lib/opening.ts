/**
 * Steps that open: the one in the address is shown, others wait in order. What a command brings about in the foreground is
 * waited for behind a mask; the step that comes of it for the same person opens at once.
 */
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import type { OpenTask, Process, Progress, RaisedIncident } from "@/lib/api";
import { giveBack } from "@/lib/focus";
import { storeOf } from "@/lib/store";

/** What runs in front of the person: how it is called, and its instance when that is known. */
export interface Running {
  title: string;
  instanceId: string | null;
  /** What happens when the person does not wait for it any more. */
  onLeave?: () => void;
}

/** Every time something runs it is another one, also when the same is done twice. */
interface Run extends Running {
  number: number;
}

/** What stands in the way, in place of the mask. */
export interface Stuck {
  title: string;
  incident: RaisedIncident;
}

export interface Ran {
  progress: Progress;
  /** Whether the person did not wait for it. */
  isLeft: boolean;
}

export const running = storeOf<Run | null>(null);
let runs = 0;
export const stuck = storeOf<Stuck | null>(null);
export const waiting = storeOf<readonly string[]>([]);

/** What Run process begins with: a process chosen already, and values that it is given. */
export interface RunAsked {
  process: Process | null;
  values: Record<string, unknown>;
}

/** Whether Run process is open, and with what. */
export const runDialog = storeOf<RunAsked | null>(null);

export function askToRun(process: Process | null, values: Record<string, unknown> = {}): void {
  runDialog.set({ process, values });
}

export const AWAITED = { foreground: true, wait: 30 } as const;

/** Carry a command out in the foreground, behind the mask; what it made for this person waits to be opened. */
export async function runInFront(given: Running, command: () => Promise<Progress>): Promise<Ran> {
  const what = { ...given, number: (runs += 1) };
  const from = document.activeElement;
  running.set(what);
  try {
    const progress = await command();
    const isLeft = running.get() !== what;
    if (!isLeft) queue(progress.next ?? []);
    const [incident] = progress.incidents ?? [];
    if (progress.state === "incident" && incident && !isLeft) stuck.set({ title: what.title, incident });
    return { progress, isLeft };
  } catch (error) {
    giveBack(from);
    throw error;
  } finally {
    if (running.get() === what) running.set(null);
  }
}

/** Let what runs go on in the background. */
export function leave(): void {
  const left = running.get();
  running.set(null);
  left?.onLeave?.();
}

function queue(steps: readonly OpenTask[]): void {
  for (const step of steps) enqueue(step.id);
}

export function enqueue(id: string): void {
  if (!waiting.get().includes(id)) waiting.set([...waiting.get(), id]);
}

/** A step that is open, or over, waits no more. */
export function unqueue(id: string): void {
  if (waiting.get().includes(id)) waiting.set(waiting.get().filter((other) => other !== id));
}

export interface Opening {
  /** Show this step now. */
  open: (id: string) => void;
  /** Leave this step, if it is shown still: for the next one that waits, or else what was there before. */
  advance: (from: string | undefined) => void;
}

export function useOpening(): Opening {
  const navigate = useNavigate();
  const open = useCallback(
    (step: string) => void navigate({ to: ".", search: (now) => ({ ...now, step }) as never }),
    [navigate],
  );
  const advance = useCallback(
    (from: string | undefined) => {
      const [step] = waiting.get(); // it waits until it is seen to be open
      const search = (now: { step?: string }): object => (now.step === from ? { ...now, step } : now);
      void navigate({ to: ".", search: search as never, replace: step === undefined });
    },
    [navigate],
  );
  return { open, advance };
}
