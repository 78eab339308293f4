/** One key for one act: a repeat after a line that broke is the same act, other content or an answer begins another. */
import { useRef } from 'react'
import { actKey } from '#web/client.ts'

export interface ActKeys {
  readonly of: (content: unknown) => string
  /** The node answered, with yes or no: what comes next is a new act. */
  readonly answered: () => void
}

export function useActKeys(): ActKeys {
  const held = useRef<{ readonly content: string; readonly key: string } | undefined>(undefined)
  return {
    of: (content) => {
      const text = JSON.stringify(content)
      if (held.current?.content !== text) held.current = { content: text, key: actKey() }
      return held.current.key
    },
    answered: () => {
      held.current = undefined
    },
  }
}
