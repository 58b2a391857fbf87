export type * from "./generated/types.gen";
export { address, get, getText, newKey, part, Refused, send, sendFile, sessionEnded, upload } from "./client";
