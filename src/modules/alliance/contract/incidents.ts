/** Incident reports of partners, and what they changed: the desk that got a report answers it. */
import { z } from 'zod'
import { cursor, key, rightName } from './shapes.ts'

export const incidentKinds = ['access', 'seal', 'intrusion', 'system', 'staff-approached', 'wrong-collection', 'other'] as const
export const incidentStates = ['reported', 'acknowledged', 'closed'] as const

export const incidentView = z.object({
  incident: z.string(),
  kind: z.enum(incidentKinds),
  port: z.string(),
  container: z.string().optional(),
  happenedAt: z.iso.datetime(),
  reportedAt: z.iso.datetime(),
  reportedBy: z.object({ desk: z.string(), name: z.string() }),
  state: z.enum(incidentStates),
  text: z.string(),
  /** What the report changed, in the words of the desk; newest last. */
  answers: z.array(z.object({ at: z.iso.datetime(), text: z.string() })),
  version: z.number().int(),
})
export type IncidentView = z.infer<typeof incidentView>

export const reportIncident = {
  id: 'alliance.reportIncident',
  method: 'post',
  path: 'alliance/incidents',
  summary: 'Report an incident to the customs desk of the port, after the warning about legal privilege',
  permission: 'alliance.report-incidents',
  purposeRequired: true,
  audit: 'alliance.incident-reported',
  input: z.strictObject({
    kind: z.enum(incidentKinds),
    port: rightName.port,
    container: rightName.container.optional(),
    happenedAt: z.iso.datetime({ offset: true }),
    text: z.string().min(10).max(8000),
    /** The reporter was warned: what is written here may be evidence; what was told to a lawyer does not belong here. */
    privilegeWarningRead: z.literal(true),
    key,
  }),
  ok: z.object({ incident: z.string() }),
  errors: ['alliance.not-vetted', 'alliance.port', 'alliance.name', 'alliance.time', 'audit.backlog'],
} as const

export const listIncidents = {
  id: 'alliance.listIncidents',
  method: 'get',
  path: 'alliance/incidents',
  summary: 'Incidents this partner reported, or this desk got, newest first',
  permission: 'alliance.read-incidents',
  purposeRequired: true,
  audit: 'alliance.incidents-listed',
  input: z.strictObject({
    state: z.enum(incidentStates).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  }),
  ok: z.object({ items: z.array(incidentView.omit({ text: true, answers: true })), next: z.string().optional() }),
  errors: ['alliance.cursor'],
} as const

export const showIncident = {
  id: 'alliance.showIncident',
  method: 'get',
  path: 'alliance/incidents/:incident',
  summary: 'One incident with the answers to it',
  permission: 'alliance.read-incidents',
  purposeRequired: true,
  audit: 'alliance.incident-read',
  input: z.strictObject({ incident: z.string().max(60) }),
  ok: incidentView,
  errors: [],
} as const

export const answerIncident = {
  id: 'alliance.answerIncident',
  method: 'post',
  path: 'alliance/incidents/:incident/answers',
  summary: 'Acknowledge, or tell the partner what its report changed, and close',
  permission: 'alliance.answer-incidents',
  purposeRequired: true,
  audit: 'alliance.incident-answered',
  input: z.strictObject({ incident: z.string().max(60), text: z.string().min(3).max(2000), close: z.boolean(), version: z.number().int() }),
  ok: z.object({ state: z.enum(incidentStates), version: z.number().int() }),
  errors: ['alliance.conflict', 'audit.backlog'],
} as const
