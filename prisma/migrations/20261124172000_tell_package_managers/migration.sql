-- AlterTable
ALTER TABLE "finding" ADD COLUMN     "package_manager" TEXT;
