/** What must hold for every shipped procedure beyond the checks at load: nobody fills or is judged by what they may not see, nothing is dead, every code exists. */
import { describe, expect, it } from 'vitest'
import type { ProcedureDef, TransitionDef } from '#kernel/procedure/definition.ts'
import { factsOf } from '#kernel/procedure/expression.ts'
import { formOf } from '#kernel/procedure/form.ts'
import { readDefinitions, SHIPPED_FOLDER } from '../server/read-definition.ts'

const shipped = readDefinitions(SHIPPED_FOLDER).map(({ definition }) => definition)
const asked = (definition: ProcedureDef, step: TransitionDef) => formOf(definition, step).map(({ field }) => field.id)

/** A step's guard is evaluated on the node of whoever takes it: what that node never gets is unknown there, and unknown never passes. */
function unseenInGuards(definition: ProcedureDef, step: TransitionDef): string[] {
  const form = new Set(asked(definition, step))
  const facts = [...(step.guards ?? []), ...(step.warnings ?? [])].flatMap(({ expr }) => factsOf(expr))
  return facts.flatMap((fact) => {
    const field = definition.fields.find(({ id }) => id === fact.split('.')[0])
    if (field === undefined || form.has(field.id)) return []
    return (step.by ?? []).filter((role) => !field.audience.includes(role)).map((role) => `${step.id}: ${role} is judged by ${field.id}`)
  })
}

/** Facts about steps and roles that do not exist are always unknown: a guard over one never passes. */
function unknownFacts(definition: ProcedureDef): string[] {
  const guards = definition.transitions.flatMap(({ guards = [], warnings = [] }) => [...guards, ...warnings].map(({ expr }) => expr))
  const grounds = definition.refusalGrounds.flatMap(({ notFor, doubtfulIf }) => [notFor, doubtfulIf?.expr])
  const facts = [...guards, ...grounds].flatMap((expr) => (expr === undefined ? [] : factsOf(expr)))
  return facts.filter((fact) => {
    const [kind = '', name = ''] = fact.split('.')
    if (kind === 'done' || kind === 'took') return !definition.transitions.some(({ id }) => id === name)
    if (kind === 'party') return definition.roles[name] === undefined
    return false
  })
}

interface Literal {
  readonly fact: string
  readonly value: string
}

/** Every comparison of a fact with a text, wherever it stands. */
function literals(part: unknown): Literal[] {
  if (typeof part !== 'object' || part === null) return []
  if (Array.isArray(part)) return part.flatMap(literals)
  const { fact, is, includes, in: among } = part as { fact?: unknown; is?: unknown; includes?: unknown; in?: unknown }
  const values = typeof fact === 'string' ? [is, includes, ...(Array.isArray(among) ? among : [])] : []
  return [
    ...values.flatMap((value) => (typeof value === 'string' ? [{ fact: String(fact), value }] : [])),
    ...Object.values(part).flatMap(literals),
  ]
}

function codesOf(definition: ProcedureDef, fact: string): readonly string[] | undefined {
  if (fact === 'state') return definition.states.map(({ id }) => id)
  if (fact === 'ground') return definition.refusalGrounds.map(({ code }) => code)
  const field = definition.fields.find(({ id }) => id === fact)
  return field?.codeList === undefined ? field?.codes : definition.codeLists?.[field.codeList]?.map(({ code }) => code)
}

describe.each(shipped.map((definition) => [`${definition.id} ${definition.title}`, definition] as const))('%s', (_name, definition) => {
  it('whoever fills a field may see it', () => {
    const unseen = definition.transitions.flatMap((step) =>
      formOf(definition, step).flatMap(({ field }) =>
        (step.by ?? []).filter((role) => !field.audience.includes(role)).map((role) => `${step.id}: ${role} fills ${field.id}`),
      ),
    )
    expect(unseen).toEqual([])
  })
  it('no step is judged by what its actor never gets', () => {
    expect(definition.transitions.flatMap((step) => unseenInGuards(definition, step))).toEqual([])
    expect(unknownFacts(definition)).toEqual([])
  })
  it('every field is asked for, every code list used, every code that a condition names exists', () => {
    const all = new Set(definition.transitions.flatMap((step) => asked(definition, step)))
    expect(definition.fields.filter(({ id }) => !all.has(id)).map(({ id }) => id)).toEqual([])
    const lists = definition.fields.flatMap(({ codeList, of = [] }) => [codeList, ...of.map((part) => part.codeList)])
    expect(Object.keys(definition.codeLists ?? {}).filter((list) => !lists.includes(list))).toEqual([])
    const missing = literals([definition.transitions, definition.fields, definition.refusalGrounds, definition.message]).filter(
      ({ fact, value }) => codesOf(definition, fact)?.includes(value) === false,
    )
    expect(missing).toEqual([])
  })
  it('a draft of another procedure is filled in fields that it has', () => {
    const wrong = definition.transitions
      .flatMap(({ effects }) => effects)
      .flatMap((effect) => {
        if (effect.kind !== 'spawn') return []
        const target = shipped.find(({ id }) => id === effect.procedure)
        // Without an opener no desk can hold the draft, and nothing would be opened.
        if (target?.opener === undefined) return [effect.procedure]
        return Object.keys(effect.copy).flatMap((id) =>
          target.fields.some((field) => field.id === id) ? [] : [`${effect.procedure} ${id}`],
        )
      })
    expect(wrong).toEqual([])
  })
  it('every clock says by what it is met, and a withdrawal meets none', () => {
    const unsaid = definition.clocks.filter(({ metBy }) => metBy === undefined).map(({ id }) => id)
    const withdrawn = definition.clocks.filter(({ metBy }) => metBy?.includes('withdraw') === true).map(({ id }) => id)
    expect([unsaid, withdrawn]).toEqual([[], []])
  })
  it('a closed case can be taken up again with a reason, and what runs then is policy', () => {
    const reopening = definition.transitions.filter(({ reopens }) => reopens === true)
    if (definition.states.some(({ id }) => id === 'closed')) expect(reopening.flatMap(({ from }) => from)).toContain('closed')
    for (const step of reopening) {
      expect(asked(definition, step)).not.toEqual([])
      const started = step.effects.flatMap((effect) => (effect.kind === 'start-clock' ? [effect.clock] : []))
      expect([step.id, started.length > 0]).toEqual([step.id, true])
      for (const id of started) expect([step.id, definition.clocks.find((clock) => clock.id === id)?.kind]).toEqual([step.id, 'policy'])
    }
  })
  it('no figure is shown for fewer than five cases', () => {
    expect(definition.statistics.filter(({ smallCell }) => smallCell < 5).map(({ id }) => id)).toEqual([])
  })
  it('every role but the one that opens is brought into the case by some step', () => {
    const sentTo = definition.transitions
      .flatMap(({ effects }) => effects)
      .flatMap((effect) => (effect.kind === 'send' ? effect.roles : []))
    const roles = Object.keys(definition.roles).filter((role) => role !== definition.opener)
    expect(roles.filter((role) => definition.opener !== undefined && !sentTo.includes(role))).toEqual([])
  })
})
