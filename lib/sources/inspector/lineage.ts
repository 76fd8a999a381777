/** Every digest of one image repository is one thing. */
export function imageLineage(registry: string | undefined, repository: string): string {
  return `image:${registry ?? ""}/${repository}`;
}

/** A function is the same under every version and alias. */
export function functionLineage(region: string | undefined, name: string): string {
  return `function:${region ?? ""}/${unqualified(name)}`;
}

/** `name:$LATEST` is `name`. */
export function unqualified(functionName: string): string {
  return functionName.split(":")[0] ?? functionName;
}

export function repositoryLineage(provider: string | undefined, project: string): string {
  return `repository:${provider ?? ""}/${project}`;
}

/** Instances of one auto scaling group are one thing; a Name tag is only a label, since anyone may change it. */
export function machineLineage(
  region: string | undefined,
  id: string,
  tags: Record<string, string> | undefined,
): string {
  const group = tags?.["aws:autoscaling:groupName"];
  return group ? `fleet:${region ?? ""}/${group}` : `resource:${id}`;
}
