/** One form in a dialog, one act. Closed when it is done; a refusal stays in sight with what was typed. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Problem } from '#web/kit/states.tsx'

export interface ActDialogProps<Answer> {
  readonly title: string
  readonly isReady: boolean
  readonly isDangerous?: boolean
  readonly act: () => Promise<Answer>
  readonly onClose: () => void
  readonly onDone?: (answer: Answer) => void
  readonly children: ReactNode
}

export function ActDialog<Answer>({ title, isReady, isDangerous = false, act, onClose, onDone, children }: ActDialogProps<Answer>) {
  const cache = useQueryClient()
  const done = useMutation({
    mutationFn: act,
    onSuccess: async (answer) => {
      await cache.invalidateQueries()
      onDone?.(answer)
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady && !done.isPending) done.mutate()
  }
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {children}
        <Problem error={done.error} />
        <div className="actions">
          <Button kind={isDangerous ? 'danger' : 'primary'} type="submit" isDisabled={!isReady || done.isPending}>
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
