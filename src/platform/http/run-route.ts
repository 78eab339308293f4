/**
 * The life of one request after its route was found: session, limits, input, purpose, decision, transaction, handler, answer, log.
 * Invariants: what is read is logged before it leaves; a refusal is logged with its true reason while the person learns one of few answers;
 * a route the person may not use answers exactly as one that does not exist.
 */
import type { Context } from 'hono'
import type { AccessDoor } from '#platform/access/cedar.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { AuditEntry, AuditSubject } from '#platform/audit/audit-event.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { isDeadlock } from '#platform/store/deadlock.ts'
import { AppError, notFound } from './app-error.ts'
import type { CaseContext } from './case-context.ts'
import { readInput } from './request-input.ts'
import type { Route } from './route.ts'
import { unstorableText } from './unstorable-text.ts'

export interface RunWorld {
  readonly services: NodeServices
  readonly access: AccessDoor
}

/** Where one ends by a deadlock, which rolls all of it back. */
const MOST_ATTEMPTS = 3

/** Facts and the reason travel with the error to the edge, which logs the refusal. */
class Refusal extends Error {
  readonly shown: AppError
  readonly reason: string
  constructor(shown: AppError, reason: string) {
    super(reason)
    this.shown = shown
    this.reason = reason
  }
}

export async function runRoute(
  route: Route,
  request: Context,
  world: RunWorld & { readonly facts: SessionFacts; readonly sessionToken: string },
): Promise<unknown> {
  const { spec } = route
  const { facts, services, access } = world
  const subjects: AuditSubject[] = []
  const entry = (outcome: AuditEntry['outcome'], reason?: string): AuditEntry => ({
    event: spec.audit,
    outcome,
    facts,
    by: `route:${spec.id}`,
    subjects,
    ...(reason === undefined ? {} : { reason }),
  })
  let input: unknown
  try {
    const answer = access.decide({
      facts,
      action: spec.permission,
      resource: { kind: 'route', id: spec.id, purposeRequired: spec.purposeRequired },
    })
    if (!answer.allowed) throw refusalOf(spec.purposeRequired && facts.purpose === null, answer.because)
    input = await readInput(spec, request)
    const attempt = async (tx: Tx): Promise<unknown> => {
      subjects.length = 0
      const context: CaseContext = {
        facts,
        tx,
        services,
        clock: services.clock,
        sessionToken: world.sessionToken,
        about: (subject) => subjects.push(subject),
        demand: (action, resource) => {
          const decision = access.decide({ facts, action, resource: { ...resource, purposeRequired: spec.purposeRequired } })
          if (!decision.allowed) throw new Refusal(notFound(), decision.because)
        },
        ...(spec.upload === undefined || request.req.raw.body === null ? {} : { upload: request.req.raw.body }),
      }
      const output = spec.ok.parse(await route.run(input, context))
      await services.record(tx, entry('done'))
      return output
    }
    // What was uploaded is read once.
    const most = spec.upload === undefined ? MOST_ATTEMPTS : 1
    return await attempted(most, async () => await services.database.asOfficer(facts, attempt))
  } catch (failure) {
    const error = unstorableText(failure, input) ?? failure
    const refused = error instanceof Refusal || error instanceof AppError
    const reason = error instanceof Error ? error.message : String(error)
    await services.database.asWorker(
      'audit.refusal',
      async (tx) => await services.record(tx, entry(refused ? 'refused' : 'failed', reason.slice(0, 500))),
    )
    throw error instanceof Refusal ? error.shown : error
  }
}

/** The person need not know that a job of the node was in the way. */
async function attempted<T>(most: number, run: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts++)
    try {
      return await run()
    } catch (error) {
      if (attempts >= most || !isDeadlock(error)) throw error
    }
}

/** Without a purpose the person is told so, because only that can be mended; every other denial is the common 404. */
function refusalOf(purposeMissing: boolean, because: string): Refusal {
  return new Refusal(purposeMissing ? new AppError(403, 'purpose-missing', 'Choose a purpose first.') : notFound(), because)
}
