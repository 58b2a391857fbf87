import { afterEach, expect, test, vi } from "vitest";
import { retryAll } from "./retrying";

afterEach(() => vi.unstubAllGlobals());

test("what fails stops nothing, and what came of all is counted", async () => {
  const answers: Record<string, () => Response> = {
    "1-1": () => Response.json({ incidents: [] }),
    "1-2": () => Response.json({ incidents: [{ id: "1-2" }] }),
    "1-3": () => Response.json({ code: "incident.unknown", title: "", detail: "" }, { status: 404 }),
    "1-4": () => Response.json({ incidents: [{ id: "1-9" }] }),
  };
  const asked: string[] = [];
  vi.stubGlobal("fetch", (address: string | Request) => {
    const id = /incidents\/([\d-]+)\/retry/.exec(String(address))?.[1] ?? "";
    asked.push(id);
    return Promise.resolve(answers[id]?.() ?? new Response(null, { status: 500 }));
  });
  const ids = Object.keys(answers);
  expect(await retryAll(ids.map((id) => ({ id })))).toEqual({ goOn: 2, stuck: 2 });
  expect(asked).toEqual(ids);
});
