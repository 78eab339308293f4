/**
 * Statistics of a procedure for a period that has ended, of the cases this desk may see. Small cells are withheld, and others with them so that no small
 * one can be computed (`small-cells.ts` of the kernel): here, in the files, and for every role. Null stands for withheld.
 */
import { z } from 'zod'

const cell = z.number().nullable()
const table = z.object({ total: cell, parts: z.array(z.object({ id: z.string(), title: z.string(), n: cell })) })
export type StatisticsTable = z.infer<typeof table>

const basis = z.object({ act: z.string(), art: z.string(), mark: z.enum(['V', 'M', 'D']) })

export const figures = z.object({
  procedure: z.string(),
  title: z.string(),
  period: z.string().describe('2026 or 2026-Q3'),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  smallCell: z.number(),
  /** Cases opened in the period, by the state they were in at its end. */
  states: table,
  refusals: table,
  clocks: z.array(
    z.object({
      clock: z.string(),
      title: z.string(),
      kind: z.enum(['law', 'policy']),
      basis,
      /** met, late (past the safe instant, within the law), missed, running at the end of the period. */
      adherence: table,
    }),
  ),
  times: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      /** Hours; null where too few cases took both steps. */
      medianHours: z.number().nullable(),
      p90Hours: z.number().nullable(),
    }),
  ),
  /** Tables that a law asks for, by its points. */
  statutory: z.array(z.object({ point: z.string(), meaning: z.string(), basis, tables: z.array(z.object({ title: z.string(), table })) })),
})
export type Figures = z.infer<typeof figures>

export const listStatistics = {
  id: 'procedures.listStatistics',
  method: 'get',
  path: 'statistics',
  summary: 'Procedures of this node and the periods that have ended, for statistics',
  permission: 'procedures.read-statistics',
  purposeRequired: true,
  audit: 'procedures.statistics-read',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(z.object({ procedure: z.string(), title: z.string(), periods: z.array(z.string()) })) }),
  errors: [],
} as const

const period = z.string().regex(/^\d{4}(?:-Q[1-4])?$/)

export const showStatistics = {
  id: 'procedures.showStatistics',
  method: 'get',
  path: 'statistics/:procedure',
  summary: 'Statistics of one procedure for a period that has ended, without small cells',
  permission: 'procedures.read-statistics',
  purposeRequired: true,
  audit: 'procedures.statistics-read',
  input: z.strictObject({ procedure: z.string().max(60), period }),
  ok: figures,
  errors: ['procedures.period'],
} as const

export const exportStatistics = {
  id: 'procedures.exportStatistics',
  method: 'get',
  path: 'statistics/:procedure/file',
  summary: 'The same statistics as a file, CSV or JSON',
  permission: 'procedures.read-statistics',
  purposeRequired: true,
  audit: 'procedures.statistics-exported',
  input: z.strictObject({ procedure: z.string().max(60), period, format: z.enum(['csv', 'json']) }),
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: ['procedures.period'],
  download: true,
} as const
