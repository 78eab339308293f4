/**
 * Transmission manifests: what was sent outside the system is recorded with the case and told to its recipient, as Implementing Regulation (EU) 2025/1550,
 * Annex, 3.3.3 says. A manifest that does not say what it must is refused with the rule and sent nowhere.
 */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { checkManifest, daysAfter, MANIFEST_FORMAT, type Manifest, type ManifestFile } from '#kernel/procedure/manifest.ts'
import type { Problem } from '#kernel/result/problem.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { type Directory, findUnit } from '#platform/link/directory.ts'
import { messageType } from '#platform/module/define-module.ts'
import type { Tx } from '#platform/store/database.ts'
import { exportManifest, type ManifestRow, makeManifest } from '../contract.ts'
import type { CaseRow } from './case-row.ts'
import { partiesOf, requireSpeaker } from './files.ts'
import { manifestMessage, sendLetter } from './files-message.ts'
import { caseAt, type FileRow, knownFiles, ownCase } from './files-row.ts'
import { rolesOfDesk } from './parties.ts'

export const makeManifestRoute = handle(makeManifest, async (input, context) => {
  const { tx, services, clock } = context
  const own = await ownCase(context, input.case)
  const { row, fold, definition } = own
  const party = partiesOf(own).find(({ desk }) => desk === input.recipient)
  if (party === undefined) throw new AppError(422, 'procedures.party', 'A manifest is for a party that has the case.')
  const directory = services.directory()
  const held = await knownFiles(tx, own)
  const roles = rolesOfDesk(fold.parties, party.desk)
  const named = input.files.map((file) => held.find((each) => each.file === file))
  const problems = named.flatMap((file, index): Problem[] =>
    file === undefined
      ? [{ code: 'manifest.file', at: `files.${index}`, message: 'The case has no such file.' }]
      : file.roles.some((role) => roles.includes(role))
        ? []
        : [{ code: 'manifest.file', at: `files.${index}`, message: `The file ${file.name} is not released to this party.` }],
  )
  const files = named.flatMap((file) => file ?? [])
  const at = Date.parse(input.at)
  const until =
    input.availableDays === undefined ? undefined : daysAfter(input.availableDays, { from: at, zone: row.zone, rules: zoneRules })
  const body: Manifest = {
    format: MANIFEST_FORMAT,
    sender: { ...nameOf(directory, row.party), zone: row.zone },
    recipient: nameOf(directory, party.desk),
    orders: input.orders ?? [{ reference: row.subject, procedure: row.definition, title: definition.title }],
    means: input.means,
    at: new Date(at).toISOString(),
    files: [...files.map(listed), ...input.others],
    ...(until === undefined ? {} : { accessibleUntil: new Date(until).toISOString() }),
    ...(input.extension === undefined ? {} : { extension: input.extension }),
    ...(input.remarks === undefined ? {} : { remarks: input.remarks }),
  }
  const wrong = [...problems, ...checkManifest(body, zoneRules)]
  if (wrong.length > 0) throw new AppError(422, 'procedures.manifest', wrong[0]?.message ?? '', { problems: wrong })
  const manifest = uuidv7()
  await sql`insert into procedures.manifests (authority, case_id, manifest, body, from_desk, at, audience)
    values (${row.authority}, ${row.case_id}, ${manifest}, ${JSON.stringify(body)}, ${row.party}, ${clock.now()}, ${row.audience}::text[])`.execute(
    tx,
  )
  await sendLetter(
    { tx, services },
    {
      row,
      definition,
      party,
      kind: 'update',
      type: 'procedures.manifest',
      data: { manifest, body },
      personal: files.some(({ personal }) => personal),
    },
  )
  await services.announce(tx, `case:${row.definition}`, row.audience)
  context.about({ kind: 'manifest', id: manifest })
  return { manifest }
})

function listed({ name, size, sha512 }: FileRow): ManifestFile {
  return { name, size: Number(size), digests: { 'SHA-512': sha512 } }
}

function nameOf(directory: Directory, desk: string): Manifest['recipient'] {
  const found = findUnit(directory, desk)
  return { desk, name: found?.unit.name ?? desk, country: found?.org.country ?? '??' }
}

export const exportManifestRoute = handle(exportManifest, async (input, context) => {
  const { row } = await ownCase(context, input.case)
  const found = (await manifestsOf(context.tx, row)).find(({ manifest }) => manifest === input.manifest)
  if (found === undefined) throw notFound()
  context.about({ kind: 'manifest', id: found.manifest })
  return {
    fileName: `manifest-${found.manifest}.json`,
    mediaType: 'application/json; charset=utf-8',
    text: `${JSON.stringify(found.body, null, 2)}\n`,
  }
})

export const manifestReceived = messageType({
  type: 'procedures.manifest',
  schema: manifestMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      const own = await caseAt(work, { org, unit, ...data })
      if (own === undefined) throw new Error('The manifest is about a case that is not here.')
      requireSpeaker(own, message.from.unit)
      const { row } = own
      await sql`insert into procedures.manifests (authority, case_id, manifest, body, from_desk, at, audience)
        values (${org}, ${row.case_id}, ${data.manifest}, ${JSON.stringify(data.body)}, ${message.from.unit}, ${new Date(message.receivedAt)}, ${row.audience}::text[])
        on conflict do nothing`.execute(work.tx)
      await work.services.record(work.tx, {
        event: 'procedures.manifest-received',
        outcome: 'done',
        facts: null,
        by: 'message:procedures.manifest',
        subjects: [
          { kind: 'case', id: row.case_id },
          { kind: 'manifest', id: data.manifest },
          { kind: 'desk', id: message.from.unit },
        ],
        detail: { procedure: row.definition, files: data.body.files.length },
      })
      await work.services.announce(work.tx, `case:${row.definition}`, row.audience)
    }
  },
})

export async function manifestsOf(tx: Tx, row: CaseRow): Promise<ManifestRow[]> {
  const { rows } = await sql<{ manifest: string; body: ManifestRow['body']; from_desk: string; at: Date }>`
    select manifest, body, from_desk, at from procedures.manifests where authority = ${row.authority} and case_id = ${row.case_id} order by at, manifest`.execute(
    tx,
  )
  return rows.map(({ manifest, body, from_desk: from, at }) => ({ manifest, body, from, at: at.toISOString() }))
}
