/**
 * Transmission manifest: what was sent outside the system, to whom, how, and by which digests it is known again.
 * Source: Commission Implementing Regulation (EU) 2025/1550, Annex, 3.2 (threshold of 25 600 kilobytes) and 3.3.3 (contents of the manifest, availability
 * of no less than 10 and no more than 45 calendar days from the moment the evidence is made available, extension at the request of the authority).
 * Calendar days are counted from that moment on the clock of the sender: to the same time of day, n civil days later.
 */
import type { Problem } from '#kernel/result/problem.ts'
import { DAY, dayOf, type ZoneRules } from './civil-time.ts'

export const MANIFEST_FORMAT = 'breakwater-manifest/1'
/** Above it evidence leaves the system and needs a manifest: 25 600 kilobytes. */
export const MOST_IN_SYSTEM = 25_600 * 1024
export const AVAILABLE_DAYS = { least: 10, most: 45 } as const
const MINUTE = 60_000
export const MANIFEST_RULE = 'Implementing Regulation (EU) 2025/1550, Annex, 3.3.3'

export interface ManifestParty {
  readonly desk: string
  readonly name: string
  readonly country: string
}

export interface ManifestFile {
  /** Full file name, as the recipient has it. */
  readonly name: string
  readonly size: number
  /** Lower-case hexadecimal. */
  readonly digests: Readonly<Record<'SHA-512', string>>
}

export interface Manifest {
  readonly format: typeof MANIFEST_FORMAT
  readonly sender: ManifestParty & { readonly zone: string }
  readonly recipient: ManifestParty
  /** What ties the evidence to the order: one or several. */
  readonly orders: readonly { readonly reference: string; readonly procedure: string; readonly title: string }[]
  readonly means: { readonly kind: 'secure-link' | 'postal' | 'courier' | 'by-hand' | 'other'; readonly record: string }
  /** When it was sent or made available. */
  readonly at: string
  /** Until when it can be fetched; absent where nothing is made available, as by post. */
  readonly accessibleUntil?: string | undefined
  /** Asked for by the authority in the single case; may go beyond 45 days. */
  readonly extension?: { readonly requestedBy: string; readonly requestedAt: string; readonly until: string } | undefined
  readonly files: readonly ManifestFile[]
  readonly remarks?: string | undefined
}

export type Channel = 'system' | 'other'

export function needsManifest({ size, channel }: { readonly size: number; readonly channel: Channel }): boolean {
  return channel === 'other' || size > MOST_IN_SYSTEM
}

/** What the text demands and the manifest does not have; empty when it may be sent. */
export function checkManifest(manifest: Manifest, rules: ZoneRules): readonly Problem[] {
  const { orders, files, means, at, sender } = manifest
  const problems: Problem[] = []
  const add = (where: string, message: string) => problems.push({ code: 'manifest', at: where, message: `${message} (${MANIFEST_RULE}).` })
  if (orders.length === 0) add('orders', 'A manifest names the order that the evidence belongs to')
  if (means.record.trim() === '') add('means.record', 'A manifest says how it was sent: the record of the link, the proof of posting')
  if (files.length === 0) add('files', 'A manifest names at least one file')
  const names = files.map(({ name }) => name)
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index)))
    add('files', `The file name ${name} occurs twice: nobody could tell the files apart`)
  for (const { name, digests } of files)
    if (!/^[0-9a-f]{128}$/.test(digests['SHA-512'])) add('files', `The file ${name} has no digest SHA-512 of 128 hexadecimal digits`)
  const from = instantOf(at)
  if (from === undefined) add('at', 'The date and time of transmission are not an instant in UTC')
  else problems.push(...checkAvailability(manifest, { from, zone: sender.zone, rules }))
  return problems
}

interface Availability {
  readonly from: number
  readonly zone: string
  readonly rules: ZoneRules
}

function checkAvailability({ accessibleUntil, extension, means }: Manifest, world: Availability): readonly Problem[] {
  const wrong = (at: string, message: string): Problem => ({
    code: 'manifest.availability',
    at,
    message: `${message} (${MANIFEST_RULE}(b)).`,
  })
  if (accessibleUntil === undefined)
    return means.kind === 'secure-link'
      ? [wrong('accessibleUntil', 'Evidence behind a link needs the date and time until which it stays accessible')]
      : []
  const until = instantOf(accessibleUntil)
  if (until === undefined) return [wrong('accessibleUntil', 'The end of availability is not an instant in UTC')]
  const { least, most } = AVAILABLE_DAYS
  if (until < daysAfter(least, world))
    return [wrong('accessibleUntil', `Evidence stays accessible for no less than ${least} calendar days from when it is made available`)]
  if (until > daysAfter(most, world))
    return [
      wrong(
        'accessibleUntil',
        `Evidence stays accessible for no more than ${most} calendar days, unless the authority asks for an extension`,
      ),
    ]
  if (extension === undefined) return []
  const longer = instantOf(extension.until)
  return longer === undefined || longer <= until ? [wrong('extension', 'An extension ends later than what it extends')] : []
}

/** The same time of day n civil days later, in the zone of the sender. */
export function daysAfter(n: number, { from, zone, rules }: Availability): number {
  const offset = (instant: number) => Math.round(rules.offsetAt(instant, zone) * MINUTE)
  const wall = from + offset(from) + n * DAY
  return wall - offset(wall - offset(from))
}

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{3}))?Z$/

/** Epoch milliseconds of an instant in UTC, as the node writes it. */
function instantOf(text: string): number | undefined {
  const parts = INSTANT.exec(text)
  if (parts === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  return dayOf({ year, month, day }) * DAY + ((hour * 60 + minute) * 60 + second) * 1000 + milli
}

export interface SeenFile {
  readonly name: string
  readonly size: number
  readonly sha512: string
}

export type FileVerdict = { readonly name: string } & (
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly because: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unlisted' }
)

/** Compares files with a manifest, by name. Every file of either side gets a verdict. */
export function verifyFiles(manifest: Pick<Manifest, 'files'>, seen: readonly SeenFile[]): readonly FileVerdict[] {
  const listed = manifest.files.map((file): FileVerdict => {
    const found = seen.find(({ name }) => name === file.name)
    if (found === undefined) return { name: file.name, kind: 'missing' }
    if (found.size !== file.size) return { name: file.name, kind: 'changed', because: `${found.size} bytes instead of ${file.size}` }
    return found.sha512 === file.digests['SHA-512']
      ? { name: file.name, kind: 'same' }
      : { name: file.name, kind: 'changed', because: 'its SHA-512 is another' }
  })
  const unlisted = seen.filter(({ name }) => !manifest.files.some((file) => file.name === name))
  return [...listed, ...unlisted.map(({ name }): FileVerdict => ({ name, kind: 'unlisted' }))]
}
