-- AlterTable
ALTER TABLE "compression_dictionary" ADD COLUMN     "resource_id" UUID;

-- AlterTable
ALTER TABLE "finding_raw" ADD COLUMN     "resource_dictionary_id" INTEGER;

-- CreateIndex
CREATE INDEX "compression_dictionary_vulnerability_id_resource_id_id_idx" ON "compression_dictionary"("vulnerability_id", "resource_id", "id");

-- DropIndex
DROP INDEX "compression_dictionary_vulnerability_id_id_idx";
