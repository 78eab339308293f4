/**
 * Scores learned on the desk's own controlled outcomes: an additive scorecard whose terms add up to the score, a forest beside it as second opinion.
 * They speak of consignments; no attribute is of a person. A version learns, a supervisor puts it to work, and nothing happens by itself.
 */
import { z } from 'zod'
import { LACKS, type Lack } from '#kernel/risk/scorecard-learn.ts'
import { act, estimate, id, instant, key, month } from './shapes.ts'

/** Scores are whole millionths of log-odds: that is why base, terms and the rest add up to the score exactly. */
export const millionths = z.number().int()

export const scoreTerm = z.object({
  /** `learned` from outcomes, or a `rule` that fired with its weight: `value` is then its title. */
  kind: z.enum(['learned', 'rule']),
  /** `hs4` or `hs4 × loading`. */
  attribute: z.string(),
  value: z.string(),
  /** Controlled consignments with this value, and those where something was found. */
  n: z.number().int(),
  hits: z.number().int(),
  logOdds: millionths,
})
export type ScoreTerm = z.infer<typeof scoreTerm>

/** Why there is not enough to learn from: too few controlled, nothing or everything found, only the last three months, too few in them. */
export const scoreLack = z.enum(LACKS)
export type ScoreLack = Lack

export const scoreState = z.enum(['waiting', 'learning', 'learned', 'not-enough', 'failed', 'active', 'replaced'])
export const scoreRow = z.object({
  version: id,
  state: scoreState,
  asked: act,
  progress: z.number(),
  finishedAt: instant.optional(),
  outcomes: z.number().int(),
  found: z.number().int(),
  /** Attributes of the chosen terms. */
  attributes: z.array(z.string()),
  /** Share found among the highest 5 % and 10 % of the later period it was not learned on. */
  precisionAt5: z.number().optional(),
  precisionAt10: z.number().optional(),
  activated: act.optional(),
  lacks: scoreLack.optional(),
  failure: z.string().optional(),
})
export type ScoreRow = z.infer<typeof scoreRow>

export const listScores = {
  id: 'targeting.listScores',
  method: 'get',
  path: 'targeting/scores',
  summary: 'Versions of the score of this desk, and whether there is enough to learn from',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.scores-listed',
  input: z.strictObject({}),
  ok: z.object({
    items: z.array(scoreRow),
    controlled: z.number().int(),
    found: z.number().int(),
    needed: z.number().int(),
    /** Absent: there is enough. As learning itself decides. */
    lacks: scoreLack.optional(),
  }),
  errors: [],
} as const

export const learnScore = {
  id: 'targeting.learnScore',
  method: 'post',
  path: 'targeting/scores',
  summary: 'Learn a new version from the controlled outcomes of this desk, in the background',
  permission: 'targeting.supervise',
  purposeRequired: true,
  audit: 'targeting.score-learning-started',
  input: z.strictObject({ key }),
  ok: z.object({ version: id }),
  errors: ['targeting.score-busy'],
} as const

export const showScore = {
  id: 'targeting.showScore',
  method: 'get',
  path: 'targeting/scores/:version',
  summary: 'One version: base rate, tables, calibration, drift, how often both opinions differ',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.score-read',
  input: z.strictObject({ version: id }),
  ok: z.object({
    score: scoreRow,
    baseRate: z.number().optional(),
    base: millionths.optional(),
    /** The strongest values of each term, at most 20 a term. */
    tables: z.array(z.object({ attribute: z.string(), m: z.number(), values: z.number().int(), strongest: z.array(scoreTerm) })),
    calibration: z.array(
      z.object({ low: z.number(), high: z.number(), n: z.number().int(), expected: z.number(), found: estimate.optional() }),
    ),
    /** Population stability index: under .10 steady, .10 to .25 shifted, above .25 learn anew. */
    drift: z.array(z.object({ attribute: z.string(), month, index: z.number(), reading: z.enum(['steady', 'shifted', 'learn-anew']) })),
    /** Of the highest 10 % by the scorecard, the share that the forest also has among its highest 10 %. */
    agreement: z.number().optional(),
  }),
  errors: [],
} as const
export type ScoreView = z.infer<(typeof showScore)['ok']>

export const activateScore = {
  id: 'targeting.activateScore',
  method: 'post',
  path: 'targeting/scores/:version/activations',
  summary: 'Put a learned version to work for this desk; arrivals ahead are scored anew',
  permission: 'targeting.supervise',
  purposeRequired: true,
  audit: 'targeting.score-activated',
  input: z.strictObject({ version: id }),
  ok: z.object({ version: id }),
  errors: ['targeting.score-state'],
} as const
