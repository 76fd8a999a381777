-- CreateIndex
CREATE INDEX "finding_status_region_resource_type_idx" ON "finding"("status", "region", "resource_type");
