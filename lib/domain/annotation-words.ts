/** What is noted at a day. */
export const ANNOTATION_KINDS = ["release", "incident", "exception", "other"] as const;
