/**
 * A slice declared as data. No side effects on import; `assemble.ts` collects the slices listed in `src/app/modules.ts`,
 * `check-modules.ts` refuses to start on any hole (a route without permission, an unused audit event, a measure nobody tells …).
 */
import type { z } from 'zod'
import type { CaseKey } from '#kernel/match-key/case-keys.ts'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { Realm, Role, SessionFacts } from '#platform/access/session-facts.ts'
import type { OpenRoute, Route } from '#platform/http/route.ts'
import type { IncomingMessage } from '#platform/link/message.ts'
import type { Migration, Tx } from '#platform/store/database.ts'
import type { NodeServices } from './services.ts'

/** One permission: what it lets a person do, and the roles and realms that the shipped Cedar policy grants it to. */
export interface Permission {
  readonly meaning: string
  readonly roles: readonly Role[]
  readonly realms: readonly Realm[]
}

/** A message type this node understands. `receive` runs in the inbox transaction: it and the receipt commit together or not at all. */
export interface MessageType<Data = unknown> {
  readonly type: string
  readonly schema: z.ZodType<Data>
  readonly receive: (message: IncomingMessage, data: Data, context: WorkContext) => Promise<void>
}

/** Types `receive` by its schema. */
export function messageType<Data>(definition: MessageType<Data>): MessageType {
  return definition as MessageType
}

export interface WorkContext {
  readonly tx: Tx
  readonly services: NodeServices
}

export interface Job {
  /** `cargo.read-document` */
  readonly name: string
  readonly meaning: string
  /** Cron text in UTC, for jobs that run by schedule; others run when enqueued. */
  readonly schedule?: string
  /** Runs also soon after each run of these jobs, of any slice, that ended well; with the schedule behind it, should the node die in between. */
  readonly after?: readonly string[]
  /** Seconds a run may take before it counts as failed and is retried. */
  readonly timeoutSeconds: number
  readonly retries: number
  /** Opens its own transactions: a long job must not hold one. At-least-once: must be safe to run again. */
  readonly run: (data: Readonly<Record<string, unknown>>, services: NodeServices) => Promise<void>
}

/** What the slice does when the procedure machine asks for an effect of one of its procedures. Runs inside the transition's transaction. */
export interface ProcedureBinding {
  readonly definition: ProcedureDef
  readonly effects: Readonly<Record<string, (effect: ProcedureEffectCall, context: WorkContext) => Promise<void>>>
}

export interface ProcedureEffectCall {
  /** The notice or message name of the effect as the definition writes it. */
  readonly name: string
  /** Authority on this node that holds the case, and the role of its side. */
  readonly authority: string
  readonly role: string
  /** The step was taken on another node and is only noted here: nothing may be reported back. */
  readonly mirrored: boolean
  readonly caseId: string
  /** What the case is about, for example the alert id. */
  readonly subject: string
  readonly party: string
  readonly transition: string
  readonly from: string
  readonly to: string
  /** Null when the system moved it (a clock ran out, a message came). */
  readonly actor: {
    readonly officer: string
    readonly officerName: string
    readonly desk: string
  } | null
  readonly at: Date
  readonly fields: Readonly<Record<string, unknown>>
}

/** Something a slice holds that shares a key with a case. */
export interface CrossLink {
  readonly kind: string
  readonly label: string
  readonly at: Date
  /** Where it is shown, as a path of the web application. */
  readonly link: string
  /** Those of the asked keys that it has. */
  readonly keys: readonly CaseKey[]
}

/**
 * What a slice holds under the keys of a case. Runs in the transaction of the officer who looks, so that row-level security decides what there is;
 * it must ask the store for no more than it shows.
 */
export type CrossCheck = (
  keys: readonly CaseKey[],
  viewer: { readonly tx: Tx; readonly facts: SessionFacts },
) => Promise<readonly CrossLink[]>

/** What became of a piece of information that a desk holds, by the word of its originator or by its last day. */
export interface ItemChange {
  readonly org: string
  readonly desk: string
  readonly item: string
  /** `marked`: its handling is another now; `gone`: recalled or expired, or this attachment of it was recalled. */
  readonly change: 'marked' | 'gone'
  /** Absent: the whole. */
  readonly attachment?: string
}

/** Told to slices that took something out of information into their own tables, in the transaction in which the change takes effect. */
export type ItemFollower = (change: ItemChange, work: WorkContext) => Promise<void>

export interface RetentionRule {
  /** Schema-qualified table. */
  readonly table: string
  readonly category: string
  /** ISO 8601 durations from `from`. */
  readonly review: string
  readonly erase: string
  readonly from: string
  readonly basis: string
}

export interface ModuleDefinition {
  readonly id: string
  readonly title: string
  /** Measures 1–21 of the Hamburg Declaration this slice serves. */
  readonly measures: readonly number[]
  readonly permissions: Readonly<Record<string, Permission>>
  readonly auditEvents: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  readonly migrations: readonly Migration[]
  readonly routes: readonly (Route | OpenRoute)[]
  readonly messages: readonly MessageType[]
  readonly procedures: readonly ProcedureBinding[]
  readonly detectors: readonly {
    readonly id: string
    readonly version: string
    readonly title: string
    readonly knownLimits: string
  }[]
  readonly jobs: readonly Job[]
  readonly retention: readonly RetentionRule[]
  /** Records of the slice that an incoming request is compared with. */
  readonly crossChecks: readonly CrossCheck[]
  /** What the slice does when information it took something from is recalled, marked anew or over. */
  readonly itemFollowers: readonly ItemFollower[]
  /** Which story test tells which measure: `{ 1: 'test/stories/measure-01-suspicious-cargo.story.test.ts' }`. */
  readonly stories: Readonly<Record<number, string>>
  /** Synthetic data for the demonstration, run once per fresh demo node. */
  readonly seed?: (services: NodeServices) => Promise<void>
}

const EMPTY = {
  permissions: {},
  auditEvents: {},
  errors: {},
  migrations: [],
  routes: [],
  messages: [],
  procedures: [],
  detectors: [],
  jobs: [],
  retention: [],
  crossChecks: [],
  itemFollowers: [],
  stories: {},
} as const

/** Fills what a slice does not have; the shape is checked when the node is assembled, not here. */
export function defineModule(
  definition: Pick<ModuleDefinition, 'id' | 'title' | 'measures'> & Partial<ModuleDefinition>,
): ModuleDefinition {
  return { ...EMPTY, ...definition }
}
