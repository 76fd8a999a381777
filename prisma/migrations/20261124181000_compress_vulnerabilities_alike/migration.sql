-- AlterTable
ALTER TABLE "compression_dictionary" ADD COLUMN     "vulnerability_id" UUID;

-- CreateIndex
CREATE INDEX "compression_dictionary_vulnerability_id_id_idx" ON "compression_dictionary"("vulnerability_id", "id");
