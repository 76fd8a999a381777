-- AlterTable
ALTER TABLE "scan" ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'codeguru';

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "scan" ADD CHECK ("source" IN ('codeguru', 'sarif'));
