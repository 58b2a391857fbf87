/** How an element of a diagram is marked; each by a colour and by a sign of its own shape. */
export type Mark = "done" | "waiting" | "stuck" | "ended" | "wrong" | "warned";

export type Marks = ReadonlyMap<string, Mark>;
