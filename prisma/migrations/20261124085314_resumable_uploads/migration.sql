-- CreateTable
CREATE TABLE "upload" (
    "run_id" UUID NOT NULL,
    "length_bytes" BIGINT NOT NULL,
    "metadata" TEXT NOT NULL,
    "writer" UUID,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("run_id")
);

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "scan_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
