/** A file into a collection of the own desk. It is kept as it came; nothing of it is read in before it was looked at. */
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { upload } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { FileDrop } from '#web/kit/file-drop.tsx'
import { Problem } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { type CollectionView, importFormats, listImports, uploadImport } from '../contract.ts'
import { keepTable } from './table-kept.ts'
import { t } from './text.ts'

export interface UploadPanelProps {
  readonly collections: readonly CollectionView[]
  /** The one that was just opened. */
  readonly made: string | undefined
  readonly onMake: () => void
}

export function UploadPanel({ collections, made, onMake }: UploadPanelProps) {
  const { collection: asked } = useAddress()
  const go = useGo()
  const cache = useQueryClient()
  const [chosen, setChosen] = useState<string | undefined>(asked)
  const [format, setFormat] = useState('')
  const [sending, setSending] = useState<{ readonly name: string; readonly share: number } | undefined>(undefined)
  const [error, setError] = useState<unknown>(null)
  const abort = useRef<AbortController>(undefined)
  const collection = [made, chosen, collections.length === 1 ? collections[0]?.collection : undefined].find(
    (each) => each !== undefined && collections.some((held) => held.collection === each),
  )
  const send = async (files: readonly File[]): Promise<void> => {
    const [file] = files
    if (file === undefined || collection === undefined || sending !== undefined) return
    if (files.length > 1) {
      setError(new Error(t('upload.oneByOne')))
      return
    }
    setError(null)
    setSending({ name: file.name, share: 0 })
    abort.current = new AbortController()
    try {
      const answer = await upload(
        uploadImport,
        { collection, name: file.name, format: importFormats.find((each) => each === format) ?? formatOf(file.name) },
        { file, onProgress: (share) => setSending({ name: file.name, share }), signal: abort.current.signal },
      )
      keepTable(answer)
      await cache.invalidateQueries({ queryKey: [listImports.id] })
      go(`/records/imports/${answer.import}`)
    } catch (failure) {
      setError(failure)
    }
    setSending(undefined)
  }
  return (
    <section className="panel" aria-labelledby="upload">
      <h2 id="upload">{t('upload.title')}</h2>
      <div className="toolbar">
        {collections.length === 0 ? null : (
          <Select
            label={t('upload.collection')}
            value={collection ?? ''}
            onChange={setChosen}
            empty={t('crossrefs.choose')}
            choices={collections.map(({ collection: id, title }) => ({ id, label: title }))}
          />
        )}
        <Button onPress={onMake}>{t('collections.make')}</Button>
        <Select
          label={t('upload.format')}
          value={format}
          onChange={setFormat}
          empty={t('upload.byName')}
          choices={importFormats.map((id) => ({ id, label: t(`importFormat.${id}`) }))}
        />
      </div>
      {collection === undefined ? <p>{t('upload.first')}</p> : <FileDrop label={t('upload.file')} onFiles={(files) => void send(files)} />}
      <div aria-live="polite">
        {sending === undefined ? null : (
          <>
            <label>
              {t('upload.sending', { name: sending.name })}
              <progress value={sending.share} max={1} />
            </label>
            <Button onPress={() => abort.current?.abort()}>{t('upload.cancel')}</Button>
          </>
        )}
      </div>
      <Problem error={error} />
    </section>
  )
}

/** Rows unless the name says lines of FollowTheMoney. */
function formatOf(name: string): (typeof importFormats)[number] {
  return /\.(json|jsonl|ijson|ftm|ndjson)$/i.test(name) ? 'ftm' : 'csv'
}
