/** CodeGuru Security's pattern for scan names (its API model). */
export const SCAN_NAME = /^[a-zA-Z0-9-_$:.]+$/;
export const SCAN_NAME_LENGTH = 140;
/** Of an import, whose name stands where others have a region. */
export const IMPORT_NAME_LENGTH = 64;

/** Names that would name a folder. */
export const isDots = (name: string): boolean => name === "." || name === "..";

/** Whether a scan can have this name. */
export const isScanName = (name: string, mostLetters = SCAN_NAME_LENGTH): boolean =>
  name.length <= mostLetters && SCAN_NAME.test(name) && !isDots(name);
