export type * from "./generated/types.gen";
export {
  address,
  get,
  getText,
  newKey,
  part,
  Refused,
  send,
  sendFile,
  sendTable,
  sessionEnded,
  upload,
} from "./client";
