/** Drives one case of a procedure in memory, as the server does it: decide with the machine, then fold. Time is told, parties are given. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { dueOf } from '#kernel/procedure/clock.ts'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { factsOfCase } from '#kernel/procedure/facts.ts'
import type { FormatChecks } from '#kernel/procedure/field-value.ts'
import { baseOf, type CaseFold, foldCase, type Party, type TakenStep } from '#kernel/procedure/fold.ts'
import { type Decision, decideTransition, offeredTransitions } from '#kernel/procedure/machine.ts'
import { holidayCalendar } from '#platform/clock/holiday-calendar.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import { parseDefinition } from '../server/read-definition.ts'

export interface DriveOptions {
  readonly parties?: Readonly<Record<string, Partial<Party>>>
  /** Roles that nobody fills. */
  readonly absent?: readonly string[]
  readonly formats?: FormatChecks
}

export interface StepOptions {
  readonly at?: string
  readonly officer?: string
  readonly isSupervisor?: boolean
}

/** A shipped procedure by the name of its file. */
export function shipped(file: string): ProcedureDef {
  const read = parseDefinition(readFileSync(path.join(import.meta.dirname, `${file}.yaml`), 'utf8'))
  if (!read.ok) throw new Error(read.problems.map(({ at, message }) => `${file}:${at}: ${message}`).join('\n'))
  return read.definition
}

/** Why a step was not taken: the sentence of the guard with its article, or the fields that are missing or wrong. */
export function whyNot(decision: Decision): string {
  if (decision.kind === 'move') return ''
  if (decision.kind === 'fields') return decision.problems.map(({ at, code }) => `${at} ${code}`).join(', ')
  return `${decision.because}${decision.basis === undefined ? '' : ` (${decision.basis.act} ${decision.basis.art})`}`
}

export function drive(definition: ProcedureDef, options: DriveOptions = {}) {
  const party = (role: string, given: Partial<Party>): Party => ({
    org: `${role}.org`,
    desk: `${role}.org.desk`,
    country: 'BE',
    kind: definition.roles[role]?.kinds?.[0] ?? 'police',
    realm: definition.roles[role]?.realms[0] ?? 'law-enforcement',
    zone: 'Europe/Brussels',
    calendar: 'BE',
    ...given,
  })
  const filled = Object.keys(definition.roles).filter((role) => options.absent?.includes(role) !== true)
  const parties = Object.fromEntries(filled.map((role) => [role, [party(role, options.parties?.[role] ?? {})]]))
  const taken: TakenStep[] = []
  let now = Date.parse('2026-11-26T09:00:00Z')
  const fold = (): CaseFold => foldCase(() => definition, baseOf(definition, parties), taken)
  const factsFor = (fields: Readonly<Record<string, unknown>>, step: StepOptions) =>
    factsOfCase(fold(), fields, { now, actor: { officer: step.officer ?? 'officer', isSupervisor: step.isSupervisor ?? false } })

  return {
    definition,
    fold,
    state: () => fold().state,
    now: () => now,
    /** A role null is the system. Answers the decision; a move is taken. */
    // oxlint-disable-next-line max-params -- who, which step, its form and its circumstances are one sentence
    take(role: string | null, transition: string, fields: Readonly<Record<string, unknown>> = {}, step: StepOptions = {}): Decision {
      if (step.at !== undefined) now = Date.parse(step.at)
      const before = fold()
      const decision = decideTransition(definition, {
        state: before.state,
        before: before.before,
        transition,
        role,
        facts: factsFor(fields, step),
        fields,
        locked: before.locked,
        now,
        formats: options.formats ?? {},
      })
      if (decision.kind === 'move')
        taken.push({
          id: `step-${String(taken.length).padStart(4, '0')}`,
          order: before.order + 1,
          at: now,
          transition,
          role,
          fields: decision.fields,
          ...(role === null ? {} : { officer: step.officer ?? 'officer' }),
        })
      return decision
    },
    /** Steps a role is offered now, with the reason of those that are barred. */
    offered: (role: string, step: StepOptions = {}) =>
      offeredTransitions(definition, { state: fold().state, role, facts: factsFor({}, step) }).map(({ transition, failed }) => ({
        id: transition.id,
        ...(failed === undefined ? {} : { because: failed.because }),
      })),
    /** Every clock that was started, as of an instant. */
    clocks(at?: string) {
      const { clocks, values } = fold()
      return clocks.flatMap((started) => {
        const clock = definition.clocks.find(({ id }) => id === started.clock)
        if (clock === undefined) return []
        const { zone = 'Europe/Brussels', calendar = 'BE' } = started.obligated ?? {}
        const anchor = clock.atMost === undefined ? Number.NaN : Date.parse(String(values[clock.atMost.anchor]))
        const due = dueOf(
          clock,
          { startedAt: started.startedAt, zone, ledger: started.ledger, ...(Number.isNaN(anchor) ? {} : { anchor }) },
          { rules: zoneRules, calendar: holidayCalendar(calendar), now: at === undefined ? now : Date.parse(at) },
        )
        return [
          {
            id: started.id,
            kind: clock.kind,
            due,
            safe: new Date(due.safe).toISOString(),
            legalLatest: new Date(due.legalLatest).toISOString(),
          },
        ]
      })
    },
  }
}
