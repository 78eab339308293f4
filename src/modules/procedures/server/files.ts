/**
 * Files of a case: bytes in the content store of the desk that added them, released to the roles that were named, told to the parties of those roles.
 * Invariants: whoever fills none of the roles learns nothing of a file, not its name, size or number; a file of personal data has no private role.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { CaseFold, Party } from '#kernel/procedure/fold.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import { MOST_FILE_BYTES, uploadFile } from '../contract.ts'
import { mayBeBroughtIn } from './brought-in.ts'
import { foldOf } from './case-fold.ts'
import { type CaseRow, lockCase, versionOf } from './case-row.ts'
import { takeTurn } from './case-turn.ts'
import { ordersFiles } from './files-erased.ts'
import { fileMessage, isBarred, sendLetter } from './files-message.ts'
import { caseAt, earlyCase, type FileRow, fileRows, mayHavePersonal, type OwnCase, ownCase } from './files-row.ts'
import { desksOf, rolesOfDesk } from './parties.ts'
import { areFilesErased, purgeLate } from './purge.ts'

export const uploadFileRoute = handle(uploadFile, async (input, context) => {
  if (context.upload === undefined) throw notFound()
  const { tx, services, clock } = context
  const own = await ownCase(context, input.case)
  const personal = input.personal === 'yes'
  const named = input.roles.split(',').filter((role) => role !== '')
  const roles = [...new Set([...own.roles, ...named])]
  checkRoles(own.definition, named, personal)
  const hash = createHash('sha512')
  const { sha256, size } = await services.content.put(tee(context.upload, hash), MOST_FILE_BYTES).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 413)
      throw new AppError(413, 'procedures.file-size', `A file of a case has at most ${MOST_FILE_BYTES} bytes.`)
    throw error
  })
  const sha512 = hash.digest('hex')
  const file = uuidv7()
  // A step that brings somebody in and a file that is for him: whichever comes second tells him.
  const work = { tx, services }
  await lockCase(work, { authority: own.row.authority, caseId: own.row.case_id })
  const now = await ownCase(context, input.case)
  const { row } = now
  const at = clock.now()
  await sql`insert into procedures.files (authority, case_id, file, name, size, sha256, sha512, roles, personal, origin_org, origin_desk, received, stored, at, audience)
    values (${row.authority}, ${row.case_id}, ${file}, ${input.name}, ${size}, ${sha256}, ${sha512}, ${roles}::text[], ${personal}, ${row.authority}, ${row.party}, ${size},
      true, ${at}, ${row.audience}::text[])`.execute(tx)
  const [added] = (await fileRows(tx, row)).filter((each) => each.file === file)
  if (added !== undefined) for (const party of partiesOf(now)) await tellOfFiles(work, now, { party, files: [added] })
  await services.announce(tx, `case:${row.definition}`, row.audience)
  context.about({ kind: 'file', id: file })
  return { file, sha256, sha512, size }
})

function checkRoles(definition: ProcedureDef, roles: readonly string[], personal: boolean): void {
  for (const id of roles) {
    const role = definition.roles[id]
    if (role === undefined) throw new AppError(422, 'procedures.file-roles', `The procedure has no role ${id}.`)
    if (personal && !mayHavePersonal(definition, id))
      throw new AppError(422, 'procedures.file-roles', `${role.title} is private, and no text of this procedure sends personal data there.`)
  }
}

async function* tee(bytes: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>): AsyncIterable<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk)
    yield chunk
  }
}

/** The other desks that have the case. */
export function partiesOf({ row, fold }: Pick<OwnCase, 'row' | 'fold'>): readonly Party[] {
  return desksOf(fold.parties).filter(({ desk }) => desk !== row.party && fold.reached.includes(desk))
}

/** Whoever was brought into the case by a step, of whatever party, hears of the files this desk added before. What may not go there is not told. */
export async function tellNewcomersOfFiles(
  work: WorkContext,
  row: CaseRow,
  { before, after }: { readonly before: CaseFold; readonly after: CaseFold },
): Promise<void> {
  const newcomers = partiesOf({ row, fold: after }).filter(({ desk }) => !before.reached.includes(desk))
  if (newcomers.length === 0) return
  const { definition } = versionOf(work.services, row.definition, after.version)
  const files = await fileRows(work.tx, row)
  for (const party of newcomers)
    for (const file of files)
      if (!(await isBarred(work, { row, party, personal: file.personal })))
        await tellOfFiles(work, { row, fold: after, definition }, { party, files: [file] })
}

/** Tells a party of the files that are for one of its roles: those of this desk alone, for each desk speaks of its own. */
async function tellOfFiles(
  work: WorkContext,
  { row, fold, definition }: Pick<OwnCase, 'row' | 'fold' | 'definition'>,
  { party, files }: { readonly party: Party; readonly files: readonly FileRow[] },
): Promise<void> {
  const roles = rolesOfDesk(fold.parties, party.desk)
  if (await areFilesErased(work, row, fold)) return
  for (const file of files) {
    const shared = file.roles.filter((role) => roles.includes(role))
    if (file.origin_desk !== row.party || shared.length === 0) continue
    await sendLetter(work, {
      row,
      definition,
      party,
      kind: 'update',
      type: 'procedures.file',
      personal: file.personal,
      data: {
        file: file.file,
        name: file.name,
        size: Number(file.size),
        sha256: file.sha256,
        sha512: file.sha512,
        // Of the other roles it is released to nothing is said: who else has it is not for everybody.
        roles: shared,
        personal: file.personal,
        at: file.at.toISOString(),
      },
    })
  }
}

