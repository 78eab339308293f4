/**
 * Answers to senders: CONTRL for each interchange of a document, APERAK for messages whose contents cannot be taken as they stand. They are
 * kept with the document, and an officer takes them from there (`answers-list.ts`); nothing is sent by itself.
 * Invariant: the same document gives the same answers; an answer received is not answered.
 */
import type { Insertable } from 'kysely'
import { applicationReply } from '#kernel/edifact/control-aperak.ts'
import { controlReply, type ReplyEnvelope } from '#kernel/edifact/control-reply.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { storableText } from '#platform/store/storable-text.ts'
import type { AnswerFinding, AnswerFindings } from '../contract/answers.ts'
import { type AnswerableInterchange, controlPass } from '../formats/control-pass.ts'
import { knownInterchanges } from './answers-claim.ts'
import { APPLICATION_FAULTS, applicationCode } from './answers-faults.ts'
import type { GivenAnswerTable, IntakeTables } from './channel-tables.ts'
import type { Reading } from './read-batches.ts'
import { storableJson } from './storable.ts'

/** Faults named to one sender of one message, and messages answered for one document; the rest stands in the list of warnings. */
const FAULTS_TOLD = 50
const APPLICATION_ANSWERS = 200
const WARNINGS_READ = 5000

/** ISO 9735 gives a party 35 signs; what is far longer is shown by its beginning. */
const PARTNER_SIGNS = 100
const NOTHING_FOUND = { told: [], toldLeftOut: 0, untold: [], untoldLeftOut: 0, notes: [] } as const satisfies AnswerFindings

type Key = Pick<Reading, 'authority' | 'desk' | 'document'>
type Answer = Pick<GivenAnswerTable, 'kind' | 'partner' | 'reference' | 'verdict' | 'text'> & { readonly findings: AnswerFindings }

interface Told {
  readonly faults: AnswerFinding[]
  leftOut: number
}

/** After the rows of a document were written: its warnings say what to tell. Answers how many answers were made; safe to run again. */
export async function answerDocument({ services, authority, desk, document: of }: Omit<Reading, 'receivedAt'>): Promise<number> {
  const key: Key = { authority, desk, document: of }
  const isKnown = await knownInterchanges({ services, ...key })
  const answerable = await controlPass(services.content.get(key.document), { isKnown })
  const faults = await faultsOf(services, key)
  const now = services.clock.now()
  const rows: Insertable<GivenAnswerTable>[] = []
  const envelope = (): ReplyEnvelope => {
    const [date = '', time = ''] = now.toISOString().split('T')
    // A control reference has 14 signs; the document and the ordinal make it the same whenever it is made again.
    const reference = `${key.document.slice(0, 9).toUpperCase()}${String(rows.length + 1).padStart(5, '0')}`
    return { reference, date: date.replaceAll('-', ''), time: time.slice(0, 5).replace(':', '') }
  }
  const add = ({ findings, ...row }: Answer): void =>
    void rows.push({
      ...key,
      ...row,
      partner: storableText(row.partner.slice(0, PARTNER_SIGNS)),
      reference: storableText(row.reference),
      text: storableText(row.text),
      findings: storableJson(findings),
      ordinal: rows.length + 1,
      made_at: now,
      audience: [key.desk],
    })
  for (const { received, messages, findings } of answerable) {
    const text = controlReply(received, envelope())
    if (text === undefined) continue
    const partner = received.sender[0] ?? ''
    const verdict = isAccepted(received) ? 'accepted' : 'rejected'
    add({ kind: 'CONTRL', partner, reference: received.reference, verdict, text, findings })
    for (const { message, document } of messages) {
      const told = faults.get(message)
      if (told === undefined || rows.length >= APPLICATION_ANSWERS) continue
      const sent = envelope()
      const answer = applicationReply(received, sent, {
        number: sent.reference,
        document,
        faults: told.faults.map(({ code, at, text: fault }) => ({ code, text: `${at}: ${fault}` })),
      })
      const said: AnswerFindings = { ...NOTHING_FOUND, told: told.faults, toldLeftOut: told.leftOut }
      add({ kind: 'APERAK', partner, reference: document, verdict: 'rejected', text: answer, findings: said })
    }
  }
  await store(services, key, rows)
  return rows.length
}

function isAccepted(received: AnswerableInterchange['received']): boolean {
  return received.faults.length === 0 && received.messages.length === 0 && received.groups.length === 0
}

/** Warnings about contents, by message: what a sender can mend. */
async function faultsOf(services: NodeServices, key: Key): Promise<ReadonlyMap<number, Told>> {
  const warnings = await services.database.asWorker(
    'cargo.read-document',
    async (tx) =>
      await tx
        .withTables<IntakeTables>()
        .selectFrom('cargo.warnings')
        .select(['message', 'code', 'place', 'text'])
        .where('authority', '=', key.authority)
        .where('desk', '=', key.desk)
        .where('document', '=', key.document)
        .where('code', 'in', [...APPLICATION_FAULTS.keys()])
        .orderBy('ordinal')
        .limit(WARNINGS_READ)
        .execute(),
  )
  const byMessage = new Map<number, Told>()
  for (const { message, code, place, text } of warnings) {
    const told = byMessage.get(message) ?? { faults: [], leftOut: 0 }
    if (told.faults.length < FAULTS_TOLD) told.faults.push({ code: applicationCode(code), at: place, text })
    else told.leftOut++
    byMessage.set(message, told)
  }
  return byMessage
}

async function store(services: NodeServices, key: Key, rows: readonly Insertable<GivenAnswerTable>[]): Promise<void> {
  await services.database.asWorker('cargo.read-document', async (tx) => {
    const db = tx.withTables<IntakeTables>()
    await db
      .deleteFrom('cargo.given_answers')
      .where('authority', '=', key.authority)
      .where('desk', '=', key.desk)
      .where('document', '=', key.document)
      .execute()
    for (let at = 0; at < rows.length; at += 200)
      await db
        .insertInto('cargo.given_answers')
        .values(rows.slice(at, at + 200))
        .execute()
  })
}
