/** From the least to the most that one may do. */
export const ROLES = ["viewer", "developer", "lead", "admin"] as const;
