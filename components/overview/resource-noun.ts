// A map, since the keys come from outside: an object would also answer to "constructor".
const NOUNS = new Map([
  ["AWS_EC2_INSTANCE", "instance"],
  ["AWS_ECR_CONTAINER_IMAGE", "image"],
  ["AWS_LAMBDA_FUNCTION", "function"],
  ["CODE_REPOSITORY", "repository"],
]);

/** What several resources of this type are counted as. */
export const resourceNoun = (type: string): string => NOUNS.get(type) ?? "resource";
