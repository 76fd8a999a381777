export const SOURCE_NAMES = ["inspector", "codeguru", "sarif"] as const;
export const FINDING_STATUSES = ["active", "suppressed", "closed"] as const;
export const FIX_STATES = ["yes", "no", "partial"] as const;

/** What the embedded scanner finds belongs to this account, shown as "This installation". */
export const INSTALLATION_ACCOUNT_ID = "000000000000";
