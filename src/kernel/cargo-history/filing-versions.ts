/**
 * The versions of one filing as a chain, oldest first, each with what it says differently from the one before: parties, ports, description, weight, packages.
 * Invariant: the same versions in any order, and any of them twice, give the same chain. Letters, blanks and marks of writing are no difference.
 */
export interface Filing {
  /** Which statement it is: unique, and the tie-break of equal times. */
  readonly source: string
  readonly receivedAt: string
  readonly parties: readonly { readonly role: string; readonly name: string }[]
  readonly loading?: string
  readonly discharge?: string
  readonly goods?: string
  readonly kilograms?: number
  readonly packages?: number
}

export interface FilingDifference {
  /** `consignee`, `loading`, `goods`, `kilograms` … */
  readonly field: string
  readonly before: string | undefined
  readonly after: string | undefined
}

export interface FilingVersion {
  readonly filing: Filing
  readonly differences: readonly FilingDifference[]
}

/** A weight that is rounded is no other weight. Policy. */
const SAME_WEIGHT = 0.01

export function versionChain(filings: Iterable<Filing>): readonly FilingVersion[] {
  const ordered = [...new Map([...filings].map((filing) => [`${filing.receivedAt} ${filing.source}`, filing]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, filing]) => filing)
  return ordered.flatMap((filing, index) => {
    const before = ordered[index - 1]
    return [{ filing, differences: before === undefined ? [] : filingDifferences(before, filing) }]
  })
}

/** What a later version leaves out is no difference: amendments often repeat only what they change. */
export function filingDifferences(before: Filing, after: Filing): readonly FilingDifference[] {
  const differences: FilingDifference[] = []
  const text = (field: string, one: string | undefined, other: string | undefined) => {
    if (other !== undefined && one !== undefined && plain(one) !== plain(other)) differences.push({ field, before: one, after: other })
  }
  const roles = [...new Set([...before.parties, ...after.parties].map(({ role }) => role))].sort()
  for (const role of roles) text(role, nameOf(before, role), nameOf(after, role))
  text('loading', before.loading, after.loading)
  text('discharge', before.discharge, after.discharge)
  text('goods', before.goods, after.goods)
  const number = (field: 'kilograms' | 'packages', tolerance: number) => {
    const [one, other] = [before[field], after[field]]
    if (one === undefined || other === undefined || Math.abs(one - other) <= tolerance * Math.max(Math.abs(one), Math.abs(other))) return
    differences.push({ field, before: String(one), after: String(other) })
  }
  number('kilograms', SAME_WEIGHT)
  number('packages', 0)
  return differences
}

function nameOf(filing: Filing, role: string): string | undefined {
  return filing.parties.find((party) => party.role === role)?.name
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
