/**
 * Documents of a case between nodes: certificates of the same bytes on both sides, signatures over exactly those bytes, files that only their audience hears
 * of, evidence outside the system with its manifest.
 */
import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MOST_IN_SYSTEM } from '#kernel/procedure/manifest.ts'
import {
  type CaseDocuments,
  exportCertificate,
  exportManifest,
  fetchFile,
  listDocuments,
  makeManifest,
  openCase,
  readFile,
  showCase,
  showCertificate,
  takeStep,
  uploadFile,
  uploadSignature,
} from '#modules/procedures/contract'
import type { Client } from '../../src/app/client.ts'
import { sendLetter } from '../../src/modules/procedures/server/files-message.ts'
import { caseAt } from '../../src/modules/procedures/server/files-row.ts'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

let coalition: TestCoalition
let be: Client
let es: Client
/** The same case on either node. */
let ours = ''
let theirs = ''
const key = () => randomUUID()
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
const photo = Buffer.alloc(700_000, 'photo of the tablets ')
const report = Buffer.from('SECRET REPORT OF THE INFORMER')

async function step(client: Client, id: string, transition: string, fields: Record<string, unknown> = {}): Promise<void> {
  const { version } = await client.call(showCase, { case: id })
  await client.call(takeStep, { case: id, transition, fields, version, key: key() })
}

async function open(recipients: readonly string[]): Promise<string> {
  const opened = await be.call(openCase, { procedure: 'PR-26', parties: { recipient: [...recipients] }, values: {}, key: key() })
  await step(be, opened.case, 'assess', {
    substance: 'nitazene in tablets',
    risk: 'adulterant',
    foundOn: '2026-11-20',
    caseReference: 'OUR-SECRET-CASE',
  })
  return opened.case
}

async function wholeOf(client: Client, id: string, file: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let start: number | undefined = 0; start !== undefined; ) {
    const piece: { bytes: string; next?: number | undefined } = await client.call(readFile, { case: id, file, start })
    pieces.push(Buffer.from(piece.bytes, 'base64'))
    start = piece.next
  }
  return Buffer.concat(pieces)
}

const documents = async (client: Client, id: string) => await client.call(listDocuments, { case: id })
const named = ({ files }: CaseDocuments, name: string) => files.find((file) => file.name === name)

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['es-algeciras', 'be-antwerp'], also: AUTHORITIES })
  be = await coalition.client('be.federal.antwerp', 'criminal-investigation')
  es = await coalition.client('spain-spoc', 'criminal-investigation')
  ours = await open(['es.police.spoc'])
  // Before it is sent: one file for the recipient, one that stays.
  await be.upload(uploadFile, { case: ours, name: 'tablets.jpg', roles: 'recipient', personal: 'no' }, photo)
  await be.upload(uploadFile, { case: ours, name: 'informer.txt', personal: 'yes' }, report)
  await step(be, ours, 'relay')
  theirs = await coalition.eventually(
    async () =>
      await coalition.node('es-algeciras').services.database.asWorker('test', async (tx) => {
        const { rows } = await sql<{ case_id: string }>`select case_id from procedures.cases where party = 'es.police.spoc'`.execute(tx)
        return rows[0]?.case_id ?? ''
      }),
    (id) => id !== '',
  )
  await coalition.eventually(
    async () => await documents(es, theirs),
    ({ files }) => files.length > 0,
  )
})
afterAll(async () => await coalition.stop())

