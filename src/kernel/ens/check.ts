/**
 * Runs the business rules over a declaration.
 * Invariant: each finding names the element it is about by a path with occurrences, so that it can be found in the source; findings beyond
 * the limit are counted, not lost.
 */
import { type EnsElement, factsOf } from './declaration.ts'
import type { EnsMessage, RuleView } from './rule.ts'
import { ENS_RULES } from './rules/index.ts'

export interface EnsFinding {
  readonly number: number
  /** `/GOOITEGDS[2]/PACGS2[1]`; empty for the declaration as a whole. */
  readonly location: string
  readonly text: string
  readonly element: EnsElement
}

export interface EnsVerdict {
  readonly findings: readonly EnsFinding[]
  /** Findings beyond the limit. */
  readonly more: number
}

const FINDINGS_TOLD = 1000

export function checkEnsRules(root: EnsElement, message: EnsMessage, limit = FINDINGS_TOLD): EnsVerdict {
  const facts = factsOf(root)
  const findings: EnsFinding[] = []
  const places = new Places(root)
  let more = 0
  for (const rule of ENS_RULES) {
    if (!rule.messages.includes(message)) continue
    for (const place of places.at(rule.context)) {
      const view: RuleView = { here: place.element, item: place.item, facts }
      if (!rule.isBroken(view)) continue
      if (findings.length >= limit) more++
      else findings.push({ number: rule.number, location: locationOf(place), text: rule.text, element: place.element })
    }
  }
  return { findings, more }
}

interface Place {
  readonly element: EnsElement
  /** The place above; undefined for the declaration. */
  readonly above: Place | undefined
  readonly item: EnsElement | undefined
}

/** Elements by path. Rules share paths and beginnings of paths: each is walked once. */
class Places {
  readonly #known = new Map<string, readonly Place[]>()

  constructor(root: EnsElement) {
    this.#known.set('', [{ element: root, above: undefined, item: undefined }])
  }

  at(context: readonly string[]): readonly Place[] {
    const key = context.join('/')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const name = context.at(-1) ?? ''
    const found: Place[] = []
    for (const above of this.at(context.slice(0, -1)))
      for (const element of above.element.children)
        if (element.name === name) found.push({ element, above, item: name === 'GOOITEGDS' ? element : above.item })
    this.#known.set(key, found)
    return found
  }
}

function locationOf({ element, above }: Place): string {
  return above === undefined ? '' : `${locationOf(above)}/${element.name}[${element.occurrence}]`
}
