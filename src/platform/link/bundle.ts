/**
 * `hx-bundle/1`: envelopes, or the answers to them, as one file for nodes without a network between them. A header, one item a line, and a footer in
 * which a node of the directory signs the SHA-256 of everything before it. Items are numbered, so that what was left out, doubled, moved or added
 * is named with its line. A file has one spelling: each line is compared with what a writer would have written.
 */
import { createHash } from 'node:crypto'
import { open, rm, stat } from 'node:fs/promises'
import { z } from 'zod'
import { type BundleLine, BundleRefused, bundleLines } from './bundle-lines.ts'
import { answerSchema, envelopeSchema } from './carrier-limits.ts'
import type { Directory } from './directory.ts'
import { outerDigest } from './envelope.ts'
import type { PrivateKey } from './jose.ts'
import { type Signer, signatureOf, signBytes, signerOf, verifyBytes } from './node-signature.ts'

export const BUNDLE_FORMAT = 'hx-bundle/1'
export const MAX_BUNDLE_ITEMS = 10_000
export const MAX_BUNDLE_BYTES = 512 * 1024 * 1024

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const name = z.string().min(1).max(120)
const number = z.int().min(1).max(MAX_BUNDLE_ITEMS)

const headerSchema = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  kind: z.enum(['envelopes', 'answers']),
  /** Ids of the nodes that write and read it. */
  from: name,
  to: name,
  count: z.int().min(0).max(MAX_BUNDLE_ITEMS),
  created: z.iso.datetime({ precision: 3 }),
  directory: z.strictObject({ version: z.int().min(0), digest: hex }),
})
const itemSchemas = {
  envelopes: z.strictObject({ n: number, ...envelopeSchema.shape }),
  answers: z.strictObject({ n: number, digest: hex, answer: answerSchema }),
} as const
const footerSchema = z.strictObject({
  end: z.int().min(0),
  sha256: hex,
  kid: name,
  signature: z.string().refine((text) => signatureOf(text) !== undefined),
})

export type BundleHeader = z.output<typeof headerSchema>
export type BundleKind = BundleHeader['kind']
export type BundleItem<K extends BundleKind> = Omit<z.output<(typeof itemSchemas)[K]>, 'n'>

/** Two directories of one version must be one document; a bundle says which its writer had. */
export function directoryDigest(directory: Directory): string {
  return createHash('sha256').update(JSON.stringify(directory)).digest('hex')
}

export interface NewBundle<K extends BundleKind> {
  readonly kind: K
  readonly key: PrivateKey
  readonly from: string
  readonly to: string
  readonly now: Date
  readonly directory: Directory
  readonly items: readonly BundleItem<K>[]
}

/** Writes a new file, readable by its owner alone; never over one that exists. */
export async function writeBundle<K extends BundleKind>(file: string, bundle: NewBundle<K>): Promise<{ readonly sha256: string }> {
  const { kind, key, from, to, now, directory, items } = bundle
  if (items.length > MAX_BUNDLE_ITEMS) throw new BundleRefused('bundle.count', 1)
  const header: BundleHeader = {
    format: BUNDLE_FORMAT,
    kind,
    from,
    to,
    count: items.length,
    created: now.toISOString(),
    directory: { version: directory.version, digest: directoryDigest(directory) },
  }
  const hash = createHash('sha256')
  const handle = await open(file, 'wx', 0o600)
  try {
    const write = async (value: object): Promise<Buffer> => {
      const bytes = Buffer.from(`${JSON.stringify(value)}\n`)
      await handle.writeFile(bytes)
      return bytes
    }
    hash.update(await write(header))
    for (const [index, item] of items.entries()) hash.update(await write(numbered(kind, index + 1, item)))
    const sha256 = hash.digest('hex')
    const signature = signBytes(key, statementOf(sha256)).toString('base64url')
    await write({ end: items.length, sha256, kid: key.kid, signature })
    await handle.sync()
    await handle.close()
    return { sha256 }
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(file, { force: true })
    throw error
  }
}

/** Through the schema, so that members stand in the one order a reader accepts. */
function numbered(kind: BundleKind, n: number, item: object): object {
  return itemSchemas[kind].parse({ n, ...item })
}

/** Not the bare digest: what begins with these words is signed for nothing but a bundle. */
function statementOf(sha256: string): Buffer {
  return Buffer.from(`${BUNDLE_FORMAT} ${sha256}`)
}

export interface ReadingWorld {
  readonly nodeId: string
  readonly directory: Directory
  readonly now: Date
}

