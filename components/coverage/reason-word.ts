/** Why Inspector does not scan a resource, by its own words for it (ScanStatusReason in its API). */
const WORDS = new Map([
  ["UNMANAGED_EC2_INSTANCE", "Not managed by SSM"],
  ["NO_INVENTORY", "No inventory"],
  ["STALE_INVENTORY", "Inventory is stale"],
  ["UNSUPPORTED_OS", "System is not supported"],
  ["UNSUPPORTED_RUNTIME", "Runtime is not supported"],
  ["UNSUPPORTED_MEDIA_TYPE", "Media type is not supported"],
  ["EC2_INSTANCE_STOPPED", "Instance is stopped"],
  ["RESOURCE_TERMINATED", "Resource is gone"],
  ["EXCLUDED_BY_TAG", "Excluded by a tag"],
  ["PENDING_INITIAL_SCAN", "First scan is pending"],
  ["PENDING_DISABLE", "Being switched off"],
  ["SCAN_ELIGIBILITY_EXPIRED", "Too old to be scanned"],
  ["IMAGE_SIZE_EXCEEDED", "Image is too large"],
  ["SCAN_FREQUENCY_MANUAL", "Scanned by hand only"],
  ["SCAN_FREQUENCY_SCAN_ON_PUSH", "Scanned on push only"],
  ["ACCESS_DENIED", "Access denied"],
  ["INTERNAL_ERROR", "Error at the source"],
]);

/** The source's word for why something is not scanned, in ours; a new one as it came, without its capitals. */
export function reasonWord(reason: string): string {
  const known = WORDS.get(reason);
  if (known) return known;
  const plain = reason.replaceAll("_", " ").toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
