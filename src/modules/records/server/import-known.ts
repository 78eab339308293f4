/**
 * What a collection holds of one record while lines that tell of it are gone through: each is held against all that was said before at once, however much that is, so that a file in
 * which one id stands in every line is read as fast as another. Invariant: what a line brings about is noted here, and answers are those that the store would give behind it.
 */
import { commonSchema } from '#kernel/record/model.ts'
import { type Decision, decisionsOn } from './import-decided.ts'
import { contentOfStanding, isCurrent, type Standing } from './import-standing.ts'
import type { StoredValue } from './tables.ts'
import { digestOf } from './write-fragments-digest.ts'

export type SaidBefore =
  | { readonly kind: 'new' }
  | { readonly kind: 'stands'; readonly standing: Standing; readonly isCorrected: boolean }
  | { readonly kind: 'let-go'; readonly isErased: boolean }

interface Said {
  readonly entity: string
  readonly schema: string
  readonly values: readonly StoredValue[]
  /** All that it says, in one order. */
  readonly content: string
}

/** Made when something is asked for the first time: of most records nothing was said before. */
interface Index {
  /** What stands, by what it says; the oldest line first. */
  readonly current: Map<string, Standing[]>
  /** What a person ended, by what it said or the digest that is left of it, with its place among all. */
  readonly ended: Map<string | number, { readonly each: Standing; readonly at: number }>
  readonly hasDigests: boolean
  /** By what they took the place of. */
  readonly followers: Map<string, Standing>
}

export class KnownRecord {
  /** Those of the oldest line first. */
  readonly #all: Standing[]
  /** Of those that are of the run, the first of each schema. */
  readonly #schemata: Standing[] = []
  #ofRun = 0
  #index: Index | undefined
  /** Of what there was when it was asked for. */
  #byFragment: ReadonlyMap<string, Standing> | undefined
  #decisions: readonly Decision[] | undefined
  /** How many of the oldest can be taken the place of no more. */
  #passed = 0

  constructor(standing: readonly Standing[]) {
    this.#all = [...standing]
    for (const each of standing) if (each.isOfRun && isCurrent(each)) this.#count(each)
  }

  get isEmpty(): boolean {
    return this.#all.length === 0
  }

  /** How many statements of it the run has written or found. */
  get ofRun(): number {
    return this.#ofRun
  }

  get firstOfRun(): Standing | undefined {
    return this.#schemata[0]
  }

  /** What the run has of it already under a schema that cannot be of the same thing. */
  contradicted(schema: string): Standing | undefined {
    return this.#schemata.find((each) => commonSchema(each.schema, schema) === undefined)
  }

  /** What persons decided on it. */
  decisions(): readonly Decision[] {
    this.#decisions ??= decisionsOn(this.#all)
    return this.#decisions
  }

  /** Whether what the file says is said of the record already, in this or another order of its values, or was let go of by a person. */
  saidBefore(record: Said): SaidBefore {
    this.#index ??= indexOf(this.#all)
    const { current, ended, hasDigests } = this.#index
    const [stands] = current.get(record.content) ?? []
    if (stands !== undefined) return { kind: 'stands', standing: stands, isCorrected: false }
    const [said, digested] = [ended.get(record.content), hasDigests ? ended.get(digestOf(record.entity, record)) : undefined]
    const same = said === undefined || (digested !== undefined && digested.at < said.at) ? digested : said
    if (same === undefined) return { kind: 'new' }
    const standing = this.#correctionOf(same.each, this.#index)
    return standing === undefined
      ? { kind: 'let-go', isErased: same.each.digest !== null }
      : { kind: 'stands', standing, isCorrected: true }
  }

  /** All that stands and says the same, which is more than one where persons corrected statements alike. */
  alike(standing: Standing): readonly Standing[] {
    return [...(this.#index?.current.get(contentOfStanding(standing)) ?? [])]
  }

  /** The run has found what stands. */
  found(standing: Standing): void {
    if (standing.isOfRun) return
    standing.isOfRun = true
    this.#count(standing)
  }

  /** The oldest that stands and is not kept. What is kept once stays so. */
  oldest(isKept: (each: Standing) => boolean): Standing | undefined {
    for (; this.#passed < this.#all.length; this.#passed++) {
      const each = this.#all[this.#passed]
      if (each !== undefined && isCurrent(each) && !isKept(each)) return each
    }
    return undefined
  }

  end(standing: Standing, ended: NonNullable<Standing['ended']>): void {
    standing.ended = ended
    const alike = this.#index?.current.get(contentOfStanding(standing))
    const at = alike?.indexOf(standing) ?? -1
    if (at >= 0) alike?.splice(at, 1)
  }

  /** What the run writes. */
  add(standing: Standing): void {
    this.#all.push(standing)
    if (this.#index !== undefined) note(this.#index, standing)
    this.#count(standing)
  }

  /** The same again, marked otherwise. */
  replace(standing: Standing, by: Standing): void {
    this.end(standing, 'restricted')
    this.#all.push(by)
    if (this.#index !== undefined) note(this.#index, by)
  }

  /** With all that led to it, as far as it is known. */
  versionsOf(standing: Standing): readonly Standing[] {
    if (standing.supersedes !== null) this.#byFragment ??= new Map(this.#all.map((each) => [each.fragment, each]))
    const versions = [standing]
    for (let at: Standing | undefined = standing; at !== undefined && versions.length <= this.#all.length; ) {
      at = at.supersedes === null ? undefined : this.#byFragment?.get(at.supersedes)
      if (at !== undefined) versions.push(at)
    }
    return versions
  }

  #count(each: Standing): void {
    this.#ofRun += 1
    if (this.#schemata.every(({ schema }) => schema !== each.schema)) this.#schemata.push(each)
  }

  /** What took the place of one that a person ended, through any number of corrections and restrictions. */
  #correctionOf(ended: Standing, { followers }: Index): Standing | undefined {
    let at: Standing | undefined = ended
    for (let step = 0; at !== undefined && !isCurrent(at) && step < this.#all.length; step++)
      at = at.ended === 'replaced' ? undefined : followers.get(at.fragment)
    return at !== undefined && isCurrent(at) ? at : undefined
  }
}

function indexOf(all: readonly Standing[]): Index {
  const index: Index = {
    current: new Map(),
    ended: new Map(),
    hasDigests: all.some(({ digest }) => digest !== null),
    followers: new Map(),
  }
  for (const [at, each] of all.entries()) {
    note(index, each)
    const isSaying = each.digest === null && (each.ended === 'corrected' || each.ended === 'withdrawn')
    const key = each.digest ?? (isSaying ? contentOfStanding(each) : undefined)
    if (key !== undefined && !index.ended.has(key)) index.ended.set(key, { each, at })
  }
  return index
}

function note({ current, followers }: Index, each: Standing): void {
  if (each.supersedes !== null && !followers.has(each.supersedes)) followers.set(each.supersedes, each)
  if (!isCurrent(each) || each.digest !== null) return
  const content = contentOfStanding(each)
  const alike = current.get(content)
  if (alike === undefined) current.set(content, [each])
  else alike.push(each)
}
