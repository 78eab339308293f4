/**
 * One form in a dialog, one act. Closed when it is done, unless the answer has something that must be read first; a refusal stays in sight
 * with what was typed.
 * Invariant: one key for one dialog, so that a second press after a lost answer does nothing twice.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { actKey } from '../client.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Problem } from './states.tsx'

export interface ActDialogProps<Answer> {
  readonly title: string
  /** What the button says; without it the title. */
  readonly press?: string
  readonly isReady: boolean
  readonly isDangerous?: boolean
  readonly act: (key: string) => Promise<Answer>
  readonly onClose: () => void
  /** Says what is to be read of the answer; without it, or with nothing said, the dialog closes. */
  readonly said?: (answer: Answer) => ReactNode
  readonly onDone?: (answer: Answer) => void
  readonly children: ReactNode
}

export function ActDialog<Answer>(props: ActDialogProps<Answer>) {
  const { title, press = title, isReady, isDangerous = false, act, onClose, said, onDone, children } = props
  const cache = useQueryClient()
  const [key] = useState(actKey)
  const done = useMutation({
    mutationFn: async () => await act(key),
    onSuccess: async (answer) => {
      await cache.invalidateQueries()
      onDone?.(answer)
      if (said === undefined || said(answer) === null) onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady && !done.isPending) done.mutate()
  }
  if (done.data !== undefined && said !== undefined)
    return (
      <Dialog title={title} isOpen onClose={onClose}>
        <div role="status" tabIndex={-1} ref={takeFocus}>
          {said(done.data)}
        </div>
      </Dialog>
    )
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {children}
        <Problem error={done.error} />
        <div className="actions">
          <Button kind={isDangerous ? 'danger' : 'primary'} type="submit" isDisabled={!isReady || done.isPending}>
            {press}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** The button that was pressed is gone: without this the keyboard would be outside the dialog. */
function takeFocus(element: HTMLElement | null): void {
  element?.focus()
}
