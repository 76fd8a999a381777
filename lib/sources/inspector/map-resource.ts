import type { Resource } from "@aws-sdk/client-inspector2";
import type { z } from "zod";
import type { observedResourceSchema } from "#lib/domain/observed-finding.ts";
import { functionLineage, imageLineage, machineLineage, repositoryLineage, unqualified } from "./lineage.ts";

type ObservedResource = z.infer<typeof observedResourceSchema>;

/** A resource's name for people, and what outlives its redeploys. */
type Naming = { name: string; lineage: string };

/** The resource of a finding, with the lineage by which a redeployed image, function or instance stays the same thing. */
export function toObservedResource(resource: Resource): ObservedResource {
  return {
    type: resource.type ?? "",
    id: resource.id ?? "",
    ...toNaming(resource),
    provider: resource.provider ?? "AWS",
    tags: resource.tags ?? {},
    details: resource.details === undefined ? {} : { ...resource.details },
  };
}

function toNaming(resource: Resource): Naming {
  const details = resource.details ?? {};
  if (details.awsEcrContainerImage) {
    const { registry, repositoryName, imageTags, imageHash } = details.awsEcrContainerImage;
    return toImageNaming(registry, repositoryName, imageTags, imageHash);
  }
  if (details.image) {
    const { registry, repositoryName, imageTags, imageDigest } = details.image;
    return toImageNaming(registry, repositoryName, imageTags, imageDigest);
  }
  if (details.awsLambdaFunction) return toFunctionNaming(resource, details.awsLambdaFunction.functionName);
  if (details.serverlessFunction) return toFunctionNaming(resource, details.serverlessFunction.serverlessFunctionName);
  if (details.codeRepository) {
    const { providerType, projectName } = details.codeRepository;
    const name = projectName ?? lastPart(resource.id);
    return { name, lineage: repositoryLineage(providerType, name) };
  }
  return toMachineNaming(resource);
}

function toImageNaming(
  registry: string | undefined,
  repository: string | undefined,
  tags: string[] | undefined,
  digest: string | undefined,
): Naming {
  const name = repository ?? "image";
  const version = tags?.[0] === undefined ? `@${(digest ?? "").slice(0, 19)}` : `:${tags[0]}`;
  return { name: `${name}${version}`, lineage: imageLineage(registry, name) };
}

function toFunctionNaming(resource: Resource, given: string | undefined): Naming {
  const name = unqualified(given ?? lastPart(resource.id));
  return { name, lineage: functionLineage(resource.region, name) };
}

function toMachineNaming(resource: Resource): Naming {
  const id = resource.id ?? "";
  return {
    name: resource.tags?.Name ?? resource.details?.vm?.vmName ?? lastPart(id),
    lineage: machineLineage(resource.region, id, resource.tags),
  };
}

/** The end of an ARN or a path: what a person knows a thing by. */
function lastPart(id: string | undefined): string {
  return id?.split(/[/:]/).filter(Boolean).at(-1) ?? "";
}
