/** The isomorphic door of the slice: sign-in, sign-out, who am I, and the choice of desk and purpose. */
import { z } from 'zod'

export const purposeChoice = z.object({ id: z.string(), title: z.string(), basis: z.string(), mark: z.enum(['V', 'M', 'D']) })

export const whoAmIAnswer = z.object({
  officer: z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()) }),
  node: z.string(),
  desk: z.object({ id: z.string(), name: z.string(), authority: z.string(), country: z.string(), realm: z.string() }),
  /** Desks the officer may act for. */
  desks: z.array(z.object({ id: z.string(), name: z.string() })),
  purpose: z.string().nullable(),
  caseId: z.string().nullable(),
  /** Purposes this desk may state. */
  purposes: z.array(purposeChoice),
  /** Permissions that open a navigation entry; the server decides again at every request. */
  permissions: z.array(z.string()),
  demonstration: z.boolean(),
})
export type WhoAmI = z.infer<typeof whoAmIAnswer>

export const signIn = {
  id: 'identity.signIn',
  method: 'post',
  path: 'sessions',
  summary: 'Sign in with account and password',
  permission: 'public',
  purposeRequired: false,
  audit: 'identity.signed-in',
  input: z.strictObject({ account: z.string().min(1).max(80), password: z.string().min(1).max(200) }),
  ok: z.object({ signedIn: z.literal(true) }),
  errors: ['identity.wrong', 'rate-limited'],
} as const

export const signOut = {
  id: 'identity.signOut',
  method: 'post',
  path: 'session-ends',
  summary: 'End the session',
  permission: 'public',
  purposeRequired: false,
  audit: 'identity.signed-out',
  input: z.strictObject({}),
  ok: z.object({ signedOut: z.literal(true) }),
  errors: [],
} as const

export const whoAmI = {
  id: 'identity.whoAmI',
  method: 'get',
  path: 'sessions/current',
  summary: 'Officer, desk, purposes to choose and permissions of this session',
  permission: 'identity.use-session',
  purposeRequired: false,
  audit: 'identity.session-read',
  input: z.strictObject({}),
  ok: whoAmIAnswer,
  errors: [],
} as const

export const chooseFacts = {
  id: 'identity.chooseFacts',
  method: 'post',
  path: 'session-facts',
  summary: 'Choose desk, purpose and case of the session',
  permission: 'identity.use-session',
  purposeRequired: false,
  audit: 'identity.facts-chosen',
  input: z.strictObject({
    desk: z.string().min(1).max(120),
    purpose: z.string().min(1).max(80),
    caseId: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.:_-]{0,59}$/)
      .optional(),
  }),
  ok: whoAmIAnswer,
  errors: ['identity.choice'],
} as const

export const permissions = {
  'identity.use-session': {
    meaning: 'Use the own session: see who one is, choose desk and purpose',
    roles: ['officer', 'supervisor', 'partner', 'data-protection', 'operator'],
    realms: [
      'law-enforcement',
      'customs',
      'judicial',
      'prison',
      'administrative',
      'financial-intelligence',
      'ministry',
      'partner',
      'oversight',
    ],
  },
} as const

export const auditEvents = {
  'identity.signed-in': 'Somebody signed in, or tried to',
  'identity.signed-out': 'Somebody signed out',
  'identity.officer-added': 'An officer was added by whoever administers the node',
  'identity.session-read': 'The own session was read',
  'identity.facts-chosen': 'Desk, purpose and case of a session were chosen',
} as const

export const errors = {
  'identity.wrong': 'Account or password is wrong',
  'identity.choice': 'The desk or the purpose is not open to this officer',
} as const
