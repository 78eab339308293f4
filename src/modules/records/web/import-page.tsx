/** One file on its way in: mapping for rows, a dry run with its report, the run itself with its counts, and then the search for duplicates. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { call, urlOf } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Problem, Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { showInstant } from '#web/time.ts'
import { cancelImport, exportImportReport, listCollections, type mappingWire, showImport, startImport } from '../contract.ts'
import { ImportCounts } from './import-counts.tsx'
import { ImportProblems } from './import-problems.tsx'
import { ImportState } from './import-state.tsx'
import { MappingEditor } from './mapping-editor.tsx'
import { RecordsTabs } from './records-tabs.tsx'
import { keptTable } from './table-kept.ts'
import { t } from './text.ts'

const RUNNING_MS = 1000

export type ShownImport = z.output<(typeof showImport)['ok']>
export type Mapping = z.output<typeof mappingWire>

export function ImportPage() {
  const id = useParam('import')
  const [isRunning, setRunning] = useState(false)
  const query = useCall(showImport, { import: id }, isRunning ? { everyMs: RUNNING_MS } : {})
  const runs = query.data?.state === 'checking' || query.data?.state === 'importing'
  if (runs !== isRunning) setRunning(runs)
  return (
    <>
      <title>{t('imports.page')}</title>
      <Reading query={query} title={t('import.title')}>
        {(view) => (
          <>
            <h1>{t('import.of', { name: view.name })}</h1>
            <RecordsTabs current="/records/imports" />
            <Shown view={view} />
          </>
        )}
      </Reading>
    </>
  )
}

function Shown({ view }: { readonly view: ShownImport }) {
  const mayWrite = useSessionQuery().data?.permissions.includes('records.write') === true
  const collection = useCall(listCollections, { limit: 200 }).data?.items.find((each) => each.collection === view.collection)
  const isDone = view.state === 'done'
  return (
    <>
      <p role="status">
        <ImportState view={view} /> {view.dryRun && view.state === 'checked' ? t('import.wasDry') : null}
      </p>
      <p className="muted">
        {t('import.into', { collection: collection?.title ?? view.collection, when: showInstant(view.at), who: view.by })}
      </p>
      {mayWrite ? <Run key={view.import} view={view} /> : null}
      {view.state === 'uploaded' ? null : <ImportCounts view={view} />}
      {isDone ? (
        <div className="actions">
          <AppLink to="/records/cross-references" search={{ left: view.collection }} className="button primary">
            {t('crossrefs.start')}
          </AppLink>
          <AppLink to="/records" search={{ collection: view.collection }} className="button">
            {t('import.open')}
          </AppLink>
        </div>
      ) : null}
      {view.problems === 0 ? null : (
        <>
          <ImportProblems view={view} />
          <p>
            <a className="button" href={urlOf(exportImportReport, { import: view.import }, false)} download>
              {t('import.report')}
            </a>
          </p>
        </>
      )}
    </>
  )
}

/** What can be done with the file now. */
function Run({ view }: { readonly view: ShownImport }) {
  const cache = useQueryClient()
  const [mapping, setMapping] = useState<Mapping | undefined>(undefined)
  const [name, setName] = useState('')
  const start = useMutation({
    mutationFn: async (dryRun: boolean) =>
      await call(startImport, {
        import: view.import,
        dryRun,
        ...(mapping === undefined ? {} : { mapping }),
        ...(mapping === undefined || name.trim().length < 3 ? {} : { saveMappingAs: name.trim() }),
      }),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  const cancel = useMutation({
    mutationFn: async () => await call(cancelImport, { import: view.import }),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  if (view.state === 'checking' || view.state === 'importing')
    return (
      <>
        <div className="actions">
          <Button kind="danger" onPress={() => cancel.mutate()} isDisabled={cancel.isPending}>
            {t('import.cancel')}
          </Button>
        </div>
        <p className="muted">{t('import.cancelWhat')}</p>
        <Problem error={cancel.error} />
      </>
    )
  if (view.state === 'done' || view.state === 'refused') return null
  if (view.keptUntil === undefined) return <p>{t('import.gone')}</p>
  const isRows = view.format === 'csv'
  const table = { ...keptTable(view.import), ...view }
  // Without its columns a file that was checked before is read as it was checked: the node keeps the mapping with it.
  const isHeld = isRows && table.headers === undefined && view.state !== 'uploaded'
  const isReady = (!isRows || isHeld || mapping !== undefined) && !start.isPending
  return (
    <>
      {!isRows ? (
        <p>{t('import.ftm')}</p>
      ) : isHeld ? (
        <p>{t('import.asBefore')}</p>
      ) : (
        <>
          <MappingEditor view={table} held={mapping} onChange={setMapping} />
          <TextField label={t('mapping.saveAs')} value={name} onChange={setName} help={t('mapping.saveHelp')} maxLength={80} />
        </>
      )}
      <p className="muted">{t('import.keptUntil', { when: showInstant(view.keptUntil) })}</p>
      <Problem error={start.error} />
      <div className="actions">
        <Button kind={view.state === 'uploaded' ? 'primary' : 'plain'} isDisabled={!isReady} onPress={() => start.mutate(true)}>
          {t('import.check')}
        </Button>
        <Button kind={view.state === 'uploaded' ? 'plain' : 'primary'} isDisabled={!isReady} onPress={() => start.mutate(false)}>
          {t(view.state === 'cancelled' ? 'import.goOn' : 'import.run')}
        </Button>
      </div>
    </>
  )
}
