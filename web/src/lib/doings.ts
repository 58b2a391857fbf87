/** What the person has just done, for who follows it: the tour. */
export type Doing = "started" | "answered" | "postponed";

const doings = new EventTarget();

export function done(doing: Doing): void {
  doings.dispatchEvent(new CustomEvent("done", { detail: doing }));
}

export function onDone(listener: (doing: Doing) => void): () => void {
  const heard = (event: Event): void => listener((event as CustomEvent<Doing>).detail);
  doings.addEventListener("done", heard);
  return () => doings.removeEventListener("done", heard);
}
