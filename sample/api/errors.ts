const STATUS_CODES = {
  ValidationException: 400,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ThrottlingException: 429,
  InternalServerException: 500,
  UnknownOperationException: 404,
} as const;
export type ErrorType = keyof typeof STATUS_CODES;

/** A failure in the form that AWS gives it: the type in a header, the rest in the body. */
export class ApiError extends Error {
  readonly type: ErrorType;
  readonly members: Record<string, unknown>;

  constructor(type: ErrorType, message: string, members: Record<string, unknown> = {}) {
    super(message);
    this.name = "ApiError";
    this.type = type;
    this.members = members;
  }

  get statusCode(): number {
    return STATUS_CODES[this.type];
  }

  get body(): string {
    return JSON.stringify({ message: this.message, ...this.members });
  }
}

/** One field of a request is wrong. */
export function invalidField(name: string, message: string): ApiError {
  return new ApiError("ValidationException", `${name}: ${message}`, {
    reason: "FIELD_VALIDATION_FAILED",
    fields: [{ name, message }],
  });
}
