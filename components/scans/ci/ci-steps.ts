/** What a pipeline of this host needs. */
export type CiHost = "github" | "gitlab" | "bitbucket" | "codebuild";
export const CI_HOSTS: { value: CiHost; label: string }[] = [
  { value: "github", label: "GitHub" },
  { value: "gitlab", label: "GitLab" },
  { value: "bitbucket", label: "Bitbucket" },
  { value: "codebuild", label: "AWS CodeBuild" },
];

/** Where the token is kept, the file that holds the steps, and the steps. */
export type CiSteps = { secret: string; path: string; text: string };

/**
 * Ready-to-copy steps that run `ci/scan.sh` of the repository; builds wait for one another where the host can be told
 * so. `url` is where the pipeline reaches this installation.
 */
export function toCiSteps(host: CiHost, { url, name }: { url: string; name: string }): CiSteps {
  return STEPS[host]({ url, run: `sh ci/scan.sh '${name}'` });
}

/** How a report of another tool is imported: by the script, or by hand. */
export function toImportSteps({ url, name }: { url: string; name: string }): string {
  const importName = `${name.slice(0, 56)}-semgrep`;
  return `semgrep scan --sarif --output semgrep.sarif
sh ci/scan.sh '${importName}' semgrep.sarif

curl --fail-with-body --header "authorization: Bearer $SIGHTLINE_TOKEN" \\
  --header 'content-type: application/sarif+json' --data-binary @semgrep.sarif \\
  '${url}/api/v1/imports?name=${importName}'
`;
}

const STEPS: Record<CiHost, (parts: { url: string; run: string }) => CiSteps> = {
  github: ({ url, run }) => ({
    secret: "Settings → Secrets and variables → Actions, as SIGHTLINE_TOKEN",
    path: ".github/workflows/sightline.yml",
    text: `name: Sightline
on: [push]
permissions:
  contents: read
  security-events: write
jobs:
  scan:
    runs-on: ubuntu-latest
    concurrency: sightline
    steps:
      - uses: actions/checkout@v5
      - run: ${run}
        env:
          SIGHTLINE_URL: ${url}
          SIGHTLINE_TOKEN: \${{ secrets.SIGHTLINE_TOKEN }}
          SIGHTLINE_SARIF: sightline.sarif
      - uses: github/codeql-action/upload-sarif@v4
        if: always() && hashFiles('sightline.sarif') != ''
        with:
          sarif_file: sightline.sarif
`,
  }),
  gitlab: ({ url, run }) => ({
    secret: "Settings → CI/CD → Variables, as SIGHTLINE_TOKEN, masked and protected",
    path: ".gitlab-ci.yml",
    text: `sightline:
  stage: test
  resource_group: sightline
  image: alpine:3
  variables:
    SIGHTLINE_URL: ${url}
    SIGHTLINE_SARIF: sightline.sarif
  before_script:
    - apk add --no-cache curl git
  script:
    - ${run}
  artifacts:
    when: always
    paths: [sightline.sarif]
`,
  }),
  bitbucket: ({ url, run }) => ({
    secret: "Repository settings → Pipelines → Repository variables, as SIGHTLINE_TOKEN, secured",
    path: "bitbucket-pipelines.yml",
    text: `pipelines:
  default:
    - step:
        name: Sightline
        script:
          - export SIGHTLINE_URL=${url}
          - export SIGHTLINE_SARIF=sightline.sarif
          - ${run}
        artifacts:
          - sightline.sarif
`,
  }),
  codebuild: ({ url, run }) => ({
    secret: "Secrets Manager, as the key token of the secret sightline/ci",
    path: "buildspec.yml",
    text: `version: 0.2
env:
  variables:
    SIGHTLINE_URL: ${url}
    SIGHTLINE_SARIF: sightline.sarif
  secrets-manager:
    SIGHTLINE_TOKEN: sightline/ci:token
phases:
  build:
    commands:
      - ${run}
artifacts:
  files: [sightline.sarif]
`,
  }),
};
