-- By the date alone, which many issues share: what has none is found by its findings, and so is the order within a date.
CREATE INDEX "issue_due_at_idx" ON "issue" ("due_at") WHERE "due_at" IS NOT NULL;

-- DropIndex
DROP INDEX "issue_due_at_id_idx";
