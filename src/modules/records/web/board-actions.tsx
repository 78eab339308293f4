/** Keeping, sharing and exporting a board. What goes out of the node goes out as it was kept, so that it can be found again. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { fileFrom } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Problem } from '#web/kit/states.tsx'
import { saveFile } from '#web/save-file.ts'
import { exportBoard } from '../contract.ts'
import { hasUnkept } from './board-history.ts'
import { BoardSave, type Kept } from './board-save.tsx'
import { BoardShare } from './board-share.tsx'
import { downloadPng, downloadSvg } from './canvas-export.ts'
import type { GraphModel } from './graph-model.ts'
import { t } from './text.ts'

const FORMATS = ['gexf', 'graphml', 'csv', 'ftm'] as const

export interface BoardActionsProps {
  readonly graph: GraphModel
  readonly kept: Kept | undefined
  readonly onKept: (kept: Kept) => void
  readonly onReload: () => void
}

export function BoardActions({ graph, kept, onKept, onReload }: BoardActionsProps) {
  const [open, setOpen] = useState<'save' | 'save-as' | 'share' | undefined>(undefined)
  const close = (): void => setOpen(undefined)
  const isAsKept = kept !== undefined && !hasUnkept(graph.history)
  return (
    <>
      <div className="actions">
        {kept === undefined || kept.mayWrite ? (
          <Button kind="primary" onPress={() => setOpen('save')}>
            {t('board.save')}
          </Button>
        ) : null}
        {kept === undefined ? null : <Button onPress={() => setOpen('save-as')}>{t('board.saveAs')}</Button>}
        <Button isDisabled={!isAsKept} onPress={() => setOpen('share')}>
          {t('board.share')}
        </Button>
      </div>
      {kept?.mayWrite === false ? <p>{t('board.notOwn')}</p> : null}
      <details className="board-export">
        <summary>{t('export.title')}</summary>
        <Exports graph={graph} kept={isAsKept ? kept : undefined} title={kept?.title ?? t('graph.title')} />
      </details>
      {isAsKept ? null : <p className="muted">{t('board.keepFirst')}</p>}
      {open === 'save' || open === 'save-as' ? (
        <BoardSave graph={graph} kept={kept} isAnother={open === 'save-as'} onKept={onKept} onReload={onReload} onClose={close} />
      ) : null}
      {open === 'share' && kept !== undefined ? <BoardShare board={kept.board} onClose={close} /> : null}
    </>
  )
}

interface ExportsProps {
  readonly graph: GraphModel
  readonly kept: Kept | undefined
  readonly title: string
}

function Exports({ graph, kept, title }: ExportsProps) {
  const [hasFailed, setFailed] = useState(false)
  const file = useMutation({
    mutationFn: async (asked: z.input<typeof exportBoard.input>) => {
      const { name, content } = await fileFrom(exportBoard, asked)
      saveFile(name, content)
    },
  })
  return (
    <div className="actions">
      <Button onPress={() => void downloadPng(graph.board, graph.picked).then((made) => setFailed(!made))}>{t('export.png')}</Button>
      <Button onPress={() => downloadSvg(graph.board, graph.picked, title)}>{t('export.svg')}</Button>
      {kept === undefined
        ? null
        : FORMATS.map((format) => (
            <Button key={format} isDisabled={file.isPending} onPress={() => file.mutate({ board: kept.board, format })}>
              {t(`export.${format}`)}
            </Button>
          ))}
      {hasFailed ? <p role="alert">{t('export.failed')}</p> : null}
      <Problem error={file.error} />
    </div>
  )
}
