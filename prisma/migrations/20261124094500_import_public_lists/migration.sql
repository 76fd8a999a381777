-- AlterTable
ALTER TABLE "vulnerability" ADD COLUMN     "source_epss" REAL;

-- AlterTable
ALTER TABLE "finding" ADD COLUMN     "source_known_exploited" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "feed" (
    "name" TEXT NOT NULL,
    "is_on" BOOLEAN NOT NULL DEFAULT false,
    "location" TEXT,
    "state" TEXT NOT NULL DEFAULT 'idle',
    "next_import_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "imported_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "digest" BYTEA,
    "entries" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "findings" INTEGER NOT NULL DEFAULT 0,
    "failure" JSONB,

    CONSTRAINT "feed_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "known_exploit" (
    "vulnerability_id" UUID NOT NULL,
    "cve" TEXT NOT NULL,
    "added_on" DATE NOT NULL,
    "due_on" DATE,
    "is_ransomware" BOOLEAN NOT NULL,
    "action" TEXT NOT NULL,

    CONSTRAINT "known_exploit_pkey" PRIMARY KEY ("vulnerability_id")
);

-- CreateTable
CREATE TABLE "epss_score" (
    "vulnerability_id" UUID NOT NULL,
    "epss" REAL NOT NULL,
    "percentile" REAL,

    CONSTRAINT "epss_score_pkey" PRIMARY KEY ("vulnerability_id")
);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "feed" ADD CHECK ("name" IN ('known-exploited', 'epss')), ADD CHECK ("state" IN ('idle', 'queued', 'running'));
INSERT INTO "feed" ("name") VALUES ('known-exploited'), ('epss');

-- Nothing is imported yet: what is stored is what sources said.
UPDATE "vulnerability" SET "source_epss" = "epss" WHERE "epss" IS NOT NULL;
UPDATE "finding" SET "source_known_exploited" = true WHERE "known_exploited";
