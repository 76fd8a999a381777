-- CreateTable
CREATE TABLE "ticket" (
    "account_id" VARCHAR(64) NOT NULL,
    "issue_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "set_by" UUID,

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("account_id","issue_id")
);

-- CreateTable
CREATE TABLE "hand_over" (
    "account_id" VARCHAR(64) NOT NULL,
    "id" UUID NOT NULL,
    "issue_id" UUID,
    "finding_id" UUID,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by" UUID NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "hand_over_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "hand_over_account_id_issue_id_id_idx" ON "hand_over"("account_id", "issue_id", "id" DESC);

-- CreateIndex
CREATE INDEX "hand_over_id_idx" ON "hand_over"("id" DESC);

-- CreateIndex
CREATE INDEX "hand_over_next_attempt_at_idx" ON "hand_over"("next_attempt_at");
