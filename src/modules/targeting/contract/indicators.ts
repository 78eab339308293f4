/** Settings of the indicators for the own desk: on or off, and their parameters. Changed by two officers, like a rule; every change is kept. */
import { z } from 'zod'
import { act, id, key, reason, text, written } from './shapes.ts'

export const indicatorParameter = z.object({ name: z.string(), value: z.number(), default: z.number() })
export const indicatorProposal = z.object({
  proposal: id,
  indicator: z.string(),
  enabled: z.boolean(),
  parameters: z.record(z.string(), z.number()),
  reason: z.string(),
  proposed: act,
  state: z.enum(['waiting', 'released', 'returned']),
  decided: act.extend({ note: z.string() }).optional(),
  mayDecide: z.boolean(),
})
export const indicatorView = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  legalBasis: z.string(),
  knownLimits: z.string(),
  innocentAlternatives: z.array(z.string()),
  enabled: z.boolean(),
  parameters: z.array(indicatorParameter),
  /** Signals of it on arrivals ahead of this desk. */
  signals: z.number().int(),
  waiting: indicatorProposal.optional(),
  lastChange: indicatorProposal.optional(),
})
export type IndicatorView = z.infer<typeof indicatorView>

export const listIndicators = {
  id: 'targeting.listIndicators',
  method: 'get',
  path: 'targeting/indicators',
  summary: 'Indicators with the settings of this desk and what waits for a second officer',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.indicators-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(indicatorView) }),
  errors: [],
} as const

export const proposeIndicator = {
  id: 'targeting.proposeIndicator',
  method: 'post',
  path: 'targeting/indicators/:indicator/proposals',
  summary: 'Propose another setting of one indicator for this desk',
  permission: 'targeting.write-rules',
  purposeRequired: true,
  audit: 'targeting.indicator-proposed',
  input: z.strictObject({
    indicator: text(1, 60),
    enabled: z.boolean(),
    parameters: z.record(written(60), z.number()).default({}),
    reason,
    key,
  }),
  ok: z.object({ proposal: id }),
  errors: ['targeting.indicator-parameters', 'targeting.indicator-waiting'],
} as const

export const decideIndicator = {
  id: 'targeting.decideIndicator',
  method: 'post',
  path: 'targeting/indicators/:indicator/decisions',
  summary: 'Release or send back a proposed setting; never by who proposed it',
  permission: 'targeting.release-rules',
  purposeRequired: true,
  audit: 'targeting.indicator-decided',
  input: z.strictObject({
    indicator: text(1, 60),
    proposal: id,
    decision: z.enum(['release', 'return']),
    note: written(500).default(''),
  }),
  ok: z.object({ proposal: id, state: z.enum(['released', 'returned']) }),
  errors: ['targeting.four-eyes', 'targeting.indicator-state'],
} as const
