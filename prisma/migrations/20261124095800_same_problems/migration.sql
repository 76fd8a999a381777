-- CreateTable
CREATE TABLE "same_problem" (
    "account_id" VARCHAR(64) NOT NULL,
    "issue_id" UUID NOT NULL,
    "other_account_id" VARCHAR(64) NOT NULL,
    "other_issue_id" UUID NOT NULL,
    "is_same" BOOLEAN NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID NOT NULL,

    CONSTRAINT "same_problem_pkey" PRIMARY KEY ("account_id","issue_id","other_account_id","other_issue_id")
);

-- CreateIndex
CREATE INDEX "same_problem_other_account_id_other_issue_id_idx" ON "same_problem"("other_account_id", "other_issue_id");
