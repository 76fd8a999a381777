-- Fixes are counted from this index alone, and the list behind each begins in it. Of active findings only: the others
-- have nothing left to fix.
CREATE INDEX finding_fix_idx ON finding
  (account_id, lineage_id, package_name, package_fixed_in, resource_type, fix_available, type) WHERE status = 'active';
