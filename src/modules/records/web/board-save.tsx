/** Keeps a board, in place of the revision it was opened from or as another one, and opens it to desks of the own authority. */
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { actKey, call, ProblemError } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { queryClient } from '#web/queries.ts'
import { listBoards, saveBoard } from '../contract.ts'
import { layoutOf } from './board-wire.ts'
import type { GraphModel } from './graph-model.ts'
import type { KeptBoard } from './graph-open.ts'
import { ReaderDesks } from './reader-desks.tsx'
import { t } from './text.ts'

export type Kept = Pick<KeptBoard, 'board' | 'revision' | 'title' | 'caseRef' | 'readers' | 'mayWrite'>

export interface BoardSaveProps {
  readonly graph: GraphModel
  readonly kept: Kept | undefined
  readonly isAnother: boolean
  readonly onKept: (kept: Kept) => void
  /** Opens what the node has now. */
  readonly onReload: () => void
  readonly onClose: () => void
}

export function BoardSave({ graph, kept, isAnother, onKept, onReload, onClose }: BoardSaveProps) {
  const [title, setTitle] = useState(kept?.title ?? '')
  const [caseRef, setCaseRef] = useState(kept?.caseRef ?? '')
  const [readers, setReaders] = useState<readonly string[]>(isAnother ? [] : (kept?.readers ?? []))
  const [asAnother, setAsAnother] = useState(isAnother)
  const key = useRef(actKey())
  const before = asAnother ? undefined : kept
  const save = useMutation({
    mutationFn: async () =>
      await call(saveBoard, {
        ...(before === undefined ? {} : { board: before.board, revision: before.revision }),
        title: title.trim(),
        ...(caseRef.trim() === '' ? {} : { caseRef: caseRef.trim() }),
        readers: [...readers],
        layout: layoutOf(graph.board),
        key: key.current,
      }),
    onSuccess: ({ board, revision }) => {
      void queryClient.invalidateQueries({ queryKey: [listBoards.id] })
      onKept({
        board,
        revision,
        title: title.trim(),
        ...(caseRef.trim() === '' ? {} : { caseRef: caseRef.trim() }),
        readers: [...readers],
        mayWrite: true,
      })
      onClose()
    },
  })
  const isStale = save.error instanceof ProblemError && save.error.code === 'records.board-stale'
  const isReady = title.trim().length >= 3 && !save.isPending
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) save.mutate()
  }
  return (
    <Dialog title={t(asAnother ? 'board.saveAs' : 'board.save')} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <TextField label={t('board.name')} value={title} onChange={setTitle} isRequired autoFocus maxLength={120} />
        <TextField label={t('board.case')} value={caseRef} onChange={setCaseRef} maxLength={80} />
        <ReaderDesks label={t('board.readers')} help={t('board.readersWhy')} readers={readers} onChange={setReaders} />
        <Problem error={save.error} />
        {isStale ? (
          <>
            <p>{t('board.stale')}</p>
            <div className="actions">
              <Button
                onPress={() => {
                  // Another board is another act.
                  key.current = actKey()
                  setAsAnother(true)
                  save.reset()
                }}
              >
                {t('board.saveAs')}
              </Button>
              <Button onPress={onReload}>{t('board.openTheirs')}</Button>
            </div>
          </>
        ) : (
          <div className="actions">
            <Button kind="primary" type="submit" isDisabled={!isReady}>
              {t(asAnother ? 'board.saveAs' : 'board.save')}
            </Button>
          </div>
        )}
      </form>
    </Dialog>
  )
}
