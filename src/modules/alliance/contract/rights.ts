/**
 * Routes of partners to the release-right ledger. A partner sees its own link and nothing beside it: who gave it the right, to whom it passed it.
 * Invariants: no route gives a code that opens a gate; whoever has no link learns the same as if there were no container.
 */
import { z } from 'zod'
import { accepted, cursor, key, partnerKind, partyView, rightId, rightName } from './shapes.ts'

export const linkStates = ['held', 'passed', 'ordered', 'pre-notified', 'gate-matched', 'collected', 'revoked'] as const
export const linkStep = z.enum(['transfer', 'order', 'pre-notify', 'release', 'revoke', 'match-gate', 'gate-out'])

/** The link of one partner. `line` gave the right, `terminal` keeps the box, `forwarder` holds or held it, `haulier` was ordered. */
export const linkView = z.object({
  right: rightId,
  container: z.string(),
  voyage: z.string(),
  port: z.string(),
  as: partnerKind,
  state: z.enum(linkStates),
  /** Who gave it to this partner; absent for the line and the terminal. */
  from: partyView.optional(),
  givenAt: z.iso.datetime().optional(),
  /** To whom this partner passed it. */
  to: partyView.optional(),
  passedAt: z.iso.datetime().optional(),
  /** The box can be collected now: told to terminal, holder and ordered haulier only. It does not say what is missing. */
  ready: z.boolean().optional(),
  plannedAt: z.iso.datetime().optional(),
  /** What this partner may do next. */
  open: z.array(linkStep),
})
export type LinkView = z.infer<typeof linkView>

export const listRights = {
  id: 'alliance.listRights',
  method: 'get',
  path: 'alliance/rights',
  summary: 'The own links in chains of release rights, newest first',
  permission: 'alliance.use-rights',
  purposeRequired: true,
  audit: 'alliance.rights-listed',
  input: z.strictObject({
    open: z.enum(['yes', 'no', 'all']).default('all'),
    container: z.string().max(20).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  }),
  ok: z.object({ items: z.array(linkView.omit({ ready: true })), next: z.string().optional() }),
  errors: ['alliance.not-vetted', 'alliance.cursor'],
} as const

export const showRight = {
  id: 'alliance.showRight',
  method: 'get',
  path: 'alliance/right',
  summary: 'The own link of one container and voyage; reading it is an event of its ledger',
  permission: 'alliance.use-rights',
  purposeRequired: true,
  audit: 'alliance.right-read',
  input: z.strictObject(rightName),
  ok: linkView,
  errors: ['alliance.not-vetted', 'alliance.port', 'alliance.name', 'alliance.chain-broken'],
} as const

const act = { method: 'post', permission: 'alliance.use-rights', purposeRequired: true, ok: accepted } as const
const actErrors = [
  'alliance.not-vetted',
  'alliance.refused',
  'alliance.port',
  'alliance.name',
  'alliance.time',
  'alliance.conflict',
  'alliance.chain-broken',
  'audit.backlog',
] as const

export const releaseRight = {
  ...act,
  id: 'alliance.releaseRight',
  path: 'alliance/rights/releases',
  summary: 'The line releases a container to one party',
  audit: 'alliance.right-released',
  input: z.strictObject({ ...rightName, to: z.string().max(120), key }),
  errors: actErrors,
} as const

export const transferRight = {
  ...act,
  id: 'alliance.transferRight',
  path: 'alliance/rights/transfers',
  summary: 'The holder passes the right to exactly one next party',
  audit: 'alliance.right-transferred',
  input: z.strictObject({ ...rightName, to: z.string().max(120), key }),
  errors: actErrors,
} as const

export const orderTransport = {
  ...act,
  id: 'alliance.orderTransport',
  path: 'alliance/rights/orders',
  summary: 'The holder orders the transport from one haulier',
  audit: 'alliance.transport-ordered',
  input: z.strictObject({ ...rightName, haulier: z.string().max(120), key }),
  errors: actErrors,
} as const

export const preNotify = {
  ...act,
  id: 'alliance.preNotify',
  path: 'alliance/rights/pre-notifications',
  summary: 'The ordered haulier announces vehicle and driver; both are kept as salted hashes of this voyage only',
  audit: 'alliance.pre-notified',
  input: z.strictObject({
    ...rightName,
    /** Registration of the vehicle. */
    vehicle: z.string().min(2).max(20),
    /** Number of the terminal access document of the driver. */
    driver: z.string().min(2).max(40),
    plannedAt: z.iso.datetime({ offset: true }),
    key,
  }),
  errors: actErrors,
} as const

export const matchGate = {
  id: 'alliance.matchGate',
  method: 'post',
  path: 'alliance/rights/gate-matches',
  summary: 'The terminal asks at the gate whether this vehicle and driver may collect this box: yes or no, and for whom',
  permission: 'alliance.use-rights',
  purposeRequired: true,
  audit: 'alliance.gate-asked',
  input: z.strictObject({ ...rightName, vehicle: z.string().min(2).max(20), driver: z.string().min(2).max(40), key }),
  /** `holder` comes with a yes alone: who stands at the gate for nothing learns no name. */
  ok: z.object({ yes: z.boolean(), holder: partyView.optional() }),
  errors: ['alliance.not-vetted', 'alliance.port', 'alliance.name', 'alliance.conflict', 'alliance.chain-broken', 'audit.backlog'],
} as const

export const reportMove = {
  ...act,
  id: 'alliance.reportMove',
  path: 'alliance/rights/moves',
  summary: 'The terminal reports that the box was discharged, moved in the yard or went out of the gate',
  audit: 'alliance.move-reported',
  input: z.strictObject({
    ...rightName,
    move: z.enum(['discharged', 'moved', 'gated-out']),
    /** With a discharge: the line whose box it is, if the discharge list names it. Then no other line can release it. */
    line: z.string().max(120).optional(),
    at: z.iso.datetime({ offset: true }),
    key,
  }),
  errors: actErrors,
} as const

export const revokeByLine = {
  ...act,
  id: 'alliance.revokeByLine',
  path: 'alliance/rights/revocations',
  summary: 'The line that released takes the right back',
  audit: 'alliance.right-revoked',
  input: z.strictObject({ ...rightName, key }),
  errors: actErrors,
} as const

export const findParties = {
  id: 'alliance.findParties',
  method: 'get',
  path: 'alliance/parties',
  summary: 'Vetted forwarders or hauliers by the beginning of a word of their name, to pass a right to',
  permission: 'alliance.use-rights',
  purposeRequired: true,
  audit: 'alliance.parties-searched',
  input: z.strictObject({ kind: z.enum(['forwarder', 'haulier']), name: z.string().min(3).max(80) }),
  ok: z.object({ items: z.array(partyView), more: z.boolean() }),
  errors: ['alliance.not-vetted'],
} as const
