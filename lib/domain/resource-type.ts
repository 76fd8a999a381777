type ResourceTypeWords = { name: string; noun: string };

/** Types of resources that are images of containers: what they hold is mended by building them anew. */
export const CONTAINER_IMAGE_TYPES = ["AWS_ECR_CONTAINER_IMAGE", "Microsoft.ContainerRegistry/registry/containerImage"];

// A map, since the keys come from outside: an object would also answer to "constructor".
const WORDS = new Map<string, ResourceTypeWords>([
  ["AWS_EC2_INSTANCE", { name: "EC2 instance", noun: "instance" }],
  ["AWS_ECR_CONTAINER_IMAGE", { name: "ECR image", noun: "image" }],
  ["AWS_ECR_REPOSITORY", { name: "ECR repository", noun: "repository" }],
  ["AWS_LAMBDA_FUNCTION", { name: "Lambda function", noun: "function" }],
  ["CODE_REPOSITORY", { name: "Code repository", noun: "repository" }],
  ["MACHINE_IMAGE", { name: "Machine image", noun: "machine image" }],
  ["Microsoft.Compute/virtualMachines", { name: "Azure virtual machine", noun: "virtual machine" }],
  ["Microsoft.ContainerRegistry/registry/containerImage", { name: "Azure container image", noun: "image" }],
  ["Microsoft.ContainerRegistry/registry/containerRepository", { name: "Azure image repository", noun: "repository" }],
  ["Microsoft.ContainerRegistry/registries", { name: "Azure container registry", noun: "registry" }],
  ["Microsoft.Web/sites", { name: "Azure web app", noun: "web app" }],
]);

/** A type of resource as a person calls it: "EC2 instance" for AWS_EC2_INSTANCE. A new one is made readable. */
export function resourceTypeName(type: string): string {
  const known = WORDS.get(type);
  if (known) return known.name;
  // Azure's types are paths in words of their own; AWS writes capitals and underlines.
  if (/[a-z]/.test(type)) return type;
  const plain = type.replaceAll("_", " ").toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** What several resources of this type are counted as: "instance". */
export const resourceNoun = (type: string): string => WORDS.get(type)?.noun ?? "resource";
