-- AlterTable
ALTER TABLE "feed" ADD COLUMN     "imported_from" TEXT;
