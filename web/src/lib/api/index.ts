export type * from "./generated/types.gen";
export { address, get, getText, newKey, part, Refused, send, sessionEnded, upload } from "./client";
