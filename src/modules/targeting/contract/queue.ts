/** What arrives: consignments per port and day of the own desk, with the score, the rules, the watch entries and the signals that speak of each. */
import { z } from 'zod'
import { millionths, scoreTerm } from './scores.ts'
import { decisionView, stratum } from './selection-shapes.ts'
import { day, estimate, id, instant, page, port, written } from './shapes.ts'

/** Why it must be selected. The link of an alert is `/alerts/<ref>`, of a watch entry and a rule their page in this slice. */
export const mandatoryReason = z.object({ kind: z.enum(['watch', 'alert', 'rule']), ref: z.string(), title: z.string() })
export const firedRule = z.object({
  rule: id,
  version: z.number().int(),
  title: z.string(),
  /** The conditions that fired: "loading ECGYE; weight gap flagged". */
  text: z.string(),
  weight: z.number().int(),
  mandatory: z.boolean(),
  precision: estimate.optional(),
})
export const signalLine = z.object({ signal: z.string(), detector: z.string(), title: z.string(), explanation: z.string() })

export const arrivalRow = z.object({
  arrival: id,
  container: z.string(),
  bill: z.string().optional(),
  port,
  day,
  eta: instant.optional(),
  vessel: z.string().optional(),
  imo: z.string().optional(),
  voyage: z.string().optional(),
  loading: z.string().optional(),
  onward: z.string().optional(),
  hs: z.string().optional(),
  goods: z.string().optional(),
  shipper: z.string().optional(),
  consignee: z.string().optional(),
  weight: z.number().optional(),
  /** Scorecard plus weights of the rules that fired. Absent while no version works for this desk and no rule fired. */
  score: millionths.optional(),
  /** The forest's share, 0 to 1, as second opinion. */
  second: z.number().optional(),
  mandatory: z.array(mandatoryReason),
  /** The three lines: the strongest of each. */
  why: z.object({ rule: firedRule.optional(), terms: z.array(scoreTerm).max(3), signal: signalLine.optional() }),
  rules: z.number().int(),
  signals: z.number().int(),
  selected: z.object({ selection: id, stratum, probability: z.number().optional() }).optional(),
  decision: decisionView.optional(),
  outcome: z.enum(['nothing', 'found', 'seal-broken', 'not-found-in-time', 'not-checked']).optional(),
})
export type ArrivalRow = z.infer<typeof arrivalRow>

export const portDay = z.object({
  port,
  day,
  arrivals: z.number().int(),
  mandatory: z.number().int(),
  vessels: z.array(z.object({ vessel: z.string(), voyage: z.string().optional(), eta: instant.optional(), arrivals: z.number().int() })),
  capacity: z.number().int().optional(),
  selection: z
    .object({
      selection: id,
      state: z.enum(['open', 'closed']),
      selected: z.number().int(),
      taken: z.number().int(),
      left: z.number().int(),
      rerouted: z.number().int(),
      undecided: z.number().int(),
    })
    .optional(),
})
export type PortDay = z.infer<typeof portDay>

/** Documents of which something could not be taken in, the last ones by name; each is tried again by itself. Absent where there is none. */
export const notTaken = z.object({
  count: z.number().int(),
  documents: z
    .array(z.object({ document: z.string(), containers: z.number().int(), since: instant, againAt: instant }))
    .max(10)
    .describe('`containers`: how many of those that the document names failed; 0 where it failed before they were known'),
})
export type NotTaken = z.infer<typeof notTaken>

export const listPortDays = {
  id: 'targeting.listPortDays',
  method: 'get',
  path: 'targeting/port-days',
  summary: 'Ports and days with arrivals for this desk: how many, capacity, how far the decisions are',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.port-days-listed',
  /** At most 62 days. */
  input: z.strictObject({ from: day, to: day, port: port.optional() }),
  ok: z.object({
    items: z.array(portDay),
    overdueOutcomes: z.number().int(),
    /** Containers of the last week of which no document says when they come. */
    notPlaced: z.number().int(),
    /** Of those, the ones of which a document states a time that cannot be read. Absent where there is none. */
    unreadable: z.number().int().optional(),
    notTaken: notTaken.optional(),
  }),
  errors: ['targeting.period'],
} as const

export const queueSort = z.enum(['score', 'eta'])
export const listQueue = {
  id: 'targeting.listQueue',
  method: 'get',
  path: 'targeting/queue',
  summary: 'Arrivals of one port and day, by page: mandatory first, then by score, or by arrival',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.queue-listed',
  input: z.strictObject({
    port,
    day,
    /** `selected`: proposed by the selection; `undecided`: of those, still open; `taken`, `left`, `rerouted`: decided so. */
    show: z.enum(['all', 'mandatory', 'selected', 'undecided', 'taken', 'left', 'rerouted']).default('all'),
    vessel: written(60).optional(),
    container: written(20).optional().describe('Beginning of a container number'),
    sort: queueSort.default('score'),
    ...page,
  }),
  ok: z.object({ items: z.array(arrivalRow), next: z.string().optional() }),
  errors: ['targeting.cursor'],
} as const

export const showArrival = {
  id: 'targeting.showArrival',
  method: 'get',
  path: 'targeting/arrivals/:arrival',
  summary: 'One arrival with everything that speaks for and against it',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.arrival-read',
  input: z.strictObject({ arrival: id }),
  ok: z.object({
    arrival: arrivalRow,
    /** The ten largest terms, rules among them; `others` sums up the rest, so that base, terms and others add up to the total exactly. */
    score: z
      .object({
        version: id.optional(),
        base: millionths,
        terms: z.array(scoreTerm).max(10),
        others: z.object({ count: z.number().int(), logOdds: millionths }),
        total: millionths,
      })
      .optional(),
    rules: z.array(firedRule),
    /** Rules that could not say: what they needed is missing. */
    unknownRules: z.array(z.object({ rule: id, version: z.number().int(), title: z.string() })),
    signals: z.array(signalLine),
    watchHits: z.array(
      z.object({ watch: id, title: z.string(), field: z.string(), value: z.string(), strength: z.number(), term: z.string() }),
    ),
    decisions: z.array(decisionView).describe('Every decision, the latest first'),
  }),
  errors: [],
} as const
export type ArrivalView = z.infer<(typeof showArrival)['ok']>
