import type { CurrentSession, Role } from "#lib/domain/person.ts";
import type { TriageDecision, TriageDraft } from "#lib/domain/triage.ts";

const ID = "01900000-0000-7000-8000-00000000d001";

/** What a decision about three findings would do. Say what the test is about. */
export function aTriageDraft(overrides: Partial<TriageDraft> = {}): TriageDraft {
  return {
    id: ID,
    total: 3,
    changes: 3,
    bySeverity: { critical: 1, high: 2 },
    knownExploited: 1,
    accounts: [{ accountId: "111122223333", accountName: "payments-prod", count: 3 }],
    accountCount: 1,
    issues: 2,
    issueFindings: 3,
    leftOut: {},
    ...overrides,
  };
}

/** A decision that was carried out and can be undone. */
export function aTriageDecision(overrides: Partial<TriageDecision> = {}): TriageDecision {
  return {
    id: ID,
    act: { kind: "suppress", grounds: "not-reachable", until: "2026-12-24T23:59:59.999Z", reason: "Closed port." },
    filter: null,
    state: "done",
    madeBy: "mira",
    decidedAt: "2026-11-24T09:00:00.000Z",
    total: 3,
    done: 3,
    outcome: { changed: 3, leftOut: {}, overtakenBy: [] },
    undoUntil: "2026-11-24T09:10:00.000Z",
    undo: null,
    review: null,
    ...overrides,
  };
}

const PERMISSIONS: Record<Role, CurrentSession["permissions"]> = {
  viewer: ["findings:read"],
  developer: ["findings:read", "findings:comment"],
  lead: ["findings:read", "findings:comment", "findings:triage"],
  admin: ["findings:read", "findings:comment", "findings:triage"],
};

/** Who is signed in, as far as triage asks. */
export function aSession(role: Role = "lead"): CurrentSession {
  return { personId: ID, userName: "mira", role, via: "session", permissions: PERMISSIONS[role] };
}
