type LockedPackage = {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
};

/** What of npm's package-lock.json matters here; the rest stays as it is. */
export type Lock = { packages: Record<string, LockedPackage> };

type Missing = { name: string; range: string; isDev: boolean };

const OPERATING_SYSTEMS: Record<string, string> = {
  aix: "aix",
  android: "android",
  darwin: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  linuxmusl: "linux",
  netbsd: "netbsd",
  openbsd: "openbsd",
  openharmony: "openharmony",
  sunos: "sunos",
  win32: "win32",
  windows: "win32",
};
const PROCESSORS = [
  "arm64",
  "x64",
  "arm",
  "armv7",
  "ia32",
  "ppc64",
  "riscv64",
  "s390x",
  "loong64",
  "mips64el",
  "wasm32",
];

/** Keeps npm's order of keys, so that a repair shows in a diff as what it adds. */
export function parseLock(text: string): Lock {
  return JSON.parse(text);
}

/** The optional packages that some package names and the lock does not hold: `npm ci` refuses such a lock. */
export function missingOptionals({ packages }: Lock): Missing[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev = false }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !resolves(packages, path, name))
      .map(([name, range]) => ({ name, range, isDev: dev })),
  );
}

/**
 * The lock with every missing optional package added for its own platform, where `npm ci` will ask for it.
 * A registry that lacks the builds for other systems makes `npm install` leave them out.
 * Throws when a version or a platform cannot be told from the range and the name.
 */
export function completeLock(lock: Lock): Lock {
  const added = missingOptionals(lock).map((missing) => [`node_modules/${missing.name}`, toEntry(missing)] as const);
  const entries = [...Object.entries(lock.packages), ...added];
  return { ...lock, packages: Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, "en"))) };
}

// As Node resolves: beside the package's own dependencies first, then in each folder above.
function resolves(packages: Lock["packages"], from: string, name: string): boolean {
  const here = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (packages[here]) return true;
  if (from === "") return false;
  const above = from.lastIndexOf("/node_modules/");
  return resolves(packages, above === -1 ? "" : from.slice(0, above), name);
}

function toEntry({ name, range, isDev }: Missing): LockedPackage {
  const version = /^[~^]?(\d+\.\d+\.\d+\S*)$/.exec(range)?.[1];
  const words = name.replace(/^.*\//, "").split("-");
  const os = words.map((word) => OPERATING_SYSTEMS[word]).find(Boolean);
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!version || !(os || cpu === "wasm32")) throw new Error(`Cannot tell version and platform of ${name}@${range}.`);
  return {
    version,
    ...(cpu && { cpu: [cpu === "armv7" ? "arm" : cpu] }),
    ...(isDev && { dev: true }),
    optional: true,
    ...(os && { os: [os] }),
  };
}
