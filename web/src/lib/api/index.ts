export type * from "./generated/types.gen";
export { address, get, newKey, part, Refused, send, sessionEnded } from "./client";
