export const TRIAGE_ACT_KINDS = ["assign", "due", "severity", "suppress", "unsuppress", "comment"] as const;

/** Why a finding is set aside. To accept a finding is to suppress it as an accepted risk. */
export const GROUNDS = ["not-reachable", "accepted-risk", "false-alarm"] as const;

export const GROUNDS_WORDS: Record<(typeof GROUNDS)[number], string> = {
  "not-reachable": "Not reachable",
  "accepted-risk": "Accepted risk",
  "false-alarm": "False alarm",
};

/** Why a decision leaves a finding as it is. */
export const LEFT_OUTS = [
  "already", // it stands so
  "closed",
  "has-fix", // there is nothing to wait for
  "suppressed-by-source", // AWS's to lift
  "overtaken", // somebody else has decided since
  "gone", // no longer stored
] as const;

/** After a number of findings. */
export const LEFT_OUT_WORDS: Record<(typeof LEFT_OUTS)[number], string> = {
  already: "already so",
  closed: "closed",
  "has-fix": "with a fix already",
  "suppressed-by-source": "suppressed in AWS, which only AWS lifts",
  overtaken: "decided by somebody else meanwhile",
  gone: "no longer there",
};
