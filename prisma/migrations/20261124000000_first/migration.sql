-- CreateTable
CREATE TABLE "account" (
    "id" VARCHAR(64) NOT NULL,
    "name" TEXT,
    "is_sample" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "role_arn" TEXT,
    "external_id" TEXT,
    "endpoint" TEXT,
    "is_sample" BOOLEAN NOT NULL DEFAULT false,
    "whole_every_minutes" INTEGER NOT NULL DEFAULT 1440,
    "incremental_every_minutes" INTEGER NOT NULL DEFAULT 60,
    "last_whole_pass_at" TIMESTAMPTZ(3),
    "last_pass_at" TIMESTAMPTZ(3),
    "next_run_at" TIMESTAMPTZ(3),
    "failure" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID,
    "disconnected_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scope" (
    "account_id" VARCHAR(64) NOT NULL,
    "region" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL DEFAULT false,
    "connections" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "first_whole_pass_at" TIMESTAMPTZ(3),
    "last_whole_pass_at" TIMESTAMPTZ(3),
    "last_pass_at" TIMESTAMPTZ(3),
    "coverage_at" TIMESTAMPTZ(3),
    "failure" JSONB,
    "lost_at" TIMESTAMPTZ(3),

    CONSTRAINT "scope_pkey" PRIMARY KEY ("account_id","region","source")
);

-- CreateTable
CREATE TABLE "scope_pass" (
    "account_id" VARCHAR(64) NOT NULL,
    "region" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "connection_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,

    CONSTRAINT "scope_pass_pkey" PRIMARY KEY ("account_id","region","source","recorded_at","connection_id")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "counts" JSONB NOT NULL,
    "failure" JSONB,
    "requested_by" UUID,
    "is_sample" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "held_close" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "account_id" VARCHAR(64) NOT NULL,
    "region" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "active" INTEGER NOT NULL,
    "would_close" INTEGER NOT NULL,
    "finding_ids" UUID[],
    "state" TEXT NOT NULL DEFAULT 'held',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" UUID,

    CONSTRAINT "held_close_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vulnerability" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "cwes" TEXT[],
    "cvss" JSONB NOT NULL,
    "source_url" TEXT,
    "reference_urls" TEXT[],
    "epss" REAL,
    "published_at" TIMESTAMPTZ(3),
    "known_exploited_at" TIMESTAMPTZ(3),
    "digest" BYTEA NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "is_sample" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "vulnerability_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resource" (
    "account_id" VARCHAR(64) NOT NULL,
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "region" VARCHAR(64) NOT NULL,
    "provider" TEXT NOT NULL,
    "lineage_id" UUID NOT NULL,
    "lineage" TEXT NOT NULL,
    "tags" JSONB NOT NULL,
    "details" JSONB NOT NULL,
    "digest" BYTEA NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "resource_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "coverage" (
    "account_id" VARCHAR(64) NOT NULL,
    "resource_id" UUID NOT NULL,
    "scan_type" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "region" VARCHAR(64) NOT NULL,
    "resource_type" TEXT NOT NULL,
    "resource_source_id" TEXT NOT NULL,
    "lineage_id" UUID,
    "is_scanned" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coverage_pkey" PRIMARY KEY ("account_id","resource_id","scan_type","source")
);

-- CreateTable
CREATE TABLE "finding" (
    "account_id" VARCHAR(64) NOT NULL,
    "id" UUID NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "source" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "source_status" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "source_severity" TEXT NOT NULL,
    "score" REAL,
    "rank" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "region" VARCHAR(64) NOT NULL,
    "vulnerability_id" UUID NOT NULL,
    "resource_id" UUID NOT NULL,
    "resource_type" TEXT NOT NULL,
    "issue_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "scan_name" TEXT,
    "path" TEXT,
    "start_line" INTEGER,
    "end_line" INTEGER,
    "package_name" TEXT,
    "package_version" TEXT,
    "package_fixed_in" TEXT,
    "package_count" INTEGER NOT NULL DEFAULT 0,
    "fix_available" TEXT NOT NULL DEFAULT 'unknown',
    "exploit_available" TEXT NOT NULL DEFAULT 'unknown',
    "known_exploited" BOOLEAN NOT NULL DEFAULT false,
    "first_observed_at" TIMESTAMPTZ(3) NOT NULL,
    "source_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_reason" TEXT,
    "closed_by_run_id" UUID,
    "digest" BYTEA NOT NULL,
    "reported_by" INTEGER[],
    "is_sample" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "finding_raw" (
    "account_id" VARCHAR(64) NOT NULL,
    "finding_id" UUID NOT NULL,
    "detail" BYTEA NOT NULL,
    "raw" BYTEA,

    CONSTRAINT "finding_raw_pkey" PRIMARY KEY ("account_id","finding_id")
);

-- CreateTable
CREATE TABLE "finding_package" (
    "account_id" VARCHAR(64) NOT NULL,
    "finding_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "package_id" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "fixed_in" TEXT,

    CONSTRAINT "finding_package_pkey" PRIMARY KEY ("account_id","finding_id","position")
);

-- CreateTable
CREATE TABLE "package" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "manager" TEXT,

    CONSTRAINT "package_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue" (
    "account_id" VARCHAR(64) NOT NULL,
    "id" UUID NOT NULL,
    "vulnerability_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "active_findings" INTEGER NOT NULL,
    "open_findings" INTEGER NOT NULL,
    "clock" INTEGER NOT NULL DEFAULT 1,
    "assignee_id" UUID,
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "issue_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "issue_clock" (
    "account_id" VARCHAR(64) NOT NULL,
    "issue_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "is_fix" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "issue_clock_pkey" PRIMARY KEY ("account_id","issue_id","number")
);

-- CreateTable
CREATE TABLE "finding_hold" (
    "account_id" VARCHAR(64) NOT NULL,
    "finding_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL DEFAULT '',
    "reason" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,

    CONSTRAINT "finding_hold_pkey" PRIMARY KEY ("account_id","finding_id","kind","key")
);

-- CreateTable
CREATE TABLE "severity_override" (
    "account_id" VARCHAR(64) NOT NULL,
    "finding_id" UUID NOT NULL,
    "severity" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,

    CONSTRAINT "severity_override_pkey" PRIMARY KEY ("account_id","finding_id")
);

-- CreateTable
CREATE TABLE "finding_cube" (
    "account_id" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "fix_available" TEXT NOT NULL,
    "exploit_available" TEXT NOT NULL,
    "known_exploited" BOOLEAN NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "finding_cube_pkey" PRIMARY KEY ("account_id","source","type","status","severity","fix_available","exploit_available","known_exploited","is_sample")
);

-- CreateTable
CREATE TABLE "day_delta_lineage" (
    "account_id" VARCHAR(64) NOT NULL,
    "lineage_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "movement" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "day_delta_lineage_pkey" PRIMARY KEY ("account_id","lineage_id","source","type","severity","day","movement","is_sample")
);

-- CreateTable
CREATE TABLE "day_delta_account" (
    "account_id" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "movement" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "day_delta_account_pkey" PRIMARY KEY ("account_id","source","type","severity","day","movement","is_sample")
);

-- CreateTable
CREATE TABLE "day_delta_organisation" (
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "movement" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "day_delta_organisation_pkey" PRIMARY KEY ("source","type","severity","day","movement","is_sample")
);

-- CreateTable
CREATE TABLE "open_cohort" (
    "account_id" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "opened_on" DATE NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "open_cohort_pkey" PRIMARY KEY ("account_id","source","type","severity","opened_on")
);

-- CreateTable
CREATE TABLE "remediation_histogram" (
    "account_id" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "days" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "remediation_histogram_pkey" PRIMARY KEY ("account_id","source","type","severity","month","days")
);

-- CreateTable
CREATE TABLE "scan" (
    "name" VARCHAR(140) NOT NULL,
    "owner_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scan_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "scan_run" (
    "id" UUID NOT NULL,
    "scan_name" VARCHAR(140) NOT NULL,
    "revision" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "stage" TEXT,
    "done" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT,
    "failure" JSONB,
    "counts" JSONB,
    "skipped_files" JSONB NOT NULL DEFAULT '[]',
    "storage_key" TEXT,
    "size_bytes" BIGINT,
    "sha256" TEXT,
    "wire_run_id" TEXT,
    "sync_run_id" UUID,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3),
    "cancel_asked_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "scan_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "user_name" VARCHAR(32) NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "sign_in_link" (
    "token_hash" BYTEA NOT NULL,
    "person_id" UUID,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "permissions" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT,
    "result" TEXT NOT NULL DEFAULT 'done',
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "connection_number_key" ON "connection"("number");

-- CreateIndex
CREATE INDEX "sync_run_connection_id_created_at_idx" ON "sync_run"("connection_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "sync_run_created_at_id_idx" ON "sync_run"("created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "held_close_state_created_at_idx" ON "held_close"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "vulnerability_name_key" ON "vulnerability"("name");

-- CreateIndex
CREATE INDEX "vulnerability_epss_id_idx" ON "vulnerability"("epss" DESC, "id");

-- CreateIndex
CREATE INDEX "resource_account_id_lineage_id_idx" ON "resource"("account_id", "lineage_id");

-- CreateIndex
CREATE INDEX "resource_source_id_idx" ON "resource"("source_id");

-- CreateIndex
CREATE INDEX "coverage_is_scanned_account_id_idx" ON "coverage"("is_scanned", "account_id");

-- CreateIndex
CREATE INDEX "coverage_account_id_lineage_id_idx" ON "coverage"("account_id", "lineage_id");

-- CreateIndex
CREATE INDEX "finding_id_idx" ON "finding"("id");

-- CreateIndex
CREATE INDEX "finding_status_rank_id_idx" ON "finding"("status", "rank" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "finding_account_id_status_rank_id_idx" ON "finding"("account_id", "status", "rank" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "finding_status_first_observed_at_id_idx" ON "finding"("status", "first_observed_at", "id");

-- CreateIndex
CREATE INDEX "finding_vulnerability_id_status_rank_id_idx" ON "finding"("vulnerability_id", "status", "rank" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "finding_account_id_resource_id_idx" ON "finding"("account_id", "resource_id");

-- CreateIndex
CREATE INDEX "finding_account_id_issue_id_idx" ON "finding"("account_id", "issue_id");

-- CreateIndex
CREATE INDEX "finding_scan_name_status_idx" ON "finding"("scan_name", "status");

-- CreateIndex
CREATE INDEX "finding_updated_at_idx" ON "finding"("updated_at");

-- CreateIndex
CREATE UNIQUE INDEX "finding_account_id_key_hash_key" ON "finding"("account_id", "key_hash");

-- CreateIndex
CREATE INDEX "finding_package_package_id_idx" ON "finding_package"("package_id");

-- CreateIndex
CREATE INDEX "package_name_idx" ON "package"("name");

-- CreateIndex
CREATE INDEX "issue_due_at_id_idx" ON "issue"("due_at", "id");

-- CreateIndex
CREATE INDEX "issue_vulnerability_id_idx" ON "issue"("vulnerability_id");

-- CreateIndex
CREATE INDEX "finding_hold_expires_at_idx" ON "finding_hold"("expires_at");

-- CreateIndex
CREATE INDEX "scan_run_state_idx" ON "scan_run"("state");

-- CreateIndex
CREATE UNIQUE INDEX "scan_run_scan_name_revision_key" ON "scan_run"("scan_name", "revision");

-- CreateIndex
CREATE UNIQUE INDEX "person_user_name_key" ON "person"("user_name");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_token_hash_key" ON "api_token"("token_hash");

-- CreateIndex
CREATE INDEX "api_token_person_id_idx" ON "api_token"("person_id");

-- CreateIndex
CREATE INDEX "audit_event_at_id_idx" ON "audit_event"("at" DESC, "id");

-- AddForeignKey
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "held_close" ADD CONSTRAINT "held_close_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "sync_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan_run" ADD CONSTRAINT "scan_run_scan_name_fkey" FOREIGN KEY ("scan_name") REFERENCES "scan"("name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "finding"
  ADD CONSTRAINT "finding_status_known" CHECK ("status" IN ('active', 'suppressed', 'closed')),
  ADD CONSTRAINT "finding_severity_known" CHECK ("severity" IN ('critical', 'high', 'medium', 'low', 'untriaged', 'info')),
  ADD CONSTRAINT "finding_closed_has_reason" CHECK (("status" = 'closed') = ("closed_reason" IS NOT NULL)),
  ADD CONSTRAINT "finding_key_is_16_bytes" CHECK (octet_length("key_hash") = 16);

-- Compressed before it comes here.
ALTER TABLE "finding_raw" ALTER COLUMN "detail" SET STORAGE EXTERNAL, ALTER COLUMN "raw" SET STORAGE EXTERNAL;

-- One change in a finding's life, appended, never edited. occurred_at is the source's time, recorded_at ours.
-- The *_before columns are null for the first event; issue_before and lineage_before are set by `moved` only.
CREATE TABLE "lifecycle_event" (
  "account_id" VARCHAR(64) NOT NULL,
  "id" UUID NOT NULL,
  "finding_id" UUID NOT NULL,
  "issue_id" UUID NOT NULL,
  "lineage_id" UUID NOT NULL,
  "issue_before" UUID,
  "lineage_before" UUID,
  "source" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('opened', 'closed', 'reopened', 'rescored', 'suppressed', 'unsuppressed', 'moved')),
  "cause" TEXT NOT NULL,
  "occurred_at" TIMESTAMPTZ(3) NOT NULL,
  "recorded_at" TIMESTAMPTZ(3) NOT NULL,
  "status_before" TEXT,
  "status_after" TEXT NOT NULL,
  "severity_before" TEXT,
  "severity_after" TEXT NOT NULL,
  "run_id" UUID, -- the sync run that told it
  "actor_id" UUID, -- the person who did it
  "detail" JSONB,
  "is_sample" BOOLEAN NOT NULL,
  PRIMARY KEY ("account_id", "recorded_at", "id")
) PARTITION BY RANGE ("recorded_at");
CREATE INDEX "lifecycle_event_finding_idx" ON "lifecycle_event" ("account_id", "finding_id", "recorded_at");

-- How a finding stood from valid_from until valid_to. finding.updated_at is the valid_from of its present version.
CREATE TABLE "finding_version" (
  "account_id" VARCHAR(64) NOT NULL,
  "finding_id" UUID NOT NULL,
  "valid_from" TIMESTAMPTZ(3) NOT NULL,
  "valid_to" TIMESTAMPTZ(3) NOT NULL DEFAULT 'infinity',
  "status" TEXT NOT NULL,
  "severity" TEXT NOT NULL,
  "score" REAL,
  "rank" INTEGER NOT NULL,
  "assignee_id" UUID,
  "due_at" TIMESTAMPTZ(3),
  PRIMARY KEY ("account_id", "finding_id", "valid_from")
) PARTITION BY RANGE ("valid_from");

-- Makes the partitions that a change recorded at that instant needs. Attaching does not block readers or writers.
CREATE FUNCTION ensure_history_month("at" TIMESTAMPTZ) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  first_day DATE := date_trunc('month', "at" AT TIME ZONE 'UTC')::date;
  next_month DATE := (first_day + INTERVAL '1 month')::date;
  parent TEXT;
  part TEXT;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_history_month'));
  FOREACH parent IN ARRAY ARRAY['lifecycle_event', 'finding_version'] LOOP
    part := parent || to_char(first_day, '_YYYY_MM');
    IF to_regclass(part) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, parent);
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, part,
        first_day::text || ' 00:00:00+00', next_month::text || ' 00:00:00+00');
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION forbid_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is appended, never edited', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "lifecycle_event_is_final" BEFORE UPDATE ON "lifecycle_event" FOR EACH ROW EXECUTE FUNCTION forbid_edit();
CREATE TRIGGER "audit_event_is_final" BEFORE UPDATE OR DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION forbid_edit();

-- ── Rollups ─────────────────────────────────────────────────────────────────────────────────────────────────────────
-- Statement-level, so that the cost is a statement's and every write path is covered. Rows are taken in key order, so
-- that two writers never wait for each other in a circle. The trigger's argument says whether its rows came or went.
-- An update counts the rows that moved only: what leaves a rollup as it was writes nothing. A row may come to stand at 0.

CREATE FUNCTION roll_up_finding_cube() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO finding_cube AS c
  SELECT account_id, source, type, status, severity, fix_available, exploit_available, known_exploited, is_sample,
    count(*) * TG_ARGV[0]::int
  FROM changed_rows GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ON CONFLICT (account_id, source, type, status, severity, fix_available, exploit_available, known_exploited, is_sample)
  DO UPDATE SET n = c.n + EXCLUDED.n;
  RETURN NULL;
END $$;
CREATE TRIGGER "finding_cube_insert" AFTER INSERT ON "finding" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_finding_cube('1');
CREATE TRIGGER "finding_cube_delete" AFTER DELETE ON "finding" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_finding_cube('-1');

CREATE FUNCTION move_in_finding_cube() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO finding_cube AS c
  SELECT account_id, source, type, status, severity, fix_available, exploit_available, known_exploited, is_sample, sum(n)
  FROM (
    SELECT account_id, source, type, status, severity, fix_available, exploit_available, known_exploited, is_sample, -1 AS n FROM old_rows
    UNION ALL
    SELECT account_id, source, type, status, severity, fix_available, exploit_available, known_exploited, is_sample, 1 FROM new_rows
  ) AS moved
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ON CONFLICT (account_id, source, type, status, severity, fix_available, exploit_available, known_exploited, is_sample)
  DO UPDATE SET n = c.n + EXCLUDED.n;
  RETURN NULL;
END $$;
CREATE TRIGGER "finding_cube_update" AFTER UPDATE ON "finding" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_in_finding_cube();

-- The movements of one event: what it takes from what was active, and what it adds. lib/domain/lifecycle-event.ts has
-- the same table with its signs.
CREATE FUNCTION movements_of("e" "lifecycle_event")
RETURNS TABLE ("lineage_id" UUID, "severity" TEXT, "movement" TEXT) LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(e.lineage_before, e.lineage_id), e.severity_before,
    CASE
      WHEN e.status_after <> 'active' THEN CASE e.kind WHEN 'closed' THEN e.cause ELSE 'suppressed' END
      WHEN e.kind = 'moved' THEN 'moved-out'
      ELSE 'rescored-out'
    END
  WHERE e.status_before = 'active'
    AND (e.status_after <> 'active' OR e.kind = 'moved' OR e.severity_before <> e.severity_after)
  UNION ALL
  SELECT e.lineage_id, e.severity_after,
    CASE
      WHEN e.status_before IS DISTINCT FROM 'active' THEN CASE e.kind WHEN 'opened' THEN e.cause ELSE e.kind END
      WHEN e.kind = 'moved' THEN 'moved-in'
      ELSE 'rescored-in'
    END
  WHERE e.status_after = 'active'
    AND (e.status_before IS DISTINCT FROM 'active' OR e.kind = 'moved' OR e.severity_before <> e.severity_after)
$$;

-- n counts movements (always upwards but for a deletion); the sign of a movement says what it does to what is open.
CREATE FUNCTION roll_up_day_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_delta_lineage AS d
  SELECT e.account_id, m.lineage_id, e.source, e.type, m.severity, (e.recorded_at AT TIME ZONE 'UTC')::date, m.movement, e.is_sample, count(*) * TG_ARGV[0]::int
  FROM changed_rows AS e CROSS JOIN LATERAL movements_of(e.*::lifecycle_event) AS m
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (account_id, lineage_id, source, type, severity, day, movement, is_sample) DO UPDATE SET n = d.n + EXCLUDED.n;

  INSERT INTO day_delta_account AS d
  SELECT e.account_id, e.source, e.type, m.severity, (e.recorded_at AT TIME ZONE 'UTC')::date, m.movement, e.is_sample, count(*) * TG_ARGV[0]::int
  FROM changed_rows AS e CROSS JOIN LATERAL movements_of(e.*::lifecycle_event) AS m
  GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
  ON CONFLICT (account_id, source, type, severity, day, movement, is_sample) DO UPDATE SET n = d.n + EXCLUDED.n;

  INSERT INTO day_delta_organisation AS d
  SELECT e.source, e.type, m.severity, (e.recorded_at AT TIME ZONE 'UTC')::date, m.movement, e.is_sample, count(*) * TG_ARGV[0]::int
  FROM changed_rows AS e CROSS JOIN LATERAL movements_of(e.*::lifecycle_event) AS m
  GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (source, type, severity, day, movement, is_sample) DO UPDATE SET n = d.n + EXCLUDED.n;
  RETURN NULL;
END $$;
CREATE TRIGGER "day_deltas_insert" AFTER INSERT ON "lifecycle_event" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_day_deltas('1');
CREATE TRIGGER "day_deltas_delete" AFTER DELETE ON "lifecycle_event" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_day_deltas('-1');

-- Open clocks by the day they started; fixed ones by the month they ended and the whole days they ran. The trigger's
-- argument is the sign of the rows; an update calls it for both.
CREATE FUNCTION roll_up_issue_clocks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO open_cohort AS o
  SELECT account_id, source, type, severity, (opened_at AT TIME ZONE 'UTC')::date, count(*) * TG_ARGV[0]::int
  FROM changed_rows WHERE closed_at IS NULL
  GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (account_id, source, type, severity, opened_on) DO UPDATE SET n = o.n + EXCLUDED.n;

  INSERT INTO remediation_histogram AS h
  SELECT account_id, source, type, severity, date_trunc('month', closed_at AT TIME ZONE 'UTC')::date,
    floor(extract(epoch FROM closed_at - opened_at) / 86400)::int, count(*) * TG_ARGV[0]::int
  FROM changed_rows WHERE closed_at IS NOT NULL AND is_fix
  GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (account_id, source, type, severity, month, days) DO UPDATE SET n = h.n + EXCLUDED.n;
  RETURN NULL;
END $$;
CREATE TRIGGER "issue_clock_insert" AFTER INSERT ON "issue_clock" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_issue_clocks('1');
CREATE TRIGGER "issue_clock_update_new" AFTER UPDATE ON "issue_clock" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_issue_clocks('1');
CREATE TRIGGER "issue_clock_update_old" AFTER UPDATE ON "issue_clock" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_issue_clocks('-1');
CREATE TRIGGER "issue_clock_delete" AFTER DELETE ON "issue_clock" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_issue_clocks('-1');
