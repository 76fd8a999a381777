// Who may import whom: the floors of the house, from the words at the bottom to the entry points at the top. A floor's
// files may import their own folder and what stands here; nothing else of ours. The floors apply to production files.
const FLOORS = {
  "lib/domain": [],
  "lib/config": [],
  "lib/sources": ["lib/domain", "lib/config"],
  "lib/storage": ["lib/domain", "lib/config"],
  "lib/notify": ["lib/domain", "lib/config"],
  "lib/jobs": ["lib/domain", "lib/config"],
  "lib/db": ["lib/domain", "lib/config"],
  // A job is sent in the transaction of the row that stands for it.
  "lib/db/write": ["lib/domain", "lib/config", "lib/db", "lib/jobs"],
  "lib/auth": ["lib/domain", "lib/config", "lib/db"],
  "lib/usecases": [
    "lib/domain",
    "lib/db",
    "lib/jobs",
    "lib/sources/source.ts",
    "lib/storage/storage.ts",
    "lib/notify/notifier.ts",
    "lib/notify/mailer.ts",
  ],
  "lib/http": ["lib/domain", "lib/auth", "lib/config"],
  "lib/client": ["lib/domain"],
  // A report on paper says its numbers, and draws its charts, by the same rules as a page.
  "lib/print": [
    "lib/domain",
    "lib/client/list-address.ts",
    "components/ui/numbers.ts",
    "components/charts/(days|frame|runs|series|spread).ts",
    "components/coverage/reason-word.ts",
  ],
  "components/ui": [],
  "components/charts": ["components/ui"],
  "components/[^/]+": ["components/ui", "components/charts", "lib/domain", "lib/client"],
  app: [
    "components",
    "lib/client",
    "lib/http",
    "lib/auth",
    "lib/usecases",
    "lib/storage",
    "lib/print",
    "lib/db/read",
    "lib/domain",
    "lib/config",
  ],
  worker: ["lib/(?!http/|client/)[^/]+"],
  scanner: [],
  sample: [],
  local: ["lib/domain", "lib/config", "lib/auth", "lib/db", "lib/usecases"],
};

const OURS = "^(app|bench|components|e2e|infra|lib|local|sample|scanner|testing|worker)/";
const TESTS = "\\.test\\.tsx?$";

function toRule([floor, allowed]) {
  // The most specific row counts: what another row says of a folder inside this one is left to that row.
  const inner = Object.keys(FLOORS).filter((other) => other !== floor && isInside(other, floor));
  return {
    name: `floor: ${floor}`,
    severity: "error",
    from: { path: `^(${floor})/`, pathNot: [TESTS, ...inner.map((other) => `^${other}/`)] },
    to: { path: OURS, pathNot: ["^$1/", ...allowed.map((path) => `^${path}(/|$)`)] },
  };
}

function isInside(other, floor) {
  return other.startsWith(`${floor}/`) || (floor === "components/[^/]+" && /^components\/\w+$/.test(other));
}

export default {
  forbidden: [
    ...Object.entries(FLOORS).map(toRule),
    {
      name: "no cycles",
      severity: "error",
      from: { pathNot: "^lib/db/generated/" },
      to: { circular: true },
    },
    {
      name: "every import leads somewhere",
      comment: "What cannot be resolved cannot be judged either.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "tests' things stay in tests",
      severity: "error",
      from: { path: OURS, pathNot: [TESTS, "^(testing|bench|e2e)/"] },
      to: { path: "^(testing|bench|e2e)/" },
    },
    {
      name: "Prisma stays in lib/db",
      comment: "And with those who compare the schema with the migrations.",
      severity: "error",
      from: { path: OURS, pathNot: [TESTS, "^lib/db/", "^local/migrations/", "^(testing|bench)/"] },
      to: { path: ["node_modules/(@prisma|prisma)/", "^lib/db/generated/"] },
    },
    {
      name: "the AWS SDK stays at the edges",
      severity: "error",
      from: {
        path: OURS,
        pathNot: [TESTS, "^lib/(sources|storage|notify)/", "^worker/main\\.ts$", "^(testing|bench)/"],
      },
      to: { path: "node_modules/(@aws-sdk|@smithy|aws-sdk)/" },
    },
    {
      name: "what runs is installed",
      comment: "A production image has no development dependencies.",
      severity: "error",
      from: {
        path: "^(app|components|lib|local|sample|scanner|worker)/",
        pathNot: [TESTS, "^local/migrations/(catalog-adapter|new-migration|schema-difference)\\.ts$"],
      },
      to: { dependencyTypes: ["npm-dev"] },
    },
  ],
  options: {
    // TypeScript 7 has no parser that dependency-cruiser could use: without this it reads nothing and finds nothing.
    parser: "swc",
    doNotFollow: { path: ["node_modules", "^lib/db/generated/"] },
    exclude: { path: "^(\\.next|\\.data)/" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json", ".css"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
