-- AlterTable
ALTER TABLE "scan" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);
