/**
 * Signatures and seals are made outside, with the means of the officer (Regulation (EU) 2023/1543, Art 21(2): qualified electronic signature or seal where a
 * form needs one); here their evidence is kept. It is refused unless the digest of what was signed is that of the certificate as the node exports it.
 * Whether the certificate of the signer is qualified is for a validation service: it is not judged here, and not said.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { type SignatureRow, uploadSignature } from '../contract.ts'
import type { CaseRow } from './case-row.ts'
import { makeCertificate } from './certificate.ts'
import { ownCase } from './files-row.ts'

const LIMIT = uploadSignature.upload.maxBytes

export const uploadSignatureRoute = handle(uploadSignature, async (input, context) => {
  if (context.upload === undefined) throw notFound()
  const { tx, services, clock, facts } = context
  const own = await ownCase(context, input.case)
  const { bytes, sha256 } = await makeCertificate(context, own, input)
  if (input.digest !== sha256)
    throw new AppError(409, 'procedures.digest', 'What was signed is not the certificate as it is exported from this case at this step.', {
      extra: { expected: sha256 },
    })
  const evidence = await readAll(context.upload)
  if (evidence.length === 0) throw new AppError(409, 'procedures.digest', 'The evidence is empty.', { extra: { expected: sha256 } })
  const found = whatIsFound(evidence, Buffer.from(bytes))
  const kept = await services.content.put(once(evidence), LIMIT)
  const signature = uuidv7()
  const { row } = own
  await sql`insert into procedures.signatures (authority, case_id, signature, kind, signer, signed_at, role, form, ord, digest, found, name, size, sha256, officer_name, at, audience)
    values (${row.authority}, ${row.case_id}, ${signature}, ${input.kind}, ${input.signer}, ${new Date(input.signedAt)}, ${input.role}, ${input.form ?? null}, ${input.order},
      ${sha256}, ${found}, ${input.name}, ${kept.size}, ${kept.sha256}, ${facts.officerName}, ${clock.now()}, ${row.audience}::text[])`.execute(
    tx,
  )
  await services.announce(tx, `case:${row.definition}`, row.audience)
  context.about({ kind: 'signature', id: signature })
  return { signature, found }
})

/**
 * How the evidence shows what it is over: it holds the bytes themselves (an enveloping signature), or their digest (a detached one: CMS holds it as octets,
 * XAdES in base64, JAdES in base64url). Neither found, as in a compressed container, it rests on the word of the person alone, and is shown so.
 */
export function whatIsFound(evidence: Buffer, signed: Buffer): SignatureRow['found'] {
  const forms = (bytes: Buffer) => [bytes, ...(['base64', 'base64url', 'hex'] as const).map((form) => Buffer.from(bytes.toString(form)))]
  if (forms(signed).some((each) => evidence.includes(each))) return 'bytes'
  const digests = ['sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-512'].map((name) => createHash(name).update(signed).digest())
  return digests.flatMap(forms).some((each) => evidence.includes(each)) ? 'digest' : 'stated'
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > LIMIT) throw new AppError(413, 'procedures.file-size', `The evidence of a signature has at most ${LIMIT} bytes.`)
    chunks.push(Uint8Array.from(chunk))
  }
  return Buffer.concat(chunks)
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

interface StoredSignature {
  readonly signature: string
  readonly kind: SignatureRow['kind']
  readonly signer: string
  readonly signed_at: Date
  readonly role: string
  readonly form: string | null
  readonly ord: number
  readonly digest: string
  readonly found: SignatureRow['found']
  readonly name: string
  readonly size: string
  readonly sha256: string
  readonly officer_name: string
  readonly at: Date
}

export async function signaturesOf(tx: Tx, row: CaseRow): Promise<SignatureRow[]> {
  const { rows } =
    await sql<StoredSignature>`select * from procedures.signatures where authority = ${row.authority} and case_id = ${row.case_id}
    order by at, signature`.execute(tx)
  return rows.map((each) => ({
    signature: each.signature,
    kind: each.kind,
    signer: each.signer,
    signedAt: each.signed_at.toISOString(),
    role: each.role,
    order: each.ord,
    digest: each.digest,
    found: each.found,
    name: each.name,
    size: Number(each.size),
    sha256: each.sha256,
    by: each.officer_name,
    at: each.at.toISOString(),
    ...(each.form === null ? {} : { form: each.form }),
  }))
}
