-- Ids of findings grow: an index that begins with them fills its pages, where the one that began with the account left
-- them half empty. The account makes it the one that the planner takes for a month of which it knows nothing yet.
CREATE INDEX "lifecycle_event_finding_id_idx" ON "lifecycle_event" ("finding_id", "account_id");
DROP INDEX "lifecycle_event_finding_idx";
