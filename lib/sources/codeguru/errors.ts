import { ServiceException } from "@smithy/core/client";
import type { ValidationExceptionField } from "./shapes.ts";

type Failure = Omit<ConstructorParameters<typeof ServiceException>[0], "name" | "$fault">;
type ResourceMembers = { errorCode?: string; resourceId?: string; resourceType?: string };
type ThrottlingMembers = { errorCode?: string; serviceCode?: string; quotaCode?: string };
type ValidationMembers = { errorCode?: string; reason?: string; fieldList?: ValidationExceptionField[] };

/** What every failure of CodeGuru Security is; one that the model does not name keeps the name the service gave it. */
export class CodeGuruSecurityServiceException extends ServiceException {
  constructor(failure: ConstructorParameters<typeof ServiceException>[0]) {
    super(failure);
    // ServiceException resets the prototype to its own, which would undo `instanceof`.
    Object.setPrototypeOf(this, new.target.prototype);
  }
}

/** A failure that is about one resource. */
class ResourceException extends CodeGuruSecurityServiceException {
  readonly errorCode: string | undefined;
  readonly resourceId: string | undefined;
  readonly resourceType: string | undefined;
  constructor(name: string, failure: Failure & ResourceMembers) {
    super({ ...failure, name, $fault: "client" });
    this.errorCode = failure.errorCode;
    this.resourceId = failure.resourceId;
    this.resourceType = failure.resourceType;
  }
}

export class AccessDeniedException extends ResourceException {
  constructor(failure: Failure & ResourceMembers) {
    super("AccessDeniedException", failure);
  }
}

export class ConflictException extends ResourceException {
  constructor(failure: Failure & ResourceMembers) {
    super("ConflictException", failure);
  }
}

export class ResourceNotFoundException extends ResourceException {
  constructor(failure: Failure & ResourceMembers) {
    super("ResourceNotFoundException", failure);
  }
}

export class InternalServerException extends CodeGuruSecurityServiceException {
  readonly error: string | undefined;
  constructor(failure: Failure & { error?: string }) {
    super({ ...failure, name: "InternalServerException", $fault: "server" });
    this.$retryable = {};
    this.error = failure.error;
  }
}

export class ThrottlingException extends CodeGuruSecurityServiceException {
  readonly errorCode: string | undefined;
  readonly serviceCode: string | undefined;
  readonly quotaCode: string | undefined;
  constructor(failure: Failure & ThrottlingMembers) {
    super({ ...failure, name: "ThrottlingException", $fault: "client" });
    this.$retryable = { throttling: true };
    this.errorCode = failure.errorCode;
    this.serviceCode = failure.serviceCode;
    this.quotaCode = failure.quotaCode;
  }
}

export class ValidationException extends CodeGuruSecurityServiceException {
  readonly errorCode: string | undefined;
  readonly reason: string | undefined;
  readonly fieldList: ValidationExceptionField[];
  constructor(failure: Failure & ValidationMembers) {
    super({ ...failure, name: "ValidationException", $fault: "client" });
    this.errorCode = failure.errorCode;
    this.reason = failure.reason;
    this.fieldList = failure.fieldList ?? [];
  }
}
