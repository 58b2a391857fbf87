/** The role that everybody has. */
export const EVERYBODY = "*";
/** What a role may do with all records, with its own, or not at all. */
export const REACH = ["see", "change", "delete"] as const;
