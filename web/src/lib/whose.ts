/** All tabs of a browser are of one person: where another one was logged in, they begin anew. */
import { startOver } from "@/lib/api";

const NAME = "stepwell.person";

/** Tell the other tabs who is logged in, and hear it from them, until the returned function is called. */
export function agreeOnPerson(name: string): () => void {
  if (!("BroadcastChannel" in window)) return () => undefined;
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener("message", ({ data }: MessageEvent<string>) => {
    if (data !== name) startOver();
  });
  channel.postMessage(name);
  return () => channel.close();
}
