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
  startOver,
  upload,
} from "./client";
