-- In the order of the list: what is unknown comes last. Without it every vulnerability is sorted for a page of fifty.
CREATE INDEX "vulnerability_epss_order_idx" ON "vulnerability" (coalesce("epss", '-1'::real) DESC);
