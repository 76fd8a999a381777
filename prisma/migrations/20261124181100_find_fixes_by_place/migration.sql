-- A fix is found by its place and its package, which many findings share: such entries are stored once for all of them.
-- What else is told of it stands in the findings' rows.
-- CreateIndex
CREATE INDEX "finding_account_id_lineage_id_status_package_name_idx" ON "finding"("account_id", "lineage_id", "status", "package_name");

-- DropIndex
DROP INDEX "finding_account_id_lineage_id_idx";

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

DROP INDEX "finding_to_fix_idx";
