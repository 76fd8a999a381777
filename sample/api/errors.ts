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
  readonly headers: Record<string, string>;

  constructor(
    type: ErrorType,
    message: string,
    { members = {}, headers = {} }: { members?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = "ApiError";
    this.type = type;
    this.members = members;
    this.headers = { ...headers, "x-amzn-errortype": type };
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
  const members = { reason: "FIELD_VALIDATION_FAILED", fields: [{ name, message }] };
  return new ApiError("ValidationException", `${name}: ${message}`, { members });
}

/** The request as a whole is wrong. */
export function invalidRequest(reason: "CANNOT_PARSE" | "OTHER", message: string): ApiError {
  return new ApiError("ValidationException", message, { members: { reason } });
}
