/** Files come in here: each with its progress, each cancellable; what the node made of them stands below. */
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { upload } from '#web/client.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { FileDrop } from '#web/kit/file-drop.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { showInstant } from '#web/time.ts'
import { type DocumentRow, listDocuments, uploadDocument } from '../contract.ts'
import { IntakeTabs } from './intake-tabs.tsx'
import { t as ofIntake } from './intake-text.ts'
import { code, t } from './text.ts'

interface Sending {
  readonly id: number
  readonly name: string
  readonly share: number
  readonly state: 'sending' | 'known' | 'failed'
  readonly error?: unknown
  readonly cancel: () => void
}

export function Intake() {
  const [sendings, setSendings] = useState<readonly Sending[]>([])
  const counter = useRef(0)
  const cache = useQueryClient()
  const { state = '' } = useAddress()
  const go = useGo()
  const pages = usePages<DocumentRow, typeof listDocuments>(listDocuments, { state: STATES.find((each) => each === state) })
  const change = (id: number, part: Partial<Sending>): void =>
    setSendings((held) => held.map((each) => (each.id === id ? { ...each, ...part } : each)))
  const send = async (file: File): Promise<void> => {
    counter.current += 1
    const id = counter.current
    const abort = new AbortController()
    setSendings((held) => [...held, { id, name: file.name, share: 0, state: 'sending', cancel: () => abort.abort() }])
    try {
      const { known } = await upload(
        uploadDocument,
        { name: file.name },
        { file, onProgress: (share) => change(id, { share }), signal: abort.signal },
      )
      if (known) change(id, { state: 'known' })
      else setSendings((held) => held.filter((each) => each.id !== id))
    } catch (error) {
      change(id, { state: 'failed', error })
    }
    await cache.invalidateQueries({ queryKey: [listDocuments.id] })
  }
  const sendAll = async (files: readonly File[]): Promise<void> => {
    // One after the other: the node reads one at a time anyway, and the progress stays readable.
    for (const file of files) await send(file)
  }
  return (
    <>
      <h1>{t('intake.title')}</h1>
      <IntakeTabs current="/intake" />
      <FileDrop label={t('intake.drop')} onFiles={(files) => void sendAll(files)} />
      <p className="muted">{t('intake.drop')}</p>
      <div aria-live="polite">
        {sendings.map((each) => (
          <div className="panel" key={each.id}>
            {each.state === 'sending' ? (
              <>
                <label>
                  {t('intake.sending', { name: each.name })}
                  <progress value={each.share} max={1} />
                </label>
                <Button onPress={each.cancel}>{t('intake.cancel', { name: each.name })}</Button>
              </>
            ) : each.state === 'known' ? (
              <p>{t('intake.known', { name: each.name })}</p>
            ) : (
              <>
                <p className="mono">{each.name}</p>
                <Problem error={each.error} />
              </>
            )}
          </div>
        ))}
      </div>
      <div className="toolbar">
        <Select
          label={ofIntake('documents.state')}
          value={state}
          empty={ofIntake('documents.any')}
          onChange={(value) => go('/intake', { state: value }, { replace: true })}
          choices={STATES.map((id) => ({ id, label: code('document', id) }))}
        />
      </div>
      <Reading query={pages.query}>
        {() =>
          pages.rows.length === 0 ? (
            <Empty>{state === '' ? t('intake.empty') : ofIntake('documents.none')}</Empty>
          ) : (
            <Documents rows={pages.rows} />
          )
        }
      </Reading>
      {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
    </>
  )
}

const TONE: Readonly<Record<DocumentRow['state'], Tone>> = { waiting: 'neutral', reading: 'info', read: 'good', refused: 'bad' }
const STATES = ['waiting', 'reading', 'read', 'refused'] as const satisfies readonly DocumentRow['state'][]
const HEADS = ['name', 'received', 'state', 'types', 'voyage', 'counts', 'containers', 'consignments', 'warnings'] as const

function Documents({ rows }: { readonly rows: readonly DocumentRow[] }) {
  return (
    <Scroll label={t('intake.list')}>
      <table>
        <caption>{t('intake.list')}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {t(`intake.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.document}>
              <th scope="row">
                <AppLink to={`/documents/${row.document}`}>{row.name}</AppLink>{' '}
                {row.generated ? <Badge>{t('intake.generated')}</Badge> : null}
              </th>
              <td>{showInstant(row.receivedAt)}</td>
              <td>
                <Badge tone={TONE[row.state]}>{code('document', row.state)}</Badge>
                {row.state === 'reading' ? <progress value={row.progress} max={1} aria-label={row.name} /> : null}
                {row.refused === undefined ? null : (
                  <div>
                    {row.refused.text} <code>{row.refused.at}</code>
                  </div>
                )}
              </td>
              <td>{row.types.join(', ')}</td>
              <td>{[row.vessel, row.voyage].filter(Boolean).join(' ')}</td>
              <td>
                {row.messages.accepted} / {row.messages.warned} / {row.messages.quarantined}
              </td>
              <td className="number">{row.containers}</td>
              <td className="number">{row.consignments}</td>
              <td className="number">{row.warnings}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
