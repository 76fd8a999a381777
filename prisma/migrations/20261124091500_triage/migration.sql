-- AlterTable
ALTER TABLE "finding_hold" ADD COLUMN     "until_fix" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "triage_decision" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "act" JSONB NOT NULL,
    "filter" JSONB,
    "finding_ids" UUID[],
    "seen" BIGINT[],
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "outcome" JSONB,
    "undo_outcome" JSONB,
    "made_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "carried_out_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" UUID,

    CONSTRAINT "triage_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "triage_target" (
    "account_id" VARCHAR(64) NOT NULL,
    "target_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "decision_id" UUID NOT NULL,
    "before" JSONB,
    "is_undone" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "triage_target_pkey" PRIMARY KEY ("account_id","target_id","field","number")
);

-- CreateIndex
CREATE INDEX "triage_decision_decided_at_id_idx" ON "triage_decision"("decided_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "triage_target_decision_id_number_idx" ON "triage_target"("decision_id", "number");

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "triage_decision" ADD CHECK ("state" IN ('draft', 'running', 'done', 'undoing', 'undone'));
ALTER TABLE "triage_target" ADD CHECK ("field" IN ('assignee', 'due', 'severity', 'suppression', 'comment'));

-- The decision that an event came of.
ALTER TABLE "lifecycle_event" ADD COLUMN "decision_id" UUID;

-- Decisions that change neither status nor severity are events too. Wider than before, so what is stored satisfies it.
ALTER TABLE "lifecycle_event" DROP CONSTRAINT "lifecycle_event_kind_check";
ALTER TABLE "lifecycle_event" ADD CONSTRAINT "lifecycle_event_kind_check" CHECK ("kind" IN ('opened', 'closed', 'reopened', 'rescored', 'suppressed', 'unsuppressed', 'moved', 'assigned', 'due-set', 'commented'));
