/** What one archive may ask of us. Checked against what the directory claims, and again against what inflating yields. */
export type ArchiveLimits = {
  maxEntries: number;
  maxUnpackedBytes: number;
  maxEntryBytes: number;
  /** Unpacked over packed, for an entry beyond `ratioFreeBytes` and for the whole archive. */
  maxRatio: number;
  ratioFreeBytes: number;
  /** The central directory is read into memory at once. */
  maxDirectoryBytes: number;
};

export const ARCHIVE_LIMITS: ArchiveLimits = {
  maxEntries: 200_000,
  maxUnpackedBytes: 20 * 1024 ** 3,
  maxEntryBytes: 2 * 1024 ** 3,
  maxRatio: 200,
  ratioFreeBytes: 1024 ** 2,
  maxDirectoryBytes: 64 * 1024 ** 2,
};
