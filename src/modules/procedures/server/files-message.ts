/** What travels about files and manifests of a case, and one letter of a case to one of its parties. Bytes travel only when they are asked for. */
import { z } from 'zod'
import type { Handling } from '#kernel/handling/handling.ts'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { Party } from '#kernel/procedure/fold.ts'
import { AppError } from '#platform/http/app-error.ts'
import { findUnit } from '#platform/link/directory.ts'
import type { OutgoingMessage } from '#platform/link/message.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { manifestShape } from '../contract.ts'
import type { CaseRow } from './case-row.ts'
import { isTransferAuthorised } from './transfer-authorisation.ts'

const of = { reference: z.string().max(60), procedure: z.string().max(60) }

export const fileMessage = z.strictObject({
  ...of,
  file: z.string().max(60),
  name: z.string().min(1).max(200),
  size: z.number().int().min(0),
  sha256: z.string().length(64),
  sha512: z.string().length(128),
  roles: z.array(z.string().max(60)).min(1).max(60),
  personal: z.boolean(),
  at: z.iso.datetime(),
})
export const fileWantedMessage = z.strictObject({ ...of, file: z.string().max(60), start: z.number().int().min(0) })
export const filePartMessage = z.strictObject({
  ...of,
  file: z.string().max(60),
  start: z.number().int().min(0),
  /** Base64. */
  bytes: z.string().max(700_000),
})
export const manifestMessage = z.strictObject({ ...of, manifest: z.string().max(60), body: manifestShape })

const DAY = 86_400_000
const KEPT_DAYS = 365
const DEFAULT_HANDLING: Handling = { H: [], tlp: 'AMBER+STRICT', pap: 'AMBER', conditions: [] }

export interface CaseLetter {
  readonly row: CaseRow
  readonly definition: ProcedureDef
  readonly party: Pick<Party, 'org' | 'desk'>
  readonly kind: OutgoingMessage['kind']
  readonly urgency?: OutgoingMessage['urgency']
  readonly type: string
  readonly data: object
  /** What the body is about holds personal data. */
  readonly personal: boolean
}

/** Personal data go to a third country as the steps of the case do: with an authorised transfer, or not. */
export async function isBarred(
  work: WorkContext,
  { row, party, personal }: Pick<CaseLetter, 'row' | 'party' | 'personal'>,
): Promise<boolean> {
  const isThirdCountry = findUnit(work.services.directory(), party.desk)?.org.thirdCountry === true
  return personal && isThirdCountry && !(await isTransferAuthorised(work, row))
}

/** Leaves by the outbox of this transaction, or throws where the transfer is barred. */
export async function sendLetter(work: WorkContext, letter: CaseLetter): Promise<void> {
  const { row, definition, party, personal } = letter
  if (await isBarred(work, letter))
    throw new AppError(
      409,
      'procedures.refused',
      'Personal data go to a third country only with an authorised transfer (PR-24) linked to the case.',
      { extra: { basis: 'Directive (EU) 2016/680 Arts 35–39' } },
    )
  const now = work.services.clock.now().getTime()
  const { purpose = 'crime-prevention', handling } = definition.message ?? {}
  const [basis] = definition.basis
  const kept = new Date(now + KEPT_DAYS * DAY).toISOString()
  await work.services.submit(work.tx, {
    from: { org: row.authority, unit: row.party },
    to: [{ org: party.org, unit: party.desk }],
    kind: letter.kind,
    urgency: letter.urgency ?? 'urgent',
    context: row.subject,
    expiresAt: new Date(now + 30 * DAY).toISOString(),
    purpose,
    legalBasis: { act: basis?.act ?? '', art: basis?.art ?? '' },
    handling: (handling as Handling | undefined) ?? DEFAULT_HANDLING,
    evaluation: { source: 'A', info: 1 },
    personalData: { yes: personal, categories: [] },
    retention: { reviewAt: kept, deleteBy: kept },
    body: { type: letter.type, data: { reference: row.subject, procedure: row.definition, ...letter.data } },
  })
}
