/** Collects the slices of a node into one table each, and refuses to start on any hole. */
import { BUILT_IN_CALLS } from '#kernel/procedure/check-clocks.ts'
import { checkDefinition } from '#kernel/procedure/check-definition.ts'
import type { OpenRoute, Route } from '#platform/http/route.ts'
import type { CrossCheck, ItemFollower, Job, MessageType, ModuleDefinition, Permission, ProcedureBinding } from './define-module.ts'

export interface Assembly {
  readonly modules: readonly ModuleDefinition[]
  readonly routes: readonly (Route | OpenRoute)[]
  readonly permissions: Readonly<Record<string, Permission>>
  readonly auditEvents: Readonly<Record<string, string>>
  readonly messages: ReadonlyMap<string, MessageType>
  /** Procedures that slices bind code to; those of files come beside them (`procedure-registry.ts`). */
  readonly procedures: readonly ProcedureBinding[]
  readonly jobs: readonly Job[]
  readonly crossChecks: readonly CrossCheck[]
  readonly itemFollowers: readonly ItemFollower[]
}

/** Codes every route may answer, declared by no slice. */
export const GENERAL_ERRORS: Readonly<Record<string, string>> = {
  input: 'The request is not what the route takes',
  json: 'The body is not one JSON object',
  'content-type': 'The body has the wrong content type',
  'body-too-large': 'The body is larger than the limit',
  'signed-out': 'There is no session, or it has ended',
  'purpose-missing': 'The route reads content and the session has no purpose',
  'not-found': 'No such thing, or not visible for this purpose',
  'foreign-request': 'The request does not come from the application',
  'rate-limited': 'Too many requests',
  'too-slow': 'The node took too long',
  incident: 'A defect; only its number is shown',
}

export function assemble(modules: readonly ModuleDefinition[]): Assembly {
  const holes = findHoles(modules)
  if (holes.length > 0) throw new Error(`The node does not start:\n${holes.map((hole) => `  ${hole}`).join('\n')}`)
  return {
    modules,
    routes: modules.flatMap((module) => module.routes),
    permissions: Object.assign({}, ...modules.map((module) => module.permissions)) as Record<string, Permission>,
    auditEvents: Object.assign({}, ...modules.map((module) => module.auditEvents)) as Record<string, string>,
    messages: new Map(modules.flatMap((module) => module.messages.map((message) => [message.type, message] as const))),
    procedures: modules.flatMap((module) => module.procedures),
    jobs: modules.flatMap((module) => module.jobs),
    crossChecks: modules.flatMap((module) => module.crossChecks),
    itemFollowers: modules.flatMap((module) => module.itemFollowers),
  }
}

/** Every hole in the declarations, one sentence each; empty when the node may start. */
export function findHoles(modules: readonly ModuleDefinition[]): readonly string[] {
  return [...findDoubles(modules), ...modules.flatMap((module) => [...routeHoles(module), ...procedureHoles(module), ...ownHoles(module)])]
}

function findDoubles(modules: readonly ModuleDefinition[]): string[] {
  const lists: Readonly<Record<string, readonly string[]>> = {
    slice: modules.map((module) => module.id),
    route: modules.flatMap((module) => module.routes.map(({ spec }) => spec.id)),
    path: modules.flatMap((module) => module.routes.map(({ spec }) => `${spec.method} ${spec.path}`)),
    permission: modules.flatMap((module) => Object.keys(module.permissions)),
    'audit event': modules.flatMap((module) => Object.keys(module.auditEvents)),
    message: modules.flatMap((module) => module.messages.map((message) => message.type)),
    procedure: modules.flatMap((module) => module.procedures.map(({ definition }) => definition.id)),
    job: modules.flatMap((module) => module.jobs.map((job) => job.name)),
  }
  return Object.entries(lists).flatMap(([kind, ids]) =>
    ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `The ${kind} ${id} is declared twice.`),
  )
}

function routeHoles(module: ModuleDefinition): string[] {
  const holes: string[] = []
  for (const route of module.routes) {
    const { spec } = route
    if (spec.permission === 'public' ? !('open' in route) : module.permissions[spec.permission] === undefined)
      holes.push(`Route ${spec.id} has no declared permission.`)
    if (module.auditEvents[spec.audit] === undefined) holes.push(`Route ${spec.id} has no declared audit event.`)
    for (const code of spec.errors)
      if (module.errors[code] === undefined && GENERAL_ERRORS[code] === undefined && !code.startsWith('procedures.'))
        holes.push(`Route ${spec.id} names the undeclared error ${code}.`)
    if (spec.summary.length < 10) holes.push(`Route ${spec.id} has no summary.`)
  }
  return holes
}

function procedureHoles(module: ModuleDefinition): string[] {
  return module.procedures.flatMap(({ definition, effects }) => {
    const called = [
      ...definition.transitions.flatMap((transition) =>
        transition.effects.flatMap((effect) => (effect.kind === 'call' ? [effect.name] : [])),
      ),
      ...definition.clocks.flatMap((clock) => [...clock.ladder.map((rung) => rung.call), clock.onExpiry]),
    ]
    const steps = new Set(definition.transitions.map((transition) => transition.id))
    return [
      ...checkDefinition(definition).map((problem) => `Procedure ${definition.id}, ${problem.at}: ${problem.message}`),
      ...called
        .filter((name) => effects[name] === undefined && !steps.has(name) && !BUILT_IN_CALLS.includes(name))
        .map((name) => `Procedure ${definition.id} calls ${name}, which nobody binds.`),
    ]
  })
}

function ownHoles(module: ModuleDefinition): string[] {
  const holes: string[] = []
  const used = new Set(module.routes.map(({ spec }) => spec.permission))
  for (const permission of Object.keys(module.permissions))
    if (!used.has(permission)) holes.push(`Permission ${permission} guards no route.`)
  for (const detector of module.detectors)
    if (detector.knownLimits.trim() === '') holes.push(`Detector ${detector.id} does not say what it cannot see.`)
  for (const measure of module.measures)
    if (module.stories[measure] === undefined) holes.push(`Slice ${module.id} serves measure ${measure}, but no story tells it.`)
  return holes
}
