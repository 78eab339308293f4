/**
 * Interchanges of a document against those that the desk received before. The first document that brings one owns it; in another it is a
 * repetition, which is answered and not processed. What came broken may come again: its number passes to the document that brings it whole.
 */
import { sql } from 'kysely'
import type { InterchangeHeader } from '#kernel/edifact/envelope.ts'
import type { Tx } from '#platform/store/database.ts'
import type { CargoEvent } from '../formats/events.ts'
import { type InterchangeName, interchangeHeaders, interchangeKey, isComparable } from '../formats/interchange-headers.ts'
import type { Reading } from './read-batches.ts'

const BATCH = 1000

/** Claims what nobody has yet, and says of each interchange whether another document has it. Safe to run again. */
export async function claimInterchanges(reading: Reading): Promise<(header: InterchangeHeader) => boolean> {
  const { services, authority, desk, document, receivedAt } = reading
  const headers = await interchangeHeaders(services.content.get(document))
  const known = new Set<string>()
  for (let at = 0; at < headers.length; at += BATCH) {
    const part = [...new Map(headers.slice(at, at + BATCH).map((header) => [interchangeKey(header), header])).values()]
    const columns = {
      sender: part.map(({ sender }) => sender),
      recipient: part.map(({ recipient }) => recipient),
      prepared: part.map(({ prepared }) => prepared),
      reference: part.map(({ reference }) => reference),
    }
    await services.database.asWorker('cargo.read-document', async (tx) => {
      await sql`insert into cargo.interchanges as i (authority, desk, sender, recipient, prepared, reference, document, received_at, audience)
        select ${authority}, ${desk}, sender, recipient, prepared, reference, ${document}, ${receivedAt}, array[${desk}]::text[]
        from unnest(${columns.sender}::text[], ${columns.recipient}::text[], ${columns.prepared}::text[], ${columns.reference}::text[]) as t (sender, recipient, prepared, reference)
        on conflict (authority, desk, sender, recipient, prepared, reference)
          do update set document = excluded.document, received_at = excluded.received_at, broken = false where i.broken`.execute(tx)
      const others = await sql<InterchangeName>`
        select i.sender, i.recipient, i.prepared, i.reference from cargo.interchanges i
        join unnest(${columns.sender}::text[], ${columns.recipient}::text[], ${columns.prepared}::text[], ${columns.reference}::text[]) as t (sender, recipient, prepared, reference)
          on t.sender = i.sender and t.recipient = i.recipient and t.prepared = i.prepared and t.reference = i.reference
        where i.authority = ${authority} and i.desk = ${desk} and i.document <> ${document}`.execute(tx)
      for (const row of others.rows) known.add(interchangeKey(row))
    })
  }
  return (header) => known.has(interchangeKey(header))
}

/** Warnings after which an interchange may not be all that was sent. */
const NOT_WHOLE = new Set(['interchange.no-trailer', 'interchange.count'])

/** Watches a document being read for interchanges that did not come whole: those may come again. */
export class BrokenInterchanges {
  readonly #isKnown: (header: InterchangeHeader) => boolean
  readonly #broken = new Map<string, InterchangeHeader>()
  readonly #seen = new Set<string>()
  #current: InterchangeHeader | undefined

  constructor(isKnown: (header: InterchangeHeader) => boolean) {
    this.#isKnown = isKnown
  }

  take(event: CargoEvent): void {
    if (event.kind === 'interchange') {
      const key = interchangeKey(event.interchange)
      // A copy within the document is quarantined as a repetition; the first one decides.
      this.#current = this.#seen.has(key) || this.#isKnown(event.interchange) ? undefined : event.interchange
      this.#seen.add(key)
    } else if (event.kind === 'message' && event.result.outcome === 'quarantined') this.#note()
    else if (event.kind === 'warning' && NOT_WHOLE.has(event.warning.code)) this.#note()
    else if (event.kind === 'end' && event.summary.refused !== undefined) this.#note()
  }

  async store(tx: Tx, { authority, desk, document }: Omit<Reading, 'receivedAt' | 'services'>): Promise<void> {
    const headers = [...this.#broken.values()]
    for (let at = 0; at < headers.length; at += BATCH) {
      const part = headers.slice(at, at + BATCH)
      await sql`update cargo.interchanges i set broken = true
        from unnest(${part.map(({ sender }) => sender)}::text[], ${part.map(({ recipient }) => recipient)}::text[],
          ${part.map(({ prepared }) => prepared)}::text[], ${part.map(({ reference }) => reference)}::text[]) as t (sender, recipient, prepared, reference)
        where i.authority = ${authority} and i.desk = ${desk} and i.document = ${document}
          and i.sender = t.sender and i.recipient = t.recipient and i.prepared = t.prepared and i.reference = t.reference`.execute(tx)
    }
  }

  #note(): void {
    if (this.#current !== undefined) this.#broken.set(interchangeKey(this.#current), this.#current)
  }
}

/** The same question again for answering, without claiming. */
export async function knownInterchanges(reading: Omit<Reading, 'receivedAt'>): Promise<(header: InterchangeHeader) => boolean> {
  const { services, authority, desk, document } = reading
  const own = await services.database.asWorker('cargo.read-document', async (tx) => {
    const { rows } = await sql<InterchangeName>`
      select sender, recipient, prepared, reference from cargo.interchanges
      where authority = ${authority} and desk = ${desk} and document = ${document}`.execute(tx)
    return new Set(rows.map(interchangeKey))
  })
  // Whatever this document does not own came with another one before, or cannot be compared.
  return (header) => isComparable(header) && !own.has(interchangeKey(header))
}
