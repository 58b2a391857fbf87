import { afterEach, expect, test, vi } from "vitest";
import { alike, retryAll, type Stuck } from "./retrying";

afterEach(() => vi.unstubAllGlobals());

const stuck = (id: string, message = "wrong", process = "pay"): Stuck => ({
  id,
  message,
  process_id: process,
  process_name: "",
});

function serve(answers: Record<string, () => Response>): { asked: string[]; bodies: unknown[] } {
  const asked: string[] = [];
  const bodies: unknown[] = [];
  vi.stubGlobal("fetch", (address: string, given: RequestInit) => {
    const id = /incidents\/([\d-]+)\/retry/.exec(address)?.[1] ?? "";
    asked.push(id);
    bodies.push(JSON.parse(String(given.body)));
    return Promise.resolve().then(answers[id]);
  });
  return { asked, bodies };
}

test("what fails stops nothing, and what came of all is counted", async () => {
  const answers = {
    "1-1": () => Response.json({ incidents: [] }),
    "1-2": () => Response.json({ incidents: [{ id: "1-2" }] }),
    "1-3": () => Response.json({ code: "incident.unknown", title: "", detail: "" }, { status: 404 }),
    "1-4": () => Response.json({ incidents: [{ id: "1-9" }] }),
  };
  const { asked, bodies } = serve(answers);
  const ids = Object.keys(answers);
  const found = await retryAll(
    ids.map((id) => stuck(id)),
    "mended",
  );
  expect(found).toEqual({ goOn: 2, stuck: 2, left: [], lost: null });
  expect(asked).toEqual(ids);
  expect(bodies[0]).toEqual({ reason: "mended" });
});

test.each([
  [0, () => Response.error().json() as never],
  [401, () => Response.json({}, { status: 401 })],
  [503, () => Response.json({}, { status: 503 })],
])("nothing more is tried when the answer is %i", async (status, answer) => {
  const { asked } = serve({ "1-1": () => Response.json({}), "1-2": answer });
  const all = [stuck("1-1"), stuck("1-2"), stuck("1-3")];
  const found = await retryAll(all, "");
  expect(found).toMatchObject({ goOn: 1, stuck: 0, left: all.slice(1), lost: { status } });
  expect(asked).toEqual(["1-1", "1-2"]);
});

test("what is stuck for the same reason is one line, the most frequent first", () => {
  const all = [stuck("1-1"), stuck("2-1", "late"), stuck("3-1", "late"), stuck("4-1", "late", "order")];
  expect(alike(all).map(({ name, message, count }) => `${name} ${message} ${count}`)).toEqual([
    "pay late 2",
    "pay wrong 1",
    "order late 1",
  ]);
});
