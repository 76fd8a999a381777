import { makeBuilder } from "@smithy/core/client";
import { getEndpointPlugin } from "@smithy/core/endpoints";
import type { ResolvedConfig } from "./client-config.ts";
import { ENDPOINT_SETTINGS } from "./endpoint.ts";
import type { OperationSchema } from "./schema-builders.ts";
import * as schemas from "./schemas.ts";
import type * as shapes from "./shapes.ts";

type Answer<Output> = Output & { $metadata: { requestId?: string; httpStatusCode?: number; attempts?: number } };

const build = makeBuilder<ResolvedConfig, object, Answer<object>>(
  ENDPOINT_SETTINGS,
  "CodeGuruSecurity",
  "CodeGuruSecurityClient",
  getEndpointPlugin,
);
const command = <Input extends object, Output extends object>(schema: OperationSchema) =>
  build<Input, Answer<Output>>({}, () => [], schema[2], schema);

export class BatchGetFindingsCommand extends command<shapes.BatchGetFindingsRequest, shapes.BatchGetFindingsResponse>(
  schemas.batchGetFindingsSchema,
) {}
export class CancelScanCommand extends command<shapes.CancelScanRequest, shapes.CancelScanResponse>(
  schemas.cancelScanSchema,
) {}
export class CreateScanCommand extends command<shapes.CreateScanRequest, shapes.CreateScanResponse>(
  schemas.createScanSchema,
) {}
export class CreateUploadUrlCommand extends command<shapes.CreateUploadUrlRequest, shapes.CreateUploadUrlResponse>(
  schemas.createUploadUrlSchema,
) {}
export class GetAccountConfigurationCommand extends command<
  shapes.GetAccountConfigurationRequest,
  shapes.AccountConfigurationResponse
>(schemas.getAccountConfigurationSchema) {}
export class UpdateAccountConfigurationCommand extends command<
  shapes.UpdateAccountConfigurationRequest,
  shapes.AccountConfigurationResponse
>(schemas.updateAccountConfigurationSchema) {}
export class GetFindingsCommand extends command<shapes.GetFindingsRequest, shapes.GetFindingsResponse>(
  schemas.getFindingsSchema,
) {}
export class GetMetricsSummaryCommand extends command<
  shapes.GetMetricsSummaryRequest,
  shapes.GetMetricsSummaryResponse
>(schemas.getMetricsSummarySchema) {}
export class GetScanCommand extends command<shapes.GetScanRequest, shapes.GetScanResponse>(schemas.getScanSchema) {}
export class ListFindingsMetricsCommand extends command<
  shapes.ListFindingsMetricsRequest,
  shapes.ListFindingsMetricsResponse
>(schemas.listFindingsMetricsSchema) {}
export class ListScansCommand extends command<shapes.ListScansRequest, shapes.ListScansResponse>(
  schemas.listScansSchema,
) {}
export class ListTagsForResourceCommand extends command<
  shapes.ListTagsForResourceRequest,
  shapes.ListTagsForResourceResponse
>(schemas.listTagsForResourceSchema) {}
export class TagResourceCommand extends command<shapes.TagResourceRequest, shapes.EmptyResponse>(
  schemas.tagResourceSchema,
) {}
export class UntagResourceCommand extends command<shapes.UntagResourceRequest, shapes.EmptyResponse>(
  schemas.untagResourceSchema,
) {}
