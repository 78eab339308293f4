/** The life of one container for one desk: its rows of stowage plans, gate and terminal reports, bills and declarations as one timeline. Another desk's rows are not there. */
import { sql } from 'kysely'
import { versionChain } from '#kernel/cargo-history/filing-versions.ts'
import { type LifeEntry, lifeOf } from '#kernel/cargo-history/lifetime.ts'
import { contradictionsOf, gapsOf } from '#kernel/cargo-history/lifetime-findings.ts'
import { parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { type LifeEntryView, showLife } from '../contract/life.ts'
import { filingOf } from '../detectors/filing-of.ts'
import type { ConsignmentStatement, SourcePointer } from '../model.ts'
import { findPlace } from '../reference/places.ts'
import { plainNumber } from './alert-subject.ts'
import { countConsignments, countSightings } from './container-counts.ts'
import type { DeskScope } from './dossiers.ts'
import { type ConsignmentLifeRow, consignmentLife, type SightingLifeRow, sightingLife, sourceName } from './life-sightings.ts'

const SIGHTINGS = 500
const CONSIGNMENTS = 200

export const showLifeRoute = handle(showLife, async (input, { tx, facts, ...context }) => {
  const container = plainNumber(input.container)
  context.about({ kind: 'container', id: container })
  const scope = { authority: facts.authority, desk: facts.desk }
  const sightings = await sightingRows(tx, container, scope)
  const consignments = await consignmentRows(tx, container, scope)
  const shown = { sightings: sightings.slice(0, SIGHTINGS), consignments: consignments.slice(0, CONSIGNMENTS) }
  const sources = new Map<string, { at: SourcePointer; documentName: string }>()
  for (const row of shown.sightings)
    sources.set(sourceName(row.sighting.container.at), { at: row.sighting.container.at, documentName: row.document_name })
  for (const { statement, document_name: documentName } of shown.consignments)
    sources.set(sourceName(statement.document.at), { at: statement.document.at, documentName })
  const life = lifeOf([...shown.sightings.map(sightingLife), ...shown.consignments.map((row) => consignmentLife(row, container))])
  return {
    container,
    valid: parseContainerNumber(container).ok,
    entries: life.map((entry) => viewOf(entry, sources)),
    gaps: gapsOf(life).map(({ after, before, expected }) => ({ after, before, expected: [...expected] })),
    contradictions: contradictionsOf(life).map(({ code, entries: [before, after] }) => ({
      code,
      entries: [before, after] as [number, number],
    })),
    filings: filingsOf(shown.consignments, sources),
    leftOut: {
      sightings: sightings.length > SIGHTINGS ? (await countSightings(tx, { ...scope, container })) - SIGHTINGS : 0,
      consignments: consignments.length > CONSIGNMENTS ? (await countConsignments(tx, { ...scope, container })) - CONSIGNMENTS : 0,
    },
  }
})

async function sightingRows(tx: Tx, container: string, { authority, desk }: DeskScope): Promise<readonly SightingLifeRow[]> {
  const { rows } = await sql<SightingLifeRow>`
    select e.sighting, e.message_type, m.voyage, d.name as document_name, d.received_at from cargo.equipment e
    join cargo.documents d on d.authority = e.authority and d.desk = e.desk and d.document = e.document
    left join cargo.messages m on m.authority = e.authority and m.desk = e.desk and m.document = e.document and m.ordinal = e.message
    where e.authority = ${authority} and e.desk = ${desk} and e.container = ${container}
    order by e.observed_at desc, e.document desc, e.ordinal desc limit ${SIGHTINGS + 1}`.execute(tx)
  return rows
}

async function consignmentRows(tx: Tx, container: string, { authority, desk }: DeskScope): Promise<readonly ConsignmentLifeRow[]> {
  const { rows } = await sql<ConsignmentLifeRow>`
    select c.statement, c.declaration, c.received_at, m.type as message_type, m.voyage, d.name as document_name from cargo.consignment_keys k
    join cargo.consignments c on c.authority = k.authority and c.desk = k.desk and c.document = k.document and c.ordinal = k.ordinal
    join cargo.documents d on d.authority = c.authority and d.desk = c.desk and d.document = c.document
    left join cargo.messages m on m.authority = c.authority and m.desk = c.desk and m.document = c.document and m.ordinal = c.message
    where k.authority = ${authority} and k.desk = ${desk} and k.kind = 'container' and k.key = ${container}
    order by c.received_at desc, c.document desc, c.ordinal desc limit ${CONSIGNMENTS + 1}`.execute(tx)
  return rows
}

type Sources = ReadonlyMap<string, { readonly at: SourcePointer; readonly documentName: string }>

function viewOf({ place, sources: names, seals, ...entry }: LifeEntry, sources: Sources): LifeEntryView {
  const name = place === undefined ? undefined : findPlace(place.code)?.name
  return {
    ...entry,
    seals: [...seals],
    ...(place === undefined ? {} : { place: { code: place.code, ...(name === undefined ? {} : { name }) } }),
    sources: names.flatMap((each) => sources.get(each) ?? []),
  }
}

/** Versions of one bill in one kind of message; a bill stated once is a chain of one. */
function filingsOf(rows: readonly ConsignmentLifeRow[], sources: Sources) {
  const byBill = new Map<string, { bill: string; message: string; statements: { statement: ConsignmentStatement; receivedAt: string }[] }>()
  for (const { statement, message_type: type, declaration, received_at: receivedAt } of rows) {
    const [bill, message] = [statement.document.value.trim().toUpperCase(), declaration ? 'CSV' : (type ?? '')]
    const held = byBill.get(`${bill} ${message}`) ?? { bill, message, statements: [] }
    held.statements.push({ statement, receivedAt: receivedAt.toISOString() })
    byBill.set(`${bill} ${message}`, held)
  }
  return [...byBill.values()]
    .sort((a, b) => (a.bill + a.message < b.bill + b.message ? -1 : 1))
    .map(({ bill, message, statements }) => ({
      bill,
      message,
      versions: versionChain(statements.map(filingOf)).flatMap(({ filing, differences }) => {
        const source = sources.get(filing.source)
        if (source === undefined) return []
        return [
          {
            receivedAt: filing.receivedAt,
            source,
            differences: differences.map(({ field, before, after }) => ({
              field,
              ...(before === undefined ? {} : { before }),
              ...(after === undefined ? {} : { after }),
            })),
          },
        ]
      }),
    }))
}
