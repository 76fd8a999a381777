-- CreateTable
CREATE TABLE "annotation" (
    "id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "text" VARCHAR(120) NOT NULL,
    "link" VARCHAR(500),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" VARCHAR(64) NOT NULL,

    CONSTRAINT "annotation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "annotation_day_idx" ON "annotation"("day");
