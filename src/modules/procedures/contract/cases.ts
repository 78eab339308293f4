/**
 * Wire shapes and routes of cases that run by their data alone: the catalogue, opening, the case as its desk may see it, drafts and steps.
 * Invariant: a value is on the wire only for a role in the audience of its field; whoever may not see a case gets the answer of a case that does not exist.
 */
import { z } from 'zod'

export const legalRef = z.object({
  celex: z.string().optional(),
  act: z.string(),
  art: z.string(),
  mark: z.enum(['V', 'M', 'D']).describe('V read in the text, M from memory and not verified, D policy'),
})

export const clockView = z.object({
  /** `answer`, and `answer#2` when it was started again. */
  id: z.string(),
  label: z.string(),
  safe: z.iso.datetime().describe('Due: what escalation and statistics use'),
  legalLatest: z.iso.datetime().describe('The end the law allows'),
  state: z.enum(['running', 'suspended', 'met', 'missed', 'stopped']),
  isLive: z.boolean().describe('Runs on, or is overdue: not stopped'),
  kind: z.enum(['law', 'policy']),
  basis: legalRef,
  explain: z.string(),
})
export type CaseClock = z.infer<typeof clockView>

const partyView = z.object({
  role: z.string(),
  desk: z.string(),
  name: z.string(),
  country: z.string(),
  kind: z.string(),
  realm: z.string(),
  isOwn: z.boolean(),
  hasCase: z.boolean().describe('The case was sent to it'),
})

export const listProcedures = {
  id: 'procedures.listProcedures',
  method: 'get',
  path: 'procedures',
  summary: 'The procedures of this node in their present wording, and which this desk may open',
  permission: 'procedures.read-catalogue',
  purposeRequired: false,
  audit: 'procedures.catalogue-read',
  input: z.strictObject({}),
  ok: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        version: z.string(),
        realm: z.string(),
        measures: z.array(z.number()),
        basis: z.array(legalRef),
        mayOpen: z.boolean(),
        /** How many clocks, guards and grounds rest on a text that was not read. */
        notVerified: z.number(),
      }),
    ),
  }),
  errors: [],
} as const

export const showProcedure = {
  id: 'procedures.showProcedure',
  method: 'get',
  path: 'procedures/:procedure',
  summary: 'One procedure as data, in its present wording or in a version that a case runs on',
  permission: 'procedures.read-catalogue',
  purposeRequired: false,
  audit: 'procedures.catalogue-read',
  input: z.strictObject({ procedure: z.string().max(60), version: z.string().max(20).optional() }),
  ok: z.object({
    definition: z.record(z.string(), z.unknown()).describe('The definition, as its file states it: ProcedureDef of the kernel'),
    versions: z.array(z.string()),
  }),
  errors: [],
} as const

export const findParties = {
  id: 'procedures.findParties',
  method: 'get',
  path: 'procedures/:procedure/parties',
  summary: 'Desks of the directory that may fill a role of a procedure',
  permission: 'procedures.open-case',
  purposeRequired: true,
  audit: 'procedures.parties-searched',
  input: z.strictObject({ procedure: z.string().max(60), role: z.string().max(60), text: z.string().max(80).default('') }),
  ok: z.object({
    items: z.array(z.object({ desk: z.string(), name: z.string(), authority: z.string(), country: z.string() })),
    hasMore: z.boolean(),
  }),
  errors: [],
} as const

const parties = z.record(z.string().max(60), z.array(z.string().max(120)).max(50))
const fields = z.record(z.string().max(60), z.unknown())
const key = z.string().min(8).max(60)

export const openCase = {
  id: 'procedures.openCase',
  method: 'post',
  path: 'cases',
  summary: 'Open a case of a procedure, as a draft of this desk; nobody else learns of it yet',
  permission: 'procedures.open-case',
  purposeRequired: true,
  audit: 'procedures.case-opened',
  input: z.strictObject({
    procedure: z.string().max(60),
    parties: parties.describe('Desks by role; the own desk fills the role that opens'),
    parent: z.string().max(60).optional().describe('Case it follows from'),
    values: fields.default({}).describe('Values to begin the first form with'),
    key,
  }),
  ok: z.object({ case: z.string(), version: z.number() }),
  errors: ['procedures.party', 'procedures.refused', 'procedures.fields', 'audit.backlog'],
} as const

export const setParties = {
  id: 'procedures.setParties',
  method: 'post',
  path: 'cases/:case/parties',
  summary: 'Name the desks of a role while the case is a draft of this desk alone; afterwards only a step can',
  permission: 'procedures.open-case',
  purposeRequired: true,
  audit: 'procedures.parties-set',
  input: z.strictObject({ case: z.string().max(60), role: z.string().max(60), desks: z.array(z.string().max(120)).max(50) }),
  ok: z.object({ parties: z.array(partyView) }),
  errors: ['procedures.party', 'procedures.refused'],
} as const

