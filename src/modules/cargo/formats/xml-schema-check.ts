/**
 * Documents against XML schemas, in a thread of their own: a schema check can take long on hostile input, and it must not stop others.
 * Invariant: each check ends within its time; a thread that overran is ended and replaced, and the answer says that nothing was checked.
 */
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'

/** A set of schema documents that refer to each other by relative names. */
export interface XmlSchemaSet {
  /** Tells schemas apart, so that each is compiled once. */
  readonly name: string
  readonly entry: string
  readonly files: Readonly<Record<string, Uint8Array>>
}

export interface SchemaViolation {
  readonly line: number
  readonly column: number
  readonly text: string
}

export type SchemaVerdict =
  /** `more`: violations beyond those told. */
  | { readonly checked: true; readonly violations: readonly SchemaViolation[]; readonly more: number }
  | { readonly checked: false; readonly because: string }

export interface SchemaRequest {
  readonly id: number
  readonly schema: XmlSchemaSet
  readonly xml: Uint8Array
  /** From the root to the element that is checked, by its place among the elements of each level; empty for the document. */
  readonly path: readonly number[]
  readonly limit: number
}

export interface SchemaReply {
  readonly id: number
  readonly violations: readonly SchemaViolation[]
  readonly more: number
  readonly failure?: string
}

const MILLISECONDS = 10_000
const VIOLATIONS_TOLD = 200
/** Beyond this a document is read, but not checked: the checker holds a tree of its own. */
const MOST_BYTES = 8 * 1024 * 1024

export interface SchemaCheckOptions {
  readonly path?: readonly number[]
  readonly milliseconds?: number
}

export class SchemaThread {
  #worker: Worker | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #requests = 0

  /** Checks wait for each other: the thread has one hand. */
  check(schema: XmlSchemaSet, xml: Uint8Array, options: SchemaCheckOptions = {}): Promise<SchemaVerdict> {
    if (xml.length > MOST_BYTES) return Promise.resolve({ checked: false, because: `The document is longer than ${MOST_BYTES} bytes.` })
    const turn = this.#turn.then(async () => await this.#run(schema, xml, options))
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate()
    this.#worker = undefined
  }

  async #run(
    schema: XmlSchemaSet,
    xml: Uint8Array,
    { path = [], milliseconds = MILLISECONDS }: SchemaCheckOptions,
  ): Promise<SchemaVerdict> {
    const worker = this.#start()
    const id = ++this.#requests
    const reply = await answerOf(worker, { id, schema, xml, path, limit: VIOLATIONS_TOLD }, milliseconds)
    worker.unref()
    if (typeof reply === 'string') {
      await this.stop()
      return { checked: false, because: reply }
    }
    if (reply.failure !== undefined) return { checked: false, because: reply.failure }
    return { checked: true, violations: reply.violations, more: reply.more }
  }

  #start(): Worker {
    this.#worker ??= new Worker(new URL('./xml-schema-worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 256 } })
    return this.#worker
  }
}

/** The reply, or why there is none. */
async function answerOf(worker: Worker, request: SchemaRequest, milliseconds: number): Promise<SchemaReply | string> {
  const done = new AbortController()
  const { signal } = done
  worker.ref()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(request)
  try {
    return await Promise.race([
      once(worker, 'message', { signal }).then(([reply]) => reply as SchemaReply),
      once(worker, 'exit', { signal }).then(() => 'The thread ended without an answer.'),
      setTimeout(milliseconds, `The check took longer than ${milliseconds} ms.`, { signal }),
    ])
  } catch (error) {
    return error instanceof Error ? error.message : 'The thread failed.'
  } finally {
    done.abort()
  }
}

/** Compiled schemas are shared by all who read documents. */
export const schemaThread = new SchemaThread()
