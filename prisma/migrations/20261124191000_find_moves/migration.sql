-- Top movers of a month read the days of that month alone.
CREATE INDEX "day_delta_account_day_idx" ON "day_delta_account"("day");

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- Where a finding was before it moved, for lists of then. Moves are rare: the index has next to nothing.
CREATE INDEX "lifecycle_event_moved_idx" ON "lifecycle_event" ("finding_id", "recorded_at") WHERE "lineage_before" IS NOT NULL;
