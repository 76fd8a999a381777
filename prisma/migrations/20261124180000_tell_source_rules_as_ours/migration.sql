-- AlterTable
ALTER TABLE "source_rule" ADD COLUMN     "as_ours" JSONB;
