/**
 * Keeps what a person types for a step: waits a little, saves, and goes on from what another person saved meanwhile.
 * Invariant: nothing typed is lost or overwritten unseen. What only one of two changed is taken; what both changed differently waits until
 * somebody has chosen, and nothing is saved before. One save is under way at a time, and none while the step itself is: what came after the step would be
 * the draft of the next one.
 */

import type { Problem } from '#kernel/result/problem.ts'
import { isSame, type Values } from '#web/kit/procedure-form/form-model.ts'

export interface StoredDraft {
  readonly fields: Values
  readonly revision: number
  readonly savedAt?: string | undefined
  readonly savedBy?: string | undefined
  readonly problems: readonly Problem[]
}

export interface Contested {
  readonly id: string
  readonly mine: unknown
  readonly theirs: unknown
}

export type DraftStatus = 'untouched' | 'changed' | 'saving' | 'saved' | 'failed' | 'contested'

export interface DraftState {
  readonly values: Values
  readonly status: DraftStatus
  readonly savedAt?: string | undefined
  readonly savedBy?: string | undefined
  readonly contested: readonly Contested[]
  /** What the node found wrong with which values. */
  readonly node: { readonly problems: readonly Problem[]; readonly of: Values }
}

/** What of the values is sent, as the form asks now. */
export interface DraftShape {
  /** What leaves the form for these values. */
  readonly sent: (values: Values) => Readonly<Record<string, unknown>>
  /** What the case holds already: the node shows a draft over it. */
  readonly held: Values
}

export interface DraftPort {
  readonly save: (
    fields: Readonly<Record<string, unknown>>,
    revision: number,
    isLast: boolean,
  ) => Promise<Pick<StoredDraft, 'revision' | 'savedAt' | 'problems'>>
  readonly read: () => Promise<StoredDraft>
  readonly isConflict: (error: unknown) => boolean
}

export interface DraftKeeper {
  state(): DraftState
  subscribe(hear: () => void): () => void
  change(id: string, value: unknown): void
  /** Saves at once what waits; over when nothing is under way any more. `isLast`: the page is going away. */
  flush(isLast?: boolean): Promise<void>
  /** The step is sent: nothing is saved until it is known what became of it. */
  hold(): void
  /** It was not taken. */
  release(): void
  /** The node's draft was read again. */
  see(stored: StoredDraft): void
  choose(id: string, whose: 'mine' | 'theirs'): void
  /** The form asks for other fields now. */
  shape(shape: DraftShape): void
  stop(): void
  /** It was stopped: whatever is typed now is kept by nobody. */
  isOver(): boolean
}

const WAIT_MS = 800
const RETRY_MS = 5000
/** What is older is taken for somebody else's: a person chooses, and nothing is lost. */
const MOST_UNANSWERED = 50

