/** What a declaration breaks, as warnings with their bytes: first its schema, then the business rules. Neither refuses it. */
import { checkEnsRules } from '#kernel/ens/check.ts'
import type { EnsMessage } from '#kernel/ens/rule.ts'
import type { IntakeProblem } from '../model.ts'
import type { SchemaVerdict } from './xml-schema-check.ts'
import type { XmlElement } from './xml-tree.ts'

export function ruleWarnings(root: XmlElement, message: EnsMessage): IntakeProblem[] {
  const { findings, more } = checkEnsRules(root, message)
  const warnings = findings.map(({ number, location, text, element }): IntakeProblem => {
    // The element is one of the tree that was given: the rules hand it back as it came.
    const { start } = element as XmlElement
    return { code: `ens.rule-${number}`, at: location === '' ? `byte ${start}` : `byte ${start}, ${location}`, text }
  })
  if (more > 0) warnings.push({ code: 'ens.rules-more', at: 'message', text: `${more} more findings of business rules are not listed.` })
  return warnings
}

export function schemaWarnings(verdict: SchemaVerdict): IntakeProblem[] {
  if (!verdict.checked) return [{ code: 'xml.schema-not-checked', at: 'message', text: `The schema was not checked: ${verdict.because}` }]
  const warnings = verdict.violations.map(
    ({ line, text }): IntakeProblem => ({ code: 'xml.schema', at: `line ${line}`, text: text.slice(0, 400) }),
  )
  if (verdict.more > 0) warnings.push({ code: 'xml.schema-more', at: 'message', text: `${verdict.more} more violations are not listed.` })
  return warnings
}