export interface CheckedBundle {
  readonly header: BundleHeader
  readonly signer: Signer
  /** Of everything before the footer: the name of the file, whatever it is called. */
  readonly sha256: string
}

/** Reads the whole file once and keeps none of it: an item is used only after all are known to be complete and signed. */
export async function checkBundle(file: string, world: ReadingWorld): Promise<CheckedBundle> {
  if ((await stat(file)).size > MAX_BUNDLE_BYTES) throw new BundleRefused('bundle.too-large', 0)
  const hash = createHash('sha256')
  const seen = new Set<string>()
  let header: BundleHeader | undefined
  let signer: Signer | undefined
  let sha256 = ''
  let last = 0
  for await (const line of bundleLines(file)) {
    last = line.line
    if (header === undefined) header = readHeader(line, world)
    else if (signer !== undefined) throw new BundleRefused('bundle.added', last)
    else if (last <= header.count + 1) noteOnce(seen, digestOfItem(header.kind, line), last)
    else {
      sha256 = hash.digest('hex')
      signer = readFooter(line, { header, world, sha256 })
    }
    if (signer === undefined) hash.update(line.bytes)
  }
  if (header === undefined || signer === undefined) throw new BundleRefused('bundle.truncated', last + 1)
  return { header, signer, sha256 }
}

/**
 * The items of a file that `checkBundle` has accepted. A medium may give other bytes the second time: what is believed for the signature of the file
 * alone is used only when this has come to its end.
 */
export async function* bundleItems<K extends BundleKind>(
  file: string,
  kind: K,
  { header, sha256 }: Pick<CheckedBundle, 'header' | 'sha256'>,
): AsyncGenerator<BundleItem<K>> {
  const hash = createHash('sha256')
  for await (const line of bundleLines(file)) {
    if (line.line > header.count + 1) break
    hash.update(line.bytes)
    if (line.line > 1) yield readItem(kind, line) as unknown as BundleItem<K>
  }
  if (hash.digest('hex') !== sha256) throw new BundleRefused('bundle.changed', header.count + 2)
}

function readHeader(line: BundleLine, { nodeId, directory }: ReadingWorld): BundleHeader {
  const value = readJson(line)
  if (value['format'] !== BUNDLE_FORMAT) throw new BundleRefused('bundle.version', line.line)
  const header = readAs(headerSchema, value, line)
  if (header.to !== nodeId) throw new BundleRefused('bundle.not-for-us', line.line)
  const { version, digest } = header.directory
  if (version === directory.version && digest !== directoryDigest(directory)) throw new BundleRefused('bundle.directory', line.line)
  return header
}

function readItem(kind: BundleKind, line: BundleLine) {
  const value = readJson(line)
  if ('end' in value) throw new BundleRefused('bundle.truncated', line.line)
  const item = kind === 'envelopes' ? readAs(itemSchemas.envelopes, value, line) : readAs(itemSchemas.answers, value, line)
  if (item.n !== line.line - 1) throw new BundleRefused('bundle.order', line.line)
  return item
}

function digestOfItem(kind: BundleKind, line: BundleLine): string {
  const item = readItem(kind, line)
  return 'digest' in item ? item.digest : outerDigest(item.outer)
}

function noteOnce(seen: Set<string>, digest: string, line: number): void {
  if (seen.has(digest)) throw new BundleRefused('bundle.duplicate', line)
  seen.add(digest)
}

function readFooter(
  line: BundleLine,
  { header, world, sha256 }: { readonly header: BundleHeader; readonly world: ReadingWorld; readonly sha256: string },
): Signer {
  const value = readJson(line)
  if ('n' in value) throw new BundleRefused('bundle.added', line.line)
  const footer = readAs(footerSchema, value, line)
  if (footer.end !== header.count || footer.sha256 !== sha256) throw new BundleRefused('bundle.digest', line.line)
  const signer = signerOf(world.directory, footer.kid, world.now)
  if (signer === undefined || signer.node.id !== header.from) throw new BundleRefused('bundle.signer', line.line)
  const signature = signatureOf(footer.signature)
  if (signature === undefined || !verifyBytes(signer.jwk, statementOf(sha256), signature))
    throw new BundleRefused('bundle.signature', line.line)
  return signer
}

function readJson({ text, line }: BundleLine): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Refused below like every other text that is no object.
  }
  throw new BundleRefused('bundle.form', line)
}

/** Of members that stand twice JSON keeps one, blanks it drops: written again, the text then differs. */
function readAs<T>(schema: z.ZodType<T>, value: unknown, { text, line }: BundleLine): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success || JSON.stringify(parsed.data) !== text) throw new BundleRefused('bundle.form', line)
  return parsed.data
}
