-- AlterTable
ALTER TABLE "finding_raw" ADD COLUMN     "dictionary_id" INTEGER;

-- CreateTable
CREATE TABLE "compression_dictionary" (
    "id" SERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "compression_dictionary_pkey" PRIMARY KEY ("id")
);

-- Without its dictionary, what was compressed with it is lost.
CREATE TRIGGER "compression_dictionary_is_final" BEFORE UPDATE OR DELETE ON "compression_dictionary" FOR EACH ROW EXECUTE FUNCTION forbid_edit();