describe('a certificate', () => {
  const export_ = async (client: Client, input: { case: string; role: string; order?: number }) =>
    (await client.raw(exportCertificate, input)).text

  it('for the recipient is the same bytes whether the reporter makes it or the recipient', async () => {
    const [point] = (await documents(be, ours)).points
    const order = point?.order ?? 0
    const made = await export_(be, { case: ours, role: 'recipient', order })
    expect(made).toContain('Dangerous adulterant')
    expect(await export_(es, { case: theirs, role: 'recipient', order })).toBe(made)
    const { sha256: digest, complete } = await es.call(showCertificate, { case: theirs, role: 'recipient', order })
    expect(digest).toBe(sha256(made))
    expect(complete).toBe(true)
  })

  it('holds what stays with the reporter for the reporter alone, value and title', async () => {
    expect(await export_(be, { case: ours, role: 'reporter' })).toContain('OUR-SECRET-CASE')
    for (const text of [await export_(be, { case: ours, role: 'recipient' }), await export_(es, { case: theirs, role: 'reporter' })]) {
      expect(text).not.toContain('OUR-SECRET-CASE')
      expect(text).not.toContain('Case behind the finding')
    }
    expect((await es.call(showCertificate, { case: theirs, role: 'reporter' })).complete).toBe(false)
  })

  it('of a case that is not seen, a role, form or point that there is not is answered like nothing', async () => {
    const zeebrugge = await coalition.client('zeebrugge')
    const answers = [
      await zeebrugge.raw(showCertificate, { case: ours, role: 'recipient' }),
      await be.raw(showCertificate, { case: ours, role: 'stranger' }),
      await be.raw(showCertificate, { case: ours, role: 'recipient', form: 'stranger' }),
      await be.raw(showCertificate, { case: ours, role: 'recipient', order: 999 }),
    ]
    for (const { status } of answers) expect(status).toBe(404)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })
})

describe('a signature made outside', () => {
  const sign = async (order: number, digest: string, evidence: Buffer) =>
    await be.upload(
      uploadSignature,
      {
        case: ours,
        name: 'alert.p7s',
        role: 'recipient',
        order,
        kind: 'qualified-seal',
        signer: 'Federal police, seal of the judicial directorate',
        signedAt: '2026-11-26T10:00:00.000Z',
        digest,
      },
      evidence,
    )

  it('over the exported bytes is kept with its evidence; over any other it is refused with the digest that it must be over', async () => {
    const order = (await documents(be, ours)).points[0]?.order ?? 0
    const bytes = Buffer.from((await be.raw(exportCertificate, { case: ours, role: 'recipient', order })).text)
    const expected = sha256(bytes)
    const changed = Buffer.from(bytes)
    changed.writeUInt8((changed.at(-10) ?? 0) ^ 1, changed.length - 10)
    await expect(sign(order, sha256(changed), Buffer.from('x'))).rejects.toMatchObject({
      status: 409,
      code: 'procedures.digest',
      body: { expected },
    })
    const detached = Buffer.concat([Buffer.from([0x30, 0x82]), createHash('sha512').update(bytes).digest(), Buffer.from('signature')])
    expect((await sign(order, expected, detached)).found).toBe('digest')
    expect((await sign(order, expected, Buffer.concat([Buffer.from('envelope '), bytes]))).found).toBe('bytes')
    expect((await sign(order, expected, Buffer.from('a container that shows nothing'))).found).toBe('stated')

    const kept = (await documents(be, ours)).signatures
    expect(kept.map(({ found, kind, digest, order: at }) => [found, kind, digest, at])).toEqual([
      ['digest', 'qualified-seal', expected, order],
      ['bytes', 'qualified-seal', expected, order],
      ['stated', 'qualified-seal', expected, order],
    ])
    expect(await wholeOf(be, ours, kept[0]?.signature ?? '')).toEqual(detached)
  })

  it('stays true after later steps: the certificate of that point is still the same bytes', async () => {
    const [signed] = (await documents(be, ours)).signatures
    await step(be, ours, 'approvePublic', { publicText: 'Strong opioid in tablets.', noCaseData: true })
    const then = await be.call(showCertificate, { case: ours, role: 'recipient', order: signed?.order ?? 0 })
    const now = await be.call(showCertificate, { case: ours, role: 'recipient' })
    expect(then.sha256).toBe(signed?.digest)
    expect(now.sha256).not.toBe(signed?.digest)
  })
})

