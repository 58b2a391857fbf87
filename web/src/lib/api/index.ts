export type * from "./generated/types.gen";
export {
  address,
  get,
  getText,
  isRefusal,
  keyAfter,
  newKey,
  part,
  Refused,
  send,
  sendFile,
  sendTable,
  sessionEnded,
  startOver,
  upload,
} from "./client";
