/** One form in a dialog, one act, closed when it is done. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Problem } from '#web/kit/states.tsx'

export interface ActProps {
  readonly title: string
  readonly isReady: boolean
  readonly isDangerous?: boolean
  readonly act: () => Promise<unknown>
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Act({ title, isReady, isDangerous = false, act, onClose, children }: ActProps) {
  const cache = useQueryClient()
  const done = useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await cache.invalidateQueries()
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) done.mutate()
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

/** What a dialog about one piece of information is given. */
export interface OfItem {
  readonly item: string
  readonly onClose: () => void
}