describe('a file', () => {
  it('is heard of by the roles it is for and by nobody else, also when it was added before the case was sent', async () => {
    const seen = await documents(es, theirs)
    expect(seen.files.map(({ name, state, from }) => [name, state, from])).toEqual([['tablets.jpg', 'there', 'be.federal.antwerp']])
    expect(JSON.stringify(seen)).not.toContain('informer')
    expect((await documents(be, ours)).files.map(({ name }) => name)).toEqual(['tablets.jpg', 'informer.txt'])
  })

  it('comes piece by piece when it is asked for, and is the same bytes', async () => {
    const file = named(await documents(es, theirs), 'tablets.jpg')?.file ?? ''
    expect(await es.call(fetchFile, { case: theirs, file })).toEqual({ state: 'coming' })
    await coalition.eventually(
      async () => named(await documents(es, theirs), 'tablets.jpg')?.state,
      (state) => state === 'here',
    )
    expect(sha256(await wholeOf(es, theirs, file))).toBe(sha256(photo))
    expect(await es.call(fetchFile, { case: theirs, file })).toEqual({ state: 'here' })
  })

  it('that is not for a party is not given to it, even when it asks by its id', async () => {
    const hidden = named(await documents(be, ours), 'informer.txt')?.file ?? ''
    const answers = [await es.raw(fetchFile, { case: theirs, file: hidden }), await es.raw(fetchFile, { case: theirs, file: key() })]
    expect(answers[0]).toEqual(answers[1])
    expect((await es.raw(readFile, { case: theirs, file: hidden })).status).toBe(404)
  })

  it('is not given to a node that asks by message for what its desk never heard of', async () => {
    const hidden = named(await documents(be, ours), 'informer.txt')
    const { services } = coalition.node('es-algeciras')
    const { reference } = await documents(es, theirs)
    await services.database.asWorker('test', async (tx) => {
      const own = await caseAt({ tx, services }, { org: 'es.police', unit: 'es.police.spoc', procedure: 'PR-26', reference })
      const party = own?.fold.parties['reporter']?.[0]
      if (own === undefined || party === undefined) throw new Error('The case is not there.')
      // As a node would that was changed to lie: it pretends to have heard of the file.
      await sql`insert into procedures.files select authority, case_id, ${hidden?.file}, 'x', ${hidden?.size}, ${hidden?.sha256}, sha512, roles, personal, origin_org,
        origin_desk, 0, false, true, at, audience from procedures.files where case_id = ${theirs} limit 1`.execute(tx)
      const { row, definition } = own
      await sendLetter(
        { tx, services },
        {
          row,
          definition,
          party,
          kind: 'request',
          type: 'procedures.file-wanted',
          data: { file: hidden?.file, start: 0 },
          personal: false,
        },
      )
    })
    // What is asked for after it comes, so the question before it was read.
    await be.upload(uploadFile, { case: ours, name: 'after.txt', roles: 'recipient', personal: 'no' }, Buffer.from('after'))
    const after = await coalition.eventually(
      async () => named(await documents(es, theirs), 'after.txt'),
      (file) => file !== undefined,
    )
    await es.call(fetchFile, { case: theirs, file: after?.file ?? '' })
    await coalition.eventually(
      async () => named(await documents(es, theirs), 'after.txt')?.state,
      (state) => state === 'here',
    )
    const came = await services.database.asWorker('test', async (tx) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from procedures.file_parts where file = ${hidden?.file}`.execute(
        tx,
      )
      await sql`delete from procedures.files where file = ${hidden?.file}`.execute(tx)
      return rows[0]?.n
    })
    expect(came).toBe(0)
  })

  it('is added by nobody who does not see the case, and the answer is that of no case', async () => {
    const zeebrugge = await coalition.client('zeebrugge')
    const bytes = Buffer.from('a guess')
    const upload = async (id: string) => {
      const file = zeebrugge.upload(uploadFile, { case: id, name: 'a.txt', roles: 'recipient', personal: 'no' }, bytes)
      const signed = { case: id, name: 'a', role: 'recipient', order: 1, kind: 'qualified-seal' as const, signer: 'x' }
      const signature = zeebrugge.upload(
        uploadSignature,
        { ...signed, signedAt: '2026-11-26T10:00:00.000Z', digest: 'a'.repeat(64) },
        bytes,
      )
      return (await Promise.allSettled([file, signature])).map((end) => (end.status === 'rejected' ? String(end.reason) : 'taken'))
    }
    const [unseen, missing] = [await upload(ours), await upload(key())]
    expect(unseen).toEqual(missing)
    expect(new Set(unseen)).toEqual(new Set(['CallRefused: 404 not-found: No such thing, or not visible for this purpose.']))
  })

  it('added later is told to those who have the case', async () => {
    await be.upload(uploadFile, { case: ours, name: 'analysis.pdf', roles: 'recipient', personal: 'no' }, Buffer.from('late'))
    await coalition.eventually(
      async () => named(await documents(es, theirs), 'analysis.pdf')?.size,
      (size) => size === 4,
    )
  })

  it('above 25 600 kilobytes stays where it is: it goes with a manifest', async () => {
    await be.upload(uploadFile, { case: ours, name: 'video.mp4', roles: 'recipient', personal: 'no' }, Buffer.alloc(MOST_IN_SYSTEM + 1, 3))
    const told = await coalition.eventually(
      async () => named(await documents(es, theirs), 'video.mp4'),
      (file) => file !== undefined,
    )
    expect(told?.state).toBe('by-manifest')
    await expect(es.call(fetchFile, { case: theirs, file: told?.file ?? '' })).rejects.toMatchObject({ code: 'procedures.file-size' })
  })

  it('with personal data goes to no third country without an authorised transfer, and to no role that there is not', async () => {
    const abroad = await open(['ec.pcu.guayaquil'])
    await step(be, abroad, 'relay')
    const add = async (roles: string, personal: 'yes' | 'no') =>
      await be.upload(uploadFile, { case: abroad, name: 'a.txt', roles, personal }, Buffer.from('a'))
    await expect(add('recipient', 'yes')).rejects.toMatchObject({ status: 409, code: 'procedures.refused' })
    await expect(add('stranger', 'no')).rejects.toMatchObject({ status: 422, code: 'procedures.file-roles' })
    expect((await documents(be, abroad)).files).toEqual([])
    await add('recipient', 'no')
    expect((await documents(be, abroad)).files).toHaveLength(1)
  })
})

describe('a transmission manifest', () => {
  const means = { kind: 'secure-link' as const, record: 'https://files.example/17, code by telephone' }
  const manifest = async (part: object = {}) =>
    await be.call(makeManifest, {
      case: ours,
      recipient: 'es.police.spoc',
      means,
      at: '2026-11-26T10:00:00.000Z',
      availableDays: 30,
      files: [named(await documents(be, ours), 'video.mp4')?.file ?? ''],
      ...part,
    })

  it.each([9, 46])('of evidence that stays for %i days is refused with the rule, and nothing is sent', async (availableDays) => {
    await expect(manifest({ availableDays })).rejects.toMatchObject({
      status: 422,
      code: 'procedures.manifest',
      body: { problems: [{ at: 'accessibleUntil', message: expect.stringContaining('2025/1550') }] },
    })
    expect((await documents(be, ours)).manifests).toEqual([])
  })

  it('is for a party of the case, and of files that are for it', async () => {
    await expect(manifest({ recipient: 'es.customs.national' })).rejects.toMatchObject({ code: 'procedures.party' })
    const hidden = named(await documents(be, ours), 'informer.txt')?.file ?? ''
    await expect(manifest({ files: [hidden] })).rejects.toMatchObject({ body: { problems: [{ at: 'files.0' }] } })
  })

  it('reaches its recipient as it was made, with name, size and SHA-512 of each file', async () => {
    const other = { name: 'mailbox.zip', size: 9, digests: { 'SHA-512': createHash('sha512').update('elsewhere').digest('hex') } }
    const { manifest: id } = await manifest({ availableDays: 45, others: [other] })
    const made = (await documents(be, ours)).manifests[0]
    expect(made?.body).toMatchObject({
      sender: { desk: 'be.federal.antwerp', country: 'BE' },
      recipient: { desk: 'es.police.spoc', country: 'ES' },
      orders: [{ procedure: 'PR-26' }],
      accessibleUntil: '2027-01-10T10:00:00.000Z',
      files: [{ name: 'video.mp4', size: MOST_IN_SYSTEM + 1, digests: { 'SHA-512': expect.stringMatching(/^[0-9a-f]{128}$/) } }, other],
    })
    const came = await coalition.eventually(
      async () => (await documents(es, theirs)).manifests,
      (list) => list.length > 0,
    )
    expect(came[0]?.body).toEqual(made?.body)
    const file = JSON.parse((await es.raw(exportManifest, { case: theirs, manifest: id })).text) as unknown
    expect(file).toEqual(made?.body)
  })
})
