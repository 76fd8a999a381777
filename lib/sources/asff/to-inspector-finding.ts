import type { Finding as InspectorFinding, Resource } from "@aws-sdk/client-inspector2";
import type { AsffFinding } from "#lib/domain/asff.ts";

type Vulnerability = NonNullable<AsffFinding["Vulnerabilities"]>[number];
type AsffResource = AsffFinding["Resources"][number];

/** What Inspector calls the resources that it examines. */
const TYPES: Record<string, string> = {
  AwsEc2Instance: "AWS_EC2_INSTANCE",
  AwsEcrContainerImage: "AWS_ECR_CONTAINER_IMAGE",
  AwsLambdaFunction: "AWS_LAMBDA_FUNCTION",
};

/** What stands for a name where there is none. */
const LONGEST_NAME = 200;

/** A finding that Inspector gave to Security Hub, as Inspector itself would report it. */
export function toInspectorFinding(finding: AsffFinding): InspectorFinding {
  const { Remediation, ProductFields: fields = {}, Vulnerabilities = [], Severity, FindingProviderFields } = finding;
  const [vulnerability] = Vulnerabilities;
  const score = Number(fields["aws/inspector/inspectorScore"]);
  const inspected = {
    findingArn: finding.Id,
    awsAccountId: finding.AwsAccountId,
    title: finding.Title,
    description: finding.Description,
    severity: FindingProviderFields?.Severity?.Label ?? Severity?.Label,
    status: finding.Workflow?.Status === "SUPPRESSED" ? "SUPPRESSED" : "ACTIVE",
    inspectorScore: score >= 0 && score <= 10 ? score : undefined,
    firstObservedAt: new Date(finding.FirstObservedAt ?? finding.CreatedAt),
    lastObservedAt: new Date(finding.CreatedAt),
    fixAvailable: vulnerability?.FixAvailable,
    exploitAvailable: vulnerability?.ExploitAvailable,
    epss: vulnerability?.EpssScore === undefined ? undefined : { score: vulnerability.EpssScore },
    remediation: { recommendation: { text: Remediation?.Recommendation?.Text, Url: Remediation?.Recommendation?.Url } },
    resources: [toResource(finding, finding.Resources[0])],
    ...toDetails(finding, vulnerability),
  };
  // ASFF has texts where the SDK has unions: what is unknown among them is known to be by who reads them.
  return inspected as InspectorFinding;
}

/** One of three; what is none of them is told as its title alone. */
function toDetails(finding: AsffFinding, vulnerability: Vulnerability | undefined) {
  const [code] = vulnerability?.CodeVulnerabilities ?? [];
  if (code?.FilePath) return toCode(finding, vulnerability, code);
  if (vulnerability) return toPackages(vulnerability);
  const { Network, NetworkPath = [] } = finding;
  const ports = Network?.OpenPortRange;
  if (!ports) return toPackages({ Id: finding.Title.slice(0, LONGEST_NAME) });
  return {
    type: "NETWORK_REACHABILITY",
    networkReachabilityDetails: {
      protocol: (Network?.Protocol ?? "TCP").toUpperCase(),
      openPortRange: { begin: ports.Begin, end: ports.End },
      networkPath: {
        steps: NetworkPath.map(({ ComponentId, ComponentType }) => ({
          componentId: ComponentId ?? "",
          componentType: ComponentType ?? "",
        })),
      },
    },
  };
}

function toPackages({ Id, VulnerablePackages = [], Cvss = [], Vendor, ReferenceUrls }: Vulnerability) {
  return {
    type: "PACKAGE_VULNERABILITY",
    packageVulnerabilityDetails: {
      vulnerabilityId: Id,
      source: Vendor?.Name,
      sourceUrl: Vendor?.Url,
      vendorCreatedAt: toDate(Vendor?.VendorCreatedAt),
      referenceUrls: ReferenceUrls,
      cvss: Cvss.flatMap(({ Version, BaseScore, BaseVector, Source }) =>
        BaseScore === undefined
          ? []
          : [{ baseScore: BaseScore, scoringVector: BaseVector ?? "", version: Version ?? "", source: Source ?? "" }],
      ),
      vulnerablePackages: VulnerablePackages.map((one) => ({
        name: one.Name,
        version: one.Version ?? "",
        epoch: Number(one.Epoch) || undefined,
        release: one.Release,
        packageManager: one.PackageManager,
        filePath: one.FilePath,
        fixedInVersion: one.FixedInVersion,
        remediation: one.Remediation,
      })),
    },
  };
}

type Code = NonNullable<Vulnerability["CodeVulnerabilities"]>[number];

function toCode(finding: AsffFinding, vulnerability: Vulnerability | undefined, { Cwes, FilePath }: Code) {
  const path = FilePath?.FilePath ?? FilePath?.FileName ?? "";
  return {
    type: "CODE_VULNERABILITY",
    codeVulnerabilityDetails: {
      detectorId: vulnerability?.Id ?? finding.Title.slice(0, LONGEST_NAME),
      detectorName: finding.Title,
      cwes: Cwes ?? [],
      referenceUrls: vulnerability?.ReferenceUrls,
      filePath: {
        fileName: path,
        filePath: path,
        startLine: FilePath?.StartLine ?? 0,
        endLine: FilePath?.EndLine ?? 0,
      },
    },
  };
}

function toResource({ ProductFields = {}, Region }: AsffFinding, resource: AsffResource | undefined): Resource {
  const { Type = "", Id = "", Details, Tags } = resource ?? {};
  const image = Details?.AwsEcrContainerImage;
  const [, digest] = /(sha256:[0-9a-f]+)$/.exec(Id) ?? [];
  const [, registry, repository] = /:ecr:[^:]*:(\d+):repository\/(.+?)(?:\/sha256:|$)/.exec(Id) ?? [];
  const platform = Object.entries(ProductFields).find(([name]) => name.endsWith("/platform"))?.[1];
  const told = {
    type: TYPES[Type] ?? Type,
    id: Id,
    region: resource?.Region ?? Region,
    tags: Tags,
    details: {
      ...(Type === "AwsEcrContainerImage"
        ? {
            awsEcrContainerImage: {
              registry: image?.RegistryId ?? registry ?? "",
              repositoryName: image?.RepositoryName ?? repository ?? "",
              imageHash: image?.ImageDigest ?? digest ?? "",
              imageTags: image?.ImageTags,
              platform,
            },
          }
        : {}),
      ...(Type === "AwsLambdaFunction"
        ? {
            awsLambdaFunction: {
              functionName: Details?.AwsLambdaFunction?.FunctionName ?? Id.split(":")[6],
              runtime: Details?.AwsLambdaFunction?.Runtime,
            },
          }
        : {}),
      ...(Type === "AwsEc2Instance" && platform ? { awsEc2Instance: { platform } } : {}),
    },
  };
  return told as Resource; // as above
}

function toDate(text: string | undefined): Date | undefined {
  const at = new Date(text ?? "");
  return Number.isNaN(at.getTime()) ? undefined : at;
}
