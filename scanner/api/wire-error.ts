import type { SignatureFault } from "./sigv4/verify-request.ts";

export type FieldFault = { name: string; message: string };

/** A failure as it goes over the wire: the name in `x-amzn-errortype`, the members in the body. */
export class WireError extends Error {
  readonly status: number;
  readonly errorType: string;
  readonly members: Record<string, unknown>;
  constructor(status: number, errorType: string, message: string, members: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.errorType = errorType;
    this.members = members;
    this.name = new.target.name;
  }
}

type ValidationReason = "unknownOperation" | "cannotParse" | "fieldValidationFailed" | "other";

export function validationError(reason: ValidationReason, message: string, fieldList?: FieldFault[]): WireError {
  return new WireError(400, "ValidationException", message, { errorCode: "VALIDATION_FAILED", reason, fieldList });
}

export function fieldError(name: string, message: string): WireError {
  return validationError("fieldValidationFailed", `${name}: ${message}`, [{ name, message }]);
}

export function notFound(resourceType: string, resourceId: string): WireError {
  return new WireError(404, "ResourceNotFoundException", `There is no ${resourceType} ${resourceId}.`, {
    errorCode: "RESOURCE_NOT_FOUND",
    resourceId,
    resourceType,
  });
}

export function conflict(resourceType: string, resourceId: string, message: string): WireError {
  return new WireError(409, "ConflictException", message, { errorCode: "CONFLICT", resourceId, resourceType });
}

export function accessDenied(resourceType: string, resourceId: string, message: string): WireError {
  return new WireError(403, "AccessDeniedException", message, { errorCode: "ACCESS_DENIED", resourceId, resourceType });
}

export function throttled(operation: string): WireError {
  return new WireError(429, "ThrottlingException", `Too many ${operation} requests a second.`, {
    errorCode: "THROTTLED",
    serviceCode: "codeguru-security",
    quotaCode: operation,
  });
}

export function unsigned({ name, message }: SignatureFault): WireError {
  return new WireError(403, name, message, { errorCode: name });
}

/** Says nothing about what went wrong: that is for the log, under the id that the answer carries. */
export function internalError(requestId: string): WireError {
  return new WireError(500, "InternalServerException", "The request failed inside the service.", { error: requestId });
}