export const stepOffer = z.object({
  id: z.string(),
  title: z.string(),
  official: z.string().optional().describe('Name of the step in the official process model'),
  hasForm: z.boolean(),
  irreversible: z.boolean(),
  /** Why it cannot be taken now; absent when it can, as far as the form allows. */
  barred: z.object({ because: z.string(), basis: legalRef }).optional(),
  warnings: z.array(z.object({ because: z.string(), basis: legalRef })),
})

export const historyEntry = z.object({
  id: z.string(),
  transition: z.string(),
  title: z.string(),
  from: z.string(),
  to: z.string(),
  at: z.iso.datetime(),
  role: z.string().optional(),
  by: z.string().describe('The officer for steps taken on this node, the desk for steps of another'),
  fields: z.record(z.string(), z.unknown()),
  overtaken: z.boolean().describe('It crossed with a step of another party and has no effect'),
})

export const caseView = z.object({
  case: z.string(),
  reference: z.string().describe('The same on every node of the case'),
  procedure: z.string(),
  procedureVersion: z.string(),
  title: z.string(),
  label: z.string(),
  role: z.string(),
  state: z.string(),
  stateTitle: z.string(),
  isOpen: z.boolean(),
  ownTurn: z.boolean(),
  version: z.number(),
  openedAt: z.iso.datetime(),
  parties: z.array(partyView),
  values: z.record(z.string(), z.unknown()),
  purged: z.array(z.string()),
  clocks: z.array(clockView),
  steps: z.array(stepOffer),
  history: z.array(historyEntry),
  parent: z.object({ case: z.string(), label: z.string(), link: z.string().describe('Page that shows it') }).optional(),
  children: z.array(z.object({ case: z.string(), procedure: z.string(), label: z.string(), state: z.string() })),
})
export type CaseOnScreen = z.infer<typeof caseView>

export const showCase = {
  id: 'procedures.showCase',
  method: 'get',
  path: 'cases/:case',
  summary: 'One case as this desk may see it: state, clocks, parties, values, steps open to it, history',
  permission: 'procedures.read-case',
  purposeRequired: true,
  audit: 'procedures.case-read',
  input: z.strictObject({ case: z.string().max(60) }),
  ok: caseView,
  errors: [],
} as const

const problems = z.array(z.object({ code: z.string(), at: z.string(), message: z.string() }))

export const showDraft = {
  id: 'procedures.showDraft',
  method: 'get',
  path: 'cases/:case/drafts/:transition',
  summary: 'The draft of a step: what was typed so far, over what the case holds already',
  permission: 'procedures.read-case',
  purposeRequired: true,
  audit: 'procedures.draft-read',
  input: z.strictObject({ case: z.string().max(60), transition: z.string().max(60) }),
  ok: z.object({ fields, revision: z.number(), savedAt: z.iso.datetime().optional(), savedBy: z.string().optional(), problems }),
  errors: [],
} as const

export const saveDraft = {
  id: 'procedures.saveDraft',
  method: 'post',
  path: 'cases/:case/drafts/:transition',
  summary: 'Keep what was typed for a step, as it is; answers what is still wrong with it. Only this desk sees it',
  permission: 'procedures.take-step',
  purposeRequired: true,
  audit: 'procedures.draft-saved',
  input: z.strictObject({
    case: z.string().max(60),
    transition: z.string().max(60),
    fields,
    revision: z.number().int().describe('Of the draft that was read; another person may have typed meanwhile'),
  }),
  ok: z.object({ revision: z.number(), savedAt: z.iso.datetime(), problems }),
  errors: ['procedures.conflict', 'procedures.draft-size'],
} as const

export const takeStep = {
  id: 'procedures.takeStep',
  method: 'post',
  path: 'cases/:case/steps',
  summary: 'Take a step of a case; every guard is decided again here, and the other parties are told in the same transaction',
  permission: 'procedures.take-step',
  purposeRequired: true,
  audit: 'procedures.case-moved',
  input: z.strictObject({
    case: z.string().max(60),
    transition: z.string().max(60),
    fields: fields.default({}),
    version: z.number().int().describe('Of the case that the person saw'),
    key,
  }),
  ok: z.object({ state: z.string(), version: z.number() }),
  errors: ['procedures.refused', 'procedures.conflict', 'procedures.fields', 'procedures.party', 'audit.backlog'],
} as const

export const whatIf = {
  id: 'procedures.whatIf',
  method: 'get',
  path: 'cases/:case/what-if',
  summary: 'When a clock of the case would be due if it were suspended from now for some hours',
  permission: 'procedures.read-case',
  purposeRequired: true,
  audit: 'procedures.case-read',
  input: z.strictObject({
    case: z.string().max(60),
    clock: z.string().max(60),
    suspendedHours: z.coerce.number().min(0).max(10_000),
  }),
  ok: z.object({ now: clockView, assumed: clockView }),
  errors: [],
} as const
