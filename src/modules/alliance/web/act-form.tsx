/** A form that does one act with a key of its own and says how it went. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { ProblemError } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Problem } from '#web/kit/states.tsx'
import { useActKeys } from './act-key.ts'

export interface ActFormProps<Content, Answer> {
  readonly label: string
  /** Undefined as long as something is missing. */
  readonly content: Content | undefined
  readonly send: (content: Content & { readonly key: string }) => Promise<Answer>
  /** Route whose readings the act has made stale. Others are not read again: some readings are events. */
  readonly stale: readonly string[]
  readonly isDangerous?: boolean
  readonly onDone?: (answer: Answer) => void
  readonly said?: (answer: Answer, content: Content) => ReactNode
  readonly children?: ReactNode
}

export function ActForm<Content extends object, Answer>(props: ActFormProps<Content, Answer>) {
  const { label, content, send, stale, isDangerous = false, onDone, said, children } = props
  const cache = useQueryClient()
  const keys = useActKeys()
  const act = useMutation({
    mutationFn: async (of: Content) => ({ answer: await send({ ...of, key: keys.of(of) }), content: of }),
    onSuccess: async ({ answer }) => {
      for (const route of stale) await cache.invalidateQueries({ queryKey: [route] })
      onDone?.(answer)
    },
    onSettled: (_done, error) => {
      if (!(error instanceof ProblemError && error.status === 0)) keys.answered()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (content !== undefined && !act.isPending) act.mutate(content)
  }
  return (
    <form className="form" onSubmit={submit}>
      {children}
      <Problem error={act.error} />
      <div className="actions">
        <Button kind={isDangerous ? 'danger' : 'primary'} type="submit" isDisabled={content === undefined || act.isPending}>
          {label}
        </Button>
      </div>
      {/* Stands before there is anything to say, so that a screen reader hears it when there is. */}
      <div role="status">{act.data === undefined || said === undefined ? null : said(act.data.answer, act.data.content)}</div>
    </form>
  )
}
