import type { Resource } from "@aws-sdk/client-inspector2";
import type { z } from "zod";
import type { observedResourceSchema } from "#lib/domain/observed-finding.ts";

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
    return { name, lineage: `repository:${providerType ?? "unknown"}/${name}` };
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
  return { name: `${name}${version}`, lineage: `image:${registry ?? ""}/${name}` };
}

/** A function is the same under every version and alias: `name:$LATEST` is `name`. */
function toFunctionNaming(resource: Resource, given: string | undefined): Naming {
  const name = (given ?? lastPart(resource.id)).split(":")[0] ?? "";
  return { name, lineage: `function:${resource.region ?? ""}/${name}` };
}

/** Instances of one auto scaling group are one thing; the Name tag is only a label, since anyone may change it. */
function toMachineNaming(resource: Resource): Naming {
  const id = resource.id ?? "";
  const group = resource.tags?.["aws:autoscaling:groupName"];
  return {
    name: resource.tags?.Name ?? resource.details?.vm?.vmName ?? lastPart(id),
    lineage: group ? `fleet:${resource.region ?? ""}/${group}` : `resource:${id}`,
  };
}

/** The end of an ARN or a path: what a person knows a thing by. */
function lastPart(id: string | undefined): string {
  return id?.split(/[/:]/).filter(Boolean).at(-1) ?? "";
}
