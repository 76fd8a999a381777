import { TypeRegistry } from "@smithy/core/schema";
import {
  AccessDeniedException,
  CodeGuruSecurityServiceException,
  ConflictException,
  InternalServerException,
  ResourceNotFoundException,
  ThrottlingException,
  ValidationException,
} from "./errors.ts";
import { list, NAMESPACE, structure, TEXT } from "./schema-builders.ts";

type ErrorSchema = Extract<Parameters<TypeRegistry["registerError"]>[0], unknown[]>;

// The SDK looks for the fallback class in this namespace.
const fallback = TypeRegistry.for(`smithy.ts.sdk.synthetic.${NAMESPACE}`);
const modelled = TypeRegistry.for(NAMESPACE);

const fieldList = list(
  "ValidationExceptionFieldList",
  structure("ValidationExceptionField", { name: TEXT, message: TEXT }, 2),
);
const about = { errorCode: TEXT, message: TEXT, resourceId: TEXT, resourceType: TEXT };

function failure(name: string, httpError: number, members: Record<string, ErrorSchema[5][number]>): ErrorSchema {
  const error = httpError >= 500 ? "server" : "client";
  return [-3, NAMESPACE, name, { error, httpError }, Object.keys(members), Object.values(members)];
}

fallback.registerError(
  [-3, fallback.namespace, "CodeGuruSecurityServiceException", 0, [], []],
  CodeGuruSecurityServiceException,
);
modelled.registerError(failure("AccessDeniedException", 403, about), AccessDeniedException);
modelled.registerError(failure("ConflictException", 409, about), ConflictException);
modelled.registerError(
  failure("InternalServerException", 500, { error: TEXT, message: TEXT }),
  InternalServerException,
);
modelled.registerError(failure("ResourceNotFoundException", 404, about), ResourceNotFoundException);
modelled.registerError(
  failure("ThrottlingException", 429, { errorCode: TEXT, message: TEXT, serviceCode: TEXT, quotaCode: TEXT }),
  ThrottlingException,
);
modelled.registerError(
  failure("ValidationException", 400, { errorCode: TEXT, message: TEXT, reason: TEXT, fieldList }),
  ValidationException,
);

export const errorTypeRegistries = [fallback, modelled];
