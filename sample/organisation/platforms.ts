/** Where packages are found: it decides which there are, what they are called and who reports them. */
export type Platform = {
  name: string;
  family: "rpm" | "deb" | "apk" | "none";
  kind: "host" | "image" | "code";
  arch: "X86_64" | "ARM64";
  vendor: string;
};

const amazonLinux2023 = { name: "AMAZON_LINUX_2023", family: "rpm", vendor: "AMAZON_CVE" } as const;
const ubuntu2204 = { name: "UBUNTU_22_04", family: "deb", vendor: "UBUNTU_CVE" } as const;

export const HOSTS: readonly Platform[] = [
  { ...amazonLinux2023, kind: "host", arch: "X86_64" },
  { ...amazonLinux2023, kind: "host", arch: "ARM64" },
  { name: "AMAZON_LINUX_2", family: "rpm", vendor: "AMAZON_CVE", kind: "host", arch: "X86_64" },
  { ...ubuntu2204, kind: "host", arch: "X86_64" },
  { name: "REDHAT_9", family: "rpm", vendor: "REDHAT_CVE", kind: "host", arch: "X86_64" },
];
export const IMAGE_BASES: readonly Platform[] = [
  { name: "DEBIAN_12", family: "deb", vendor: "DEBIAN_CVE", kind: "image", arch: "X86_64" },
  { name: "ALPINE_LINUX_3_19", family: "apk", vendor: "ALPINE_SECDB", kind: "image", arch: "X86_64" },
  { ...ubuntu2204, kind: "image", arch: "ARM64" },
];
export const AZURE_HOST: Platform = { ...ubuntu2204, kind: "host", arch: "X86_64" };
export const AZURE_IMAGE: Platform = { ...ubuntu2204, kind: "image", arch: "X86_64" };

/** Code alone, without a system under it: a function's runtime or a repository. */
export function codePlatform(name: string): Platform {
  return { name, family: "none", vendor: "NVD", kind: "code", arch: "X86_64" };
}

const UPGRADE: Record<Platform["family"], string> = {
  rpm: "dnf update",
  deb: "apt-get install --only-upgrade",
  apk: "apk add --upgrade",
  none: "",
};

/** The command that brings a system package up to date. */
export function upgradeCommand({ family }: Platform, packageName: string): string {
  return `${UPGRADE[family]} ${packageName}`;
}

const OF_ONE_FAMILY: Record<string, Platform["family"]> = {
  apt: "deb",
  dpkg: "deb",
  snapd: "deb",
  musl: "apk",
  busybox: "apk",
  "apk-tools": "apk",
};
/** What a container image has no use for, and what Alpine Linux goes without. */
const OF_HOSTS_ONLY = new Set(["kernel", "cloud-init", "open-vm-tools", "snapd", "polkit", "sudo", "systemd", "runc"]);
const NOT_ON_ALPINE = new Set(["glibc", "pam", "shadow-utils", "util-linux", "libgcrypt", "dbus", "cyrus-sasl"]);

/** Whether a platform may carry the system package of that name. */
export function carries({ family, kind }: Platform, packageName: string): boolean {
  if ((OF_ONE_FAMILY[packageName] ?? family) !== family) return false;
  if (kind === "image" && OF_HOSTS_ONLY.has(packageName)) return false;
  return family !== "apk" || !NOT_ON_ALPINE.has(packageName);
}

/** Binary packages that are built from one source, and so are reported together. */
const BINARY_PACKAGES: Record<Platform["family"], Record<string, readonly string[]>> = {
  rpm: {
    openssl: ["openssl", "openssl-libs"],
    glibc: ["glibc", "glibc-common", "glibc-minimal-langpack"],
    curl: ["curl", "libcurl"],
    systemd: ["systemd", "systemd-libs", "systemd-pam"],
    python3: ["python3", "python3-libs"],
    krb5: ["krb5-libs"],
    "util-linux": ["util-linux", "libblkid", "libmount", "libuuid"],
    vim: ["vim-common", "vim-minimal"],
    openssh: ["openssh", "openssh-server", "openssh-clients"],
    perl: ["perl", "perl-libs"],
    "xz-utils": ["xz", "xz-libs"],
  },
  deb: {
    openssl: ["openssl", "libssl3"],
    glibc: ["libc6", "libc-bin"],
    curl: ["curl", "libcurl4"],
    systemd: ["systemd", "libsystemd0", "libudev1"],
    python3: ["python3", "python3-minimal"],
    krb5: ["libkrb5-3", "libgssapi-krb5-2"],
    expat: ["libexpat1"],
    zlib: ["zlib1g"],
    gnutls: ["libgnutls30"],
    kernel: ["linux-image-aws"],
    "util-linux": ["util-linux", "libblkid1", "libmount1", "libuuid1"],
    vim: ["vim-common", "vim-tiny"],
    openssh: ["openssh-client", "openssh-server"],
    "shadow-utils": ["login", "passwd"],
    "xz-utils": ["xz-utils", "liblzma5"],
    httpd: ["apache2", "apache2-bin"],
    glib2: ["libglib2.0-0"],
    ncurses: ["libncurses6", "libtinfo6", "ncurses-base"],
  },
  apk: {
    openssl: ["libcrypto3", "libssl3"],
    curl: ["curl", "libcurl"],
    expat: ["libexpat"],
    krb5: ["krb5-libs"],
    httpd: ["apache2"],
    ncurses: ["libncursesw", "ncurses-terminfo-base"],
    "xz-utils": ["xz", "xz-libs"],
    glib2: ["glib"],
    busybox: ["busybox", "busybox-binsh", "ssl_client"],
    musl: ["musl", "musl-utils"],
  },
  none: {},
};

/** What the packages of a source are called on a platform. */
export function binaryPackages({ family }: Platform, packageName: string): readonly string[] {
  return BINARY_PACKAGES[family][packageName] ?? [packageName];
}
