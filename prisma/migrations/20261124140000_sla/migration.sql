-- AlterTable
ALTER TABLE "issue" ADD COLUMN     "person_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "policy_due_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "sla_version" (
    "number" INTEGER NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "saved_by" UUID,

    CONSTRAINT "sla_version_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "sla_rule" (
    "version" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "scope_id" VARCHAR(64) NOT NULL,
    "field" TEXT NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "sla_rule_pkey" PRIMARY KEY ("version","level","scope_id","field")
);

-- AddForeignKey
ALTER TABLE "sla_rule" ADD CONSTRAINT "sla_rule_version_fkey" FOREIGN KEY ("version") REFERENCES "sla_version"("number") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "sla_rule" ADD CHECK ("level" IN ('organisation', 'account', 'team')),
  ADD CHECK (("level" = 'organisation') = ("scope_id" = '')),
  ADD CHECK ("field" IN ('critical', 'high', 'medium', 'low', 'exploited', 'reachable')),
  ADD CHECK ("days" BETWEEN 1 AND 3650);

-- So far every due date is a person's.
UPDATE "issue" SET "person_due_at" = "due_at" WHERE "due_at" IS NOT NULL;
