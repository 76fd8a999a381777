import type { Finding as InspectorFinding, Resource } from "@aws-sdk/client-inspector2";
import type { OcsfFinding } from "#lib/domain/ocsf.ts";

type Vulnerability = NonNullable<OcsfFinding["vulnerabilities"]>[number];
type OcsfResource = OcsfFinding["resources"][number];

const SEVERITIES: Record<number, string> = {
  1: "INFORMATIONAL",
  2: "LOW",
  3: "MEDIUM",
  4: "HIGH",
  5: "CRITICAL",
  6: "CRITICAL", // fatal
};
const SUPPRESSED = 3;
/** What stands for a name where there is none. */
const LONGEST_NAME = 200;

/** A finding that Inspector gave to Security Hub or Security Lake, as Inspector itself would report it. */
export function toInspectorFinding(finding: OcsfFinding): InspectorFinding {
  const { finding_info: info, vulnerabilities = [], cloud, resources, remediation } = finding;
  const [vulnerability] = vulnerabilities;
  const [resource] = resources;
  const firstSeen = toDate(
    info.first_seen_time_dt ?? info.first_seen_time ?? info.created_time_dt ?? info.created_time,
  );
  const advice = remediation ?? vulnerability?.remediation;
  const score = Number(vulnerability?.cve?.epss?.score ?? Number.NaN);
  const told = {
    findingArn: info.uid,
    awsAccountId: cloud?.account?.uid ?? resource?.owner?.account?.uid ?? info.uid.split(":")[4] ?? "",
    title: info.title,
    description: info.desc ?? "",
    severity: SEVERITIES[finding.severity_id ?? 0] ?? "UNTRIAGED",
    status: finding.status_id === SUPPRESSED ? "SUPPRESSED" : "ACTIVE",
    firstObservedAt: firstSeen,
    lastObservedAt: firstSeen,
    fixAvailable: toYesNo(vulnerability?.is_fix_available),
    exploitAvailable: toYesNo(vulnerability?.is_exploit_available),
    epss: score >= 0 && score <= 1 ? { score } : undefined,
    remediation: { recommendation: { text: advice?.desc, Url: advice?.references?.[0] } },
    resources: [toResource(resource, cloud?.region)],
    ...toDetails(finding, vulnerability),
  };
  // OCSF has texts where the SDK has unions: what is unknown among them is known to be by who reads them.
  return told as InspectorFinding;
}

function toDetails({ finding_info: info }: OcsfFinding, vulnerability: Vulnerability | undefined) {
  const [code] = vulnerability?.affected_code ?? [];
  if (code) {
    const path = code.file?.path ?? code.file?.name ?? "";
    return {
      type: "CODE_VULNERABILITY",
      codeVulnerabilityDetails: {
        detectorId: info.types?.[0] ?? info.title.slice(0, LONGEST_NAME),
        detectorName: vulnerability?.title ?? info.title,
        cwes: vulnerability?.cwe?.uid ? [vulnerability.cwe.uid] : [],
        referenceUrls: vulnerability?.references,
        filePath: { fileName: path, filePath: path, startLine: code.start_line ?? 0, endLine: code.end_line ?? 0 },
      },
    };
  }
  const [, port, protocol] = /\bport (\d+) is reachable\b.*?(?:- (TCP|UDP))?$/i.exec(info.title) ?? [];
  if (!vulnerability && port) {
    return {
      type: "NETWORK_REACHABILITY",
      networkReachabilityDetails: {
        protocol: (protocol ?? "TCP").toUpperCase(),
        openPortRange: { begin: Number(port), end: Number(port) },
        networkPath: { steps: [] },
      },
    };
  }
  return toPackages(vulnerability, info.title);
}

function toPackages(vulnerability: Vulnerability | undefined, title: string) {
  const { cve, affected_packages: packages = [], references, vendor_name: source } = vulnerability ?? {};
  return {
    type: "PACKAGE_VULNERABILITY",
    packageVulnerabilityDetails: {
      vulnerabilityId: cve?.uid ?? (vulnerability?.title ?? title).slice(0, LONGEST_NAME),
      source,
      sourceUrl: references?.[0],
      vendorCreatedAt: toDate(cve?.created_time_dt ?? cve?.created_time),
      referenceUrls: references ?? cve?.references,
      cvss: (cve?.cvss ?? []).flatMap((score) =>
        score.base_score === undefined
          ? []
          : [
              {
                baseScore: score.base_score,
                scoringVector: score.vector_string ?? "",
                version: score.version ?? "",
                source: score.vendor_name ?? "",
              },
            ],
      ),
      vulnerablePackages: packages.map((one) => ({
        name: one.name,
        version: one.version ?? "",
        epoch: one.epoch || undefined,
        release: one.release,
        packageManager: one.package_manager,
        filePath: one.path,
        fixedInVersion: one.fixed_in_version,
        remediation: one.remediation?.desc,
      })),
    },
  };
}

const TYPES: Record<string, string> = {
  "AWS::EC2::Instance": "AWS_EC2_INSTANCE",
  AwsEc2Instance: "AWS_EC2_INSTANCE",
  "AWS::ECR::ContainerImage": "AWS_ECR_CONTAINER_IMAGE",
  AwsEcrContainerImage: "AWS_ECR_CONTAINER_IMAGE",
  "AWS::Lambda::Function": "AWS_LAMBDA_FUNCTION",
  AwsLambdaFunction: "AWS_LAMBDA_FUNCTION",
};

function toResource(resource: OcsfResource | undefined, cloudRegion: string | undefined): Resource {
  const { uid = "", name, type = "", tags = [] } = resource ?? {};
  const [, registry, repository, digest] = /:ecr:[^:]*:(\d+):repository\/(.+?)\/(sha256:[0-9a-f]+)$/.exec(uid) ?? [];
  const [, functionName] = /:lambda:[^:]*:\d+:function:([^:]+)/.exec(uid) ?? [];
  const tagged = Object.fromEntries(tags.map((tag) => [tag.name, tag.value ?? ""]));
  const told = {
    type: TYPES[type] ?? (type || "RESOURCE"),
    id: uid,
    region: resource?.region ?? cloudRegion,
    tags: name === undefined || "Name" in tagged ? tagged : { Name: name, ...tagged },
    details: {
      ...(repository ? { awsEcrContainerImage: { registry, repositoryName: repository, imageHash: digest } } : {}),
      ...(functionName ? { awsLambdaFunction: { functionName } } : {}),
    },
  };
  return told as Resource; // as above
}

function toYesNo(is: boolean | undefined): string | undefined {
  if (is === undefined) return undefined;
  return is ? "YES" : "NO";
}

function toDate(told: string | number | undefined): Date | undefined {
  if (told === undefined) return undefined;
  const at = new Date(told);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