const NO_PART = 'Whoever speaks of a case takes part in it, or brought it here.'
/** What of a file that another desk sent is kept of it when it comes after the erasure: this line of the log. */
const ERASED = 'A step of the case ordered to erase what other desks sent.'

export const fileReceived = messageType({
  type: 'procedures.file',
  schema: fileMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      await takeTurn(work.tx, { org, desk: unit, reference: data.reference })
      const here = await caseAt(work, { org, unit, ...data })
      // Before the case, or before the step that brings in the desk that speaks.
      const own = here !== undefined && mayYetSpeak(work, here, message.from.unit) ? undefined : here
      if (own !== undefined) requireSpeaker(own, message.from.unit)
      const mine = own === undefined ? data.roles : data.roles.filter((role) => own.roles.includes(role))
      if (mine.length === 0) throw new Error('The file is for no role of this desk.')
      if (here !== undefined && (await areFilesErased(work, here.row, here.fold))) {
        await noteReceived(work, here.row, { file: data.file, from: message.from.unit, refused: ERASED })
        continue
      }
      await sql`insert into procedures.files (authority, case_id, file, name, size, sha256, sha512, roles, personal, origin_org, origin_desk, received, stored, at, audience)
        values (${org}, ${own?.row.case_id ?? earlyCase(data.reference, unit)}, ${data.file}, ${data.name}, ${data.size}, ${data.sha256}, ${data.sha512}, ${mine}::text[],
          ${data.personal}, ${message.from.org}, ${message.from.unit}, 0, false, ${new Date(data.at)}, ${own?.row.audience ?? []}::text[])
        on conflict do nothing`.execute(work.tx)
      if (here !== undefined && ordersFiles(here.definition, here.fold))
        await purgeLate(work, here.row, { fold: here.fold, key: data.file })
      if (own !== undefined) await noteReceived(work, own.row, { file: data.file, from: message.from.unit })
    }
  },
})

/**
 * After a case came, or a step that brings a desk in: files that overtook it, of desks that take part in the case or gave their part to this one. Those of a
 * desk that may yet be brought in go on waiting; what anybody else said is dropped, and the log says so. Where a step ordered to erase what others sent, they
 * are claimed to be erased with it, and not at all when that was done.
 */
export async function claimEarlyFiles(work: WorkContext, row: CaseRow): Promise<void> {
  const { tx, services } = work
  const waiting = { authority: row.authority, case_id: earlyCase(row.subject, row.party) }
  if ((await fileRows(tx, waiting)).length === 0) return
  const at = sql`authority = ${waiting.authority} and case_id = ${waiting.case_id}`
  const fold = await foldOf(tx, services, row)
  const own = { row, fold, definition: versionOf(services, row.definition, fold.version).definition }
  const areErased = await areFilesErased(work, row, fold)
  const desks = areErased ? [] : [...desksOf(row.parties).map(({ desk }) => desk), row.originator]
  await sql`update procedures.files f set case_id = ${row.case_id}, audience = ${row.audience}::text[] where ${at} and origin_desk = any(${desks}::text[])
    and not exists (select from procedures.files h where h.authority = f.authority and h.case_id = ${row.case_id} and h.file = f.file)`.execute(
    tx,
  )
  if (!areErased && ordersFiles(own.definition, fold)) await purgeLate(work, row, { fold, key: waiting.case_id })
  for (const { file, origin_desk: from } of await fileRows(tx, waiting)) {
    if (!areErased && mayYetSpeak(work, own, from)) continue
    await sql`delete from procedures.files where ${at} and file = ${file}`.execute(tx)
    await noteReceived(work, row, { file, from, refused: areErased ? ERASED : NO_PART })
  }
}

function isSpeaker({ fold, row }: Pick<OwnCase, 'fold' | 'row'>, desk: string): boolean {
  return desk === row.originator || [fold.parties, row.base?.parties ?? {}].some((parties) => rolesOfDesk(parties, desk).length > 0)
}

function mayYetSpeak(work: WorkContext, own: Pick<OwnCase, 'row' | 'fold' | 'definition'>, desk: string): boolean {
  return !isSpeaker(own, desk) && Object.keys(own.definition.roles).some((role) => mayBeBroughtIn(work, own, { role, desk }))
}

/** A party of the case, or whoever brought it here: that one may have given its own part away. */
export function requireSpeaker({ fold, row }: Pick<OwnCase, 'fold' | 'row'>, desk: string): void {
  if (!isSpeaker({ fold, row }, desk)) throw new Error(NO_PART)
}

export async function noteReceived(
  work: WorkContext,
  row: CaseRow,
  at: { readonly file: string; readonly from: string; readonly refused?: string },
): Promise<void> {
  await work.services.record(work.tx, {
    event: 'procedures.file-received',
    outcome: at.refused === undefined ? 'done' : 'refused',
    ...(at.refused === undefined ? {} : { reason: at.refused }),
    facts: null,
    by: 'message:procedures.file',
    subjects: [
      { kind: 'case', id: row.case_id },
      { kind: 'file', id: at.file },
      { kind: 'desk', id: at.from },
    ],
    detail: { procedure: row.definition },
  })
  await work.services.announce(work.tx, `case:${row.definition}`, row.audience)
}
