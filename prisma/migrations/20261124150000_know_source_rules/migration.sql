-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "rules_failure" JSONB;

-- CreateTable
CREATE TABLE "source_rule" (
    "connection_id" UUID NOT NULL,
    "arn" TEXT NOT NULL,
    "account_id" VARCHAR(64) NOT NULL,
    "name" TEXT NOT NULL,
    "criteria" TEXT NOT NULL,
    "reason" TEXT,
    "description" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_rule_pkey" PRIMARY KEY ("connection_id","arn")
);

-- AddForeignKey
ALTER TABLE "source_rule" ADD CONSTRAINT "source_rule_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
