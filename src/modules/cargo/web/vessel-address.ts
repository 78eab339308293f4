/** Where a vessel and its stowage plans are shown. */
export function vesselAddress(vessel: string): string {
  return `/vessels/${encodeURIComponent(vessel)}`
}
