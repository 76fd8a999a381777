-- AlterTable
ALTER TABLE "triage_decision" ADD COLUMN     "review_reason" TEXT,
ADD COLUMN     "reviewed_at" TIMESTAMPTZ(3),
ADD COLUMN     "reviewed_by" UUID;

-- CreateTable
CREATE TABLE "exception_rule" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "live" INTEGER,
    "pending" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" UUID,
    "end_cause" TEXT,
    "end_reason" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "exception_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exception_version" (
    "rule_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "query" TEXT NOT NULL,
    "grounds" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "until_fix" BOOLEAN NOT NULL,
    "holds_grave" BOOLEAN NOT NULL,
    "owner_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by" UUID NOT NULL,
    "decision" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" UUID,
    "decision_reason" TEXT,

    CONSTRAINT "exception_version_pkey" PRIMARY KEY ("rule_id","number")
);

-- CreateIndex
CREATE INDEX "exception_rule_state_idx" ON "exception_rule"("state");

-- CreateIndex
CREATE INDEX "finding_hold_kind_key_idx" ON "finding_hold"("kind", "key");

-- AddForeignKey
ALTER TABLE "exception_version" ADD CONSTRAINT "exception_version_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "exception_rule"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "exception_rule" ADD CHECK ("state" IN ('awaiting', 'active', 'ended')),
  ADD CHECK ("end_cause" IN ('person', 'expiry', 'declined')),
  ADD CHECK (("state" = 'ended') = ("end_cause" IS NOT NULL)),
  ADD CHECK ("state" <> 'active' OR "live" IS NOT NULL);
ALTER TABLE "exception_version" ADD CHECK ("grounds" IN ('not-reachable', 'accepted-risk', 'false-alarm')),
  ADD CHECK ("decision" IN ('approved', 'declined')),
  ADD CHECK ("until_fix" OR "expires_at" IS NOT NULL); -- none is for ever

-- A suppression of what is critical or known exploited may wait for a second person. Wider than before.
ALTER TABLE "triage_decision" DROP CONSTRAINT "triage_decision_state_check";
ALTER TABLE "triage_decision" ADD CONSTRAINT "triage_decision_state_check" CHECK ("state" IN ('draft', 'awaiting', 'declined', 'running', 'done', 'undoing', 'undone'));
