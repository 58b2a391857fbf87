/** What the process log shows, as its address says it. */
export const STATUSES = ["running", "incident", "completed", "cancelled"] as const;
export type LogStatus = (typeof STATUSES)[number];

export interface LogSearch {
  q?: string;
  status?: LogStatus;
  process?: string;
  mine?: "yes";
}

/** What is said in an address, without what is no such thing. */
export function logSearch(given: Record<string, unknown>): LogSearch {
  const status = STATUSES.find((one) => one === given["status"]);
  return {
    ...(typeof given["q"] === "string" && given["q"] !== "" ? { q: given["q"] } : {}),
    ...(status ? { status } : {}),
    ...(typeof given["process"] === "string" && given["process"] !== "" ? { process: given["process"] } : {}),
    ...(given["mine"] === "yes" ? { mine: "yes" } : {}),
  };
}