export function keepDraft(first: StoredDraft, port: DraftPort): DraftKeeper {
  let { revision } = first
  let base: Values = first.fields
  let state: DraftState = {
    values: first.fields,
    status: first.savedAt === undefined ? 'untouched' : 'saved',
    savedAt: first.savedAt,
    savedBy: first.savedBy,
    contested: [],
    node: { problems: first.problems, of: first.fields },
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  let shape: DraftShape = { sent: (values) => values, held: {} }
  let underWay: Promise<void> | undefined
  /** What was sent and not answered: the node may have one of them. */
  let unanswered: readonly Values[] = []
  let isHeld = false
  let isStopped = false
  const listeners = new Set<() => void>()
  const set = (part: Partial<DraftState>): void => {
    state = { ...state, ...part }
    for (const hear of listeners) hear()
  }
  const later = (ms: number): void => {
    clearTimeout(timer)
    timer = isStopped || isHeld ? undefined : setTimeout(() => void flush(), ms)
  }

  const saveOnce = async (isLast: boolean): Promise<void> => {
    const { values } = state
    const fields = shape.sent(values)
    set({ status: 'saving' })
    try {
      const saved = await port.save(fields, revision, isLast)
      ;({ revision } = saved)
      base = { ...shape.held, ...fields }
      unanswered = []
      set({
        status: state.values === values ? 'saved' : 'changed',
        savedAt: saved.savedAt,
        savedBy: undefined,
        node: { problems: saved.problems, of: values },
      })
    } catch (error) {
      if (port.isConflict(error)) return await meet()
      unanswered = [...unanswered, fields].slice(-MOST_UNANSWERED)
      set({ status: 'failed' })
    }
  }

  /** Somebody saved meanwhile: theirs is read, and both are brought together. */
  const meet = async (): Promise<void> => {
    let theirs: StoredDraft
    try {
      theirs = await port.read()
    } catch {
      set({ status: 'failed' })
      return
    }
    // What the node got of this page without being able to say so is no change of somebody else.
    const own = unanswered.flatMap(Object.entries).filter(([id, value]) => isSame(value, theirs.fields[id]))
    const { values, contested } = bringTogether({ ...base, ...Object.fromEntries(own) }, state.values, theirs.fields)
    unanswered = []
    base = theirs.fields
    ;({ revision } = theirs)
    set({
      values,
      contested,
      status: contested.length > 0 ? 'contested' : 'changed',
      savedAt: theirs.savedAt,
      savedBy: theirs.savedBy,
      node: { problems: theirs.problems, of: theirs.fields },
    })
  }

  const flush = async (isLast = false): Promise<void> => {
    clearTimeout(timer)
    let isToTry = state.status === 'changed' || state.status === 'failed'
    // A second save waits for the first: its revision is the answer to the first. Of several that wait one saves, and the others wait for that one too.
    while (underWay !== undefined) {
      await underWay
      isToTry = state.status === 'changed'
    }
    if (isStopped || isHeld || !isToTry) return
    underWay = saveOnce(isLast).finally(() => {
      underWay = undefined
      if (state.status === 'changed') later(WAIT_MS)
      if (state.status === 'failed') later(RETRY_MS)
    })
    await underWay
  }

  return {
    state: () => state,
    subscribe: (hear) => {
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
    change: (id, value) => {
      if (isSame(state.values[id], value)) return
      // What is typed into a contested field is the choice.
      const contested = state.contested.filter((each) => each.id !== id)
      const status = contested.length > 0 ? 'contested' : state.status === 'saving' ? 'saving' : 'changed'
      set({ values: { ...state.values, [id]: value }, contested, status })
      if (status === 'changed') later(WAIT_MS)
    },
    flush,
    hold: () => {
      isHeld = true
      clearTimeout(timer)
    },
    release: () => {
      isHeld = false
      if (state.status === 'changed') later(WAIT_MS)
      if (state.status === 'failed') later(RETRY_MS)
    },
    see: (stored) => {
      if (stored.revision <= revision || (state.status !== 'saved' && state.status !== 'untouched')) return
      ;({ revision } = stored)
      base = stored.fields
      set({
        values: stored.fields,
        status: 'saved',
        savedAt: stored.savedAt,
        savedBy: stored.savedBy,
        node: { problems: stored.problems, of: stored.fields },
      })
    },
    choose: (id, whose) => {
      const found = state.contested.find((each) => each.id === id)
      if (found === undefined) return
      const contested = state.contested.filter((each) => each.id !== id)
      const values = { ...state.values, [id]: found[whose] }
      set({ values, contested, status: contested.length > 0 ? 'contested' : 'changed' })
      if (contested.length === 0) later(0)
    },
    shape: (next) => {
      shape = next
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
    isOver: () => isStopped,
  }
}

/** Three sides: what both began with, mine, theirs. Contested fields keep mine until somebody has chosen. */
export function bringTogether(
  base: Values,
  mine: Values,
  theirs: Values,
): { readonly values: Values; readonly contested: readonly Contested[] } {
  const values: Record<string, unknown> = {}
  const contested: Contested[] = []
  for (const id of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const isMine = !isSame(mine[id], base[id])
    const isTheirs = !isSame(theirs[id], base[id])
    values[id] = isMine ? mine[id] : theirs[id]
    if (isMine && isTheirs && !isSame(mine[id], theirs[id])) contested.push({ id, mine: mine[id], theirs: theirs[id] })
  }
  return { values, contested }
}
