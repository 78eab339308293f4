/** The catalogue: what procedures this node runs, in their wording, and who may fill their roles. Law and policy only; nothing of a case. */
import type { LegalRef, ProcedureDef } from '#kernel/procedure/definition.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { findParties, listProcedures, showProcedure } from '../contract.ts'
import { mayFill } from './parties.ts'

const MOST_PARTIES = 50

export const listProceduresRoute = handle(listProcedures, async (_input, context) => ({
  items: context.services.procedures.list().map(({ definition }) => ({
    id: definition.id,
    title: definition.title,
    version: definition.version,
    realm: definition.realm,
    measures: [...definition.measures],
    basis: [...definition.basis],
    mayOpen: mayOpen(context.services, definition, context.facts),
    notVerified: basesOf(definition).filter(({ mark }) => mark === 'M').length,
  })),
}))

export const showProcedureRoute = handle(showProcedure, async (input, context) => {
  const { procedures } = context.services
  const found = input.version === undefined ? procedures.current(input.procedure) : procedures.of(input.procedure, input.version)
  if (found === undefined) throw notFound()
  return { definition: { ...found.definition }, versions: [...procedures.versions(input.procedure)] }
})

export const findPartiesRoute = handle(findParties, async (input, context) => {
  const role = context.services.procedures.current(input.procedure)?.definition.roles[input.role]
  if (role === undefined) throw notFound()
  const wanted = input.text.trim().toLowerCase()
  const found = seenBy(context.services.directory(), context.facts.authority)
    .orgs.flatMap((org) => org.units.filter((unit) => mayFill(role, org, unit)).map((unit) => ({ org, unit })))
    .filter(({ org, unit }) => [unit.id, unit.name, org.name, org.country].some((text) => text.toLowerCase().includes(wanted)))
    .sort((a, b) => (a.unit.id < b.unit.id ? -1 : 1))
  return {
    items: found
      .slice(0, MOST_PARTIES)
      .map(({ org, unit }) => ({ desk: unit.id, name: unit.name, authority: org.name, country: org.country })),
    hasMore: found.length > MOST_PARTIES,
  }
})

function mayOpen(services: NodeServices, definition: ProcedureDef, facts: SessionFacts): boolean {
  const role = definition.opener === undefined ? undefined : definition.roles[definition.opener]
  const own = findUnit(services.directory(), facts.desk)
  return role !== undefined && own !== undefined && mayFill(role, own.org, own.unit)
}

export function basesOf(definition: ProcedureDef): readonly LegalRef[] {
  return [
    ...definition.clocks.map(({ basis }) => basis),
    ...definition.transitions.flatMap(({ guards, warnings }) => [...(guards ?? []), ...(warnings ?? [])].map(({ basis }) => basis)),
    ...definition.refusalGrounds.map(({ basis }) => basis),
    ...definition.retention.map(({ basis }) => basis),
  ]
}
