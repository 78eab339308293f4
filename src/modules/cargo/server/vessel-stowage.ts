/**
 * The boxes of one stowage plan by column. A plan of 24,000 boxes is one answer of about a megabyte: texts that repeat stand once, marks are bits.
 * Invariant: every box of the plan is in the answer or counted as left out, also where its position cannot be read.
 */
import { sql } from 'kysely'
import { notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { boxBit, MOST_BOXES, type StowageAnswer, showStowage, WEIGHT_CLASS_KG } from '../contract/vessel.ts'
import type { DeskScope } from './dossiers.ts'
import { planMessage, planRowOf, vesselOf } from './vessel-plans.ts'
import { positionOf } from './vessel-position.ts'

interface BoxRow {
  readonly container: string
  readonly stowage: string | null
  readonly loading: string | null
  readonly discharge: string | null
  readonly iso_type: string | null
  readonly fullness: 'full' | 'empty' | null
  readonly temperature: number | null
  readonly weight: number | null
  readonly flags: readonly string[]
}

export const showStowageRoute = handle(showStowage, async (input, { tx, facts, ...context }) => {
  const plan = await planMessage(tx, facts, input)
  if (plan === undefined) throw notFound()
  context.about({ kind: 'document', id: input.document })
  const rows = await boxesOf(tx, facts, input)
  const shown = rows.slice(0, MOST_BOXES)
  return {
    plan: planRowOf(plan),
    ...vesselOf(plan),
    ...columnsOf(shown),
    leftOut: rows.length > MOST_BOXES ? (await countOf(tx, facts, input)) - MOST_BOXES : 0,
  }
})

type PlanKey = { readonly document: string; readonly message: number }

async function boxesOf(tx: Tx, { authority, desk }: DeskScope, { document, message }: PlanKey): Promise<readonly BoxRow[]> {
  const { rows } = await sql<BoxRow>`
    select container, stowage, loading, discharge, iso_type, fullness, temperature, weight, flags from cargo.equipment
    where authority = ${authority} and desk = ${desk} and document = ${document} and message = ${message}
    order by coalesce(stowage, ''), ordinal limit ${MOST_BOXES + 1}`.execute(tx)
  return rows
}

async function countOf(tx: Tx, { authority, desk }: DeskScope, { document, message }: PlanKey): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from cargo.equipment
    where authority = ${authority} and desk = ${desk} and document = ${document} and message = ${message}`.execute(tx)
  return rows[0]?.n ?? 0
}

type Columns = Omit<StowageAnswer, 'plan' | 'vessel' | 'name' | 'imo' | 'leftOut'>

export function columnsOf(rows: readonly BoxRow[]): Columns {
  const [places, isoTypes] = [new Legend(), new Legend()]
  const columns: Columns = {
    places: places.texts,
    isoTypes: isoTypes.texts,
    containers: [],
    positions: [],
    loading: [],
    discharge: [],
    isoType: [],
    marks: [],
    weights: [],
    unreadable: [],
  }
  for (const [box, row] of rows.entries()) {
    const position = positionOf(row.stowage)
    columns.containers.push(row.container)
    columns.positions.push(position ?? -1)
    columns.loading.push(places.placeOf(row.loading))
    columns.discharge.push(places.placeOf(row.discharge))
    columns.isoType.push(isoTypes.placeOf(row.iso_type))
    columns.marks.push(marksOf(row))
    columns.weights.push(classOf(row.weight))
    if (position === undefined && row.stowage !== null) columns.unreadable.push({ box, stated: row.stowage })
  }
  return columns
}

function marksOf({ flags, fullness, temperature }: BoxRow): number {
  return (
    (flags.includes('signal') ? boxBit.signal : 0) +
    (flags.includes('alert') ? boxBit.alert : 0) +
    (flags.includes('bad-check-digit') ? boxBit.badCheckDigit : 0) +
    (flags.includes('not-iso') ? boxBit.notIso : 0) +
    (fullness === 'full' ? boxBit.full : fullness === 'empty' ? boxBit.empty : 0) +
    (temperature === null ? 0 : boxBit.reefer)
  )
}

/** A weight that cannot be is not shown as one: 0, as where none is stated. */
function classOf(kilograms: number | null): number {
  if (kilograms === null || !Number.isFinite(kilograms) || kilograms <= 0) return 0
  return Math.ceil(Math.min(kilograms, 1e9) / WEIGHT_CLASS_KG)
}

/** Each text once, by its place. */
class Legend {
  readonly texts: string[] = []
  readonly #places = new Map<string, number>()

  placeOf(text: string | null): number {
    if (text === null) return -1
    const known = this.#places.get(text)
    if (known !== undefined) return known
    this.#places.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}
