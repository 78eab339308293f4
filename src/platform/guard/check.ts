/**
 * The guard's own reading of a package, every level of it: message, record, field, attachment, note. One breach denies the whole: nothing is
 * stripped silently. It shares no code with what made the package.
 */
import type { GuardRules } from './rules.ts'

export type Direction = 'out' | 'in'

export interface Denial {
  readonly rule:
    | 'form'
    | 'route'
    | 'kind'
    | 'type'
    | 'vocabulary'
    | 'marking'
    | 'member'
    | 'personal-data'
    | 'retention'
    | 'recipients'
    | 'size'
    | 'depth'
  /** Where: `message`, or a path into the body such as `body.data.fields.0.handling`. */
  readonly level: string
}

type Tree = Readonly<Record<string, unknown>>

/** Undefined when nothing is wrong with it. */
export function checkPackage(text: string, rules: GuardRules, now: number): Denial | undefined {
  if (text.length > rules.limits.bytes) return { rule: 'size', level: 'message' }
  let parcel: unknown
  try {
    parcel = JSON.parse(text)
  } catch {
    return { rule: 'form', level: 'message' }
  }
  if (!isTree(parcel)) return { rule: 'form', level: 'message' }
  return routing(parcel, rules) ?? outside(parcel, { rules, now }) ?? inside(parcel, rules)
}

function routing(parcel: Tree, rules: GuardRules): Denial | undefined {
  const { from, to, kind, body } = parcel
  if (!isTree(from) || typeof from['org'] !== 'string' || !Array.isArray(to) || !isTree(body) || typeof body['type'] !== 'string')
    return { rule: 'form', level: 'message' }
  if (to.length === 0 || to.length > rules.limits.recipients) return { rule: 'recipients', level: 'message' }
  if (typeof kind !== 'string' || !rules.kinds.includes(kind)) return { rule: 'kind', level: 'message' }
  for (const [index, each] of to.entries()) {
    const org: unknown = isTree(each) ? each['org'] : undefined
    if (typeof org !== 'string') return { rule: 'form', level: `to.${index}` }
    const route = rules.routes.find((candidate) => fits(candidate.from, String(from['org'])) && fits(candidate.to, org))
    if (route === undefined) return { rule: 'route', level: `to.${index}` }
    if (!route.types.some((type) => fits(type, String(body['type'])))) return { rule: 'type', level: `to.${index}` }
  }
  return undefined
}

function outside(parcel: Tree, at: { readonly rules: GuardRules; readonly now: number }): Denial | undefined {
  const { retention, personalData, handling, purpose } = parcel
  if (typeof purpose !== 'string' || purpose === '') return { rule: 'form', level: 'message.purpose' }
  if (!isTree(retention)) return { rule: 'retention', level: 'message' }
  const erase = Date.parse(String(retention['deleteBy']))
  const review = Date.parse(String(retention['reviewAt']))
  const isInOrder = review <= erase && erase - at.now <= at.rules.limits.retentionDays * 86_400_000
  if (!isInOrder) return { rule: 'retention', level: 'message' }
  if (!isTree(personalData) || typeof personalData['yes'] !== 'boolean') return { rule: 'personal-data', level: 'message' }
  if (handling === undefined) return { rule: 'marking', level: 'message' }
  return marking(handling, { level: 'message.handling', rules: at.rules })
}

/** Every level of the body: its markings are known and no stricter than the label outside, its members allowed, its size bounded. */
function inside(parcel: Tree, rules: GuardRules): Denial | undefined {
  const label = parcel['handling'] as Tree
  const isPersonal = (parcel['personalData'] as Tree)['yes'] === true
  let members = 0
  const walk = (value: unknown, level: string, depth: number): Denial | undefined => {
    if (depth > rules.limits.depth) return { rule: 'depth', level }
    if (typeof value !== 'object' || value === null) return undefined
    for (const [name, inner] of Object.entries(value)) {
      members += 1
      const below = `${level}.${name}`
      if (members > rules.limits.members) return { rule: 'size', level }
      if (rules.forbiddenMembers.includes(name)) return { rule: 'member', level: below }
      if (!isPersonal && rules.personalMembers.includes(name)) return { rule: 'personal-data', level: below }
      const denial = name === 'handling' ? (marking(inner, { level: below, rules }) ?? stricter(inner as Tree, label, below)) : undefined
      const deeper = denial ?? walk(inner, below, depth + 1)
      if (deeper !== undefined) return deeper
    }
    return undefined
  }
  return walk(parcel['body'], 'body', 1)
}

function marking(value: unknown, at: { readonly level: string; readonly rules: GuardRules }): Denial | undefined {
  const { level, rules } = at
  const { tlp, pap, codes } = rules.markings
  if (!isTree(value)) return { rule: 'vocabulary', level }
  const { H, conditions, evidenceUse } = value
  const isKnown =
    Array.isArray(H) &&
    H.every((code) => codes.includes(String(code))) &&
    tlp.includes(String(value['tlp'])) &&
    pap.includes(String(value['pap'])) &&
    Array.isArray(conditions) &&
    conditions.every((condition) => typeof condition === 'string') &&
    EVIDENCE.includes(evidenceUse)
  return isKnown ? undefined : { rule: 'vocabulary', level }
}

const ORDER = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']
const EVIDENCE: readonly unknown[] = [undefined, 'permission', 'never']

/** What lies within may not bind more than the label says: the recipient would learn of it too late. */
function stricter(inner: Tree, label: Tree, level: string): Denial | undefined {
  const list = (tree: Tree, name: string) => tree[name] as readonly string[]
  const isBound =
    ORDER.indexOf(String(inner['tlp'])) <= ORDER.indexOf(String(label['tlp'])) &&
    ORDER.indexOf(String(inner['pap'])) <= ORDER.indexOf(String(label['pap'])) &&
    EVIDENCE.indexOf(inner['evidenceUse']) <= EVIDENCE.indexOf(label['evidenceUse']) &&
    list(inner, 'H').every((code) => list(label, 'H').includes(code)) &&
    list(inner, 'conditions').every((condition) => list(label, 'conditions').includes(condition))
  return isBound ? undefined : { rule: 'marking', level }
}

function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*')
  if (parts.length === 1) return pattern === text
  let at = 0
  for (const [index, part] of parts.entries()) {
    if (index === 0) {
      if (!text.startsWith(part)) return false
      at = part.length
    } else if (index === parts.length - 1) return text.length - part.length >= at && text.endsWith(part)
    else {
      const found = text.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
  }
  return true
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
