/** Files of messages of a partner: bringing them, and how many lines of each were done, set aside or refused. */
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { upload } from '#web/client.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { FileDrop } from '#web/kit/file-drop.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { lineOutcomes, listMessageFiles, type MessageFile, uploadMessageFile } from '../contract.ts'
import { PortalTabs } from './portal-tabs.tsx'
import { code, t } from './text.ts'

export const FILE_TONE: Readonly<Record<string, Tone>> = { read: 'good', refused: 'bad', waiting: 'info' }

const columns: readonly Column<MessageFile>[] = [
  {
    id: 'name',
    header: t('files.name'),
    width: '16rem',
    cell: (row) => <AppLink to={`/release-rights/messages/${row.file}`}>{row.name}</AppLink>,
  },
  {
    id: 'state',
    header: t('files.state'),
    width: '12rem',
    cell: (row) => <Badge tone={FILE_TONE[row.state] ?? 'neutral'}>{code('fileState', row.state)}</Badge>,
  },
  ...lineOutcomes.map((id) => ({
    id,
    header: code('outcome', id),
    width: '9rem',
    isNumber: true,
    cell: (row: MessageFile) => row.counts[id],
  })),
  { id: 'way', header: t('files.way'), width: '7rem', cell: (row) => code('way', row.way) },
  { id: 'received', header: t('files.received'), width: 'minmax(14rem, 1fr)', cell: (row) => showInstant(row.receivedAt) },
]

interface Sending {
  readonly id: number
  readonly name: string
  readonly share: number
  readonly error?: unknown
  readonly cancel: () => void
}

export function MessageFilesPage() {
  const go = useGo()
  const cache = useQueryClient()
  const counter = useRef(0)
  const [sendings, setSendings] = useState<readonly Sending[]>([])
  const pages = usePages<MessageFile, typeof listMessageFiles>(listMessageFiles, {})
  const change = (id: number, part: Partial<Sending>): void =>
    setSendings((held) => held.map((each) => (each.id === id ? { ...each, ...part } : each)))
  const send = async (file: File): Promise<void> => {
    counter.current += 1
    const id = counter.current
    const abort = new AbortController()
    setSendings((held) => [...held, { id, name: file.name, share: 0, cancel: () => abort.abort() }])
    try {
      await upload(uploadMessageFile, { name: file.name }, { file, onProgress: (share) => change(id, { share }), signal: abort.signal })
      setSendings((held) => held.filter((each) => each.id !== id))
    } catch (error) {
      change(id, { error })
    }
    await cache.invalidateQueries({ queryKey: [listMessageFiles.id] })
  }
  const sendAll = async (files: readonly File[]): Promise<void> => {
    for (const file of files) await send(file)
  }
  return (
    <>
      <h1>{t('files.title')}</h1>
      <PortalTabs current="/release-rights/messages" />
      <p className="muted">{t('files.intro')}</p>
      <FileDrop label={t('files.drop')} onFiles={(files) => void sendAll(files)} />
      <div aria-live="polite">
        {sendings.map((each) => (
          <div className="panel" key={each.id}>
            {each.error === undefined ? (
              <>
                <label>
                  {t('files.sending', { name: each.name })}
                  <progress value={each.share} max={1} />
                </label>
                <Button onPress={each.cancel}>{t('files.cancel', { name: each.name })}</Button>
              </>
            ) : (
              <>
                <p>{each.name}</p>
                <Problem error={each.error} />
              </>
            )}
          </div>
        ))}
      </div>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('files.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.file}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => go(`/release-rights/messages/${row.file}`)}
      />
    </>
  )
}
