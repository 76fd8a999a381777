-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" VARCHAR(80) NOT NULL,
    "query" TEXT NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "view_visit" (
    "person_id" UUID NOT NULL,
    "view_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "view_visit_pkey" PRIMARY KEY ("person_id","view_id")
);

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "default_view_id" UUID;

-- DropIndex
DROP INDEX "finding_scan_name_status_idx";

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_owner_id_name_key" ON "saved_view"("owner_id", "name");

-- CreateIndex
CREATE INDEX "resource_tags_idx" ON "resource" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "vulnerability_cwes_idx" ON "vulnerability" USING GIN ("cwes");

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "view_visit" ADD CONSTRAINT "view_visit_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "view_visit" ADD CONSTRAINT "view_visit_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "saved_view"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- Words are looked up in the dictionaries, never in the findings: ten million titles are some hundred thousand texts.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "vulnerability_text_idx" ON "vulnerability" USING GIN (lower("name") gin_trgm_ops, lower("title") gin_trgm_ops);
CREATE INDEX "package_text_idx" ON "package" USING GIN (lower("name") gin_trgm_ops);
-- The start of a name: what comes after 64 characters is a digest, whose letters nobody types and every image has new ones.
CREATE INDEX "resource_text_idx" ON "resource" USING GIN (lower(left("name", 64)) gin_trgm_ops);
-- The title of a package finding is made of words that the dictionaries have; others may have words of their own.
CREATE INDEX "finding_text_idx" ON "finding" USING GIN (lower("title") gin_trgm_ops, lower("path") gin_trgm_ops) WHERE "type" <> 'package';

-- Most findings have either a scan or a package. In the order of the list, so that its first page is the first in the index.
CREATE INDEX "finding_scan_name_idx" ON "finding" ("scan_name", "status", "rank" DESC, "id" DESC) WHERE "scan_name" IS NOT NULL;
CREATE INDEX "finding_package_name_idx" ON "finding" ("package_name", "status", "rank" DESC, "id" DESC) WHERE "package_name" IS NOT NULL;

CREATE INDEX "issue_assignee_idx" ON "issue" ("assignee_id") WHERE "assignee_id" IS NOT NULL;
-- An image's repository, a function, a code repository: lib/db/read/finding-predicates.ts writes both expressions so.
CREATE INDEX "resource_place_idx" ON "resource" (split_part("lineage", ':', 1), regexp_replace("lineage", '^[a-z]+:([^/]*/)?', ''));
