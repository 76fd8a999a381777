-- A place is looked up within its account too: names of images and functions come back in many of them.
CREATE INDEX "resource_kind_place_account_idx" ON "resource" (split_part("lineage", ':', 1), regexp_replace("lineage", '^[a-z]+:([^/]*/)?', ''), "account_id");
DROP INDEX "resource_place_idx";
