// A map, since the keys come from outside: an object would also answer to "constructor".
const NAMES = new Map([
  ["AWS_EC2_INSTANCE", "EC2 instance"],
  ["AWS_ECR_CONTAINER_IMAGE", "ECR image"],
  ["AWS_ECR_REPOSITORY", "ECR repository"],
  ["AWS_LAMBDA_FUNCTION", "Lambda function"],
  ["CODE_REPOSITORY", "Code repository"],
]);

/** A type of resource as a person calls it; a new one as it came. */
export const resourceTypeName = (type: string): string => NAMES.get(type) ?? type;
