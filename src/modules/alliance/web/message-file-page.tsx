/** What became of each line of one file, with its place and the reason; the outcome that is looked at is in the address. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Problem, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo, useParam } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { type FileLine, lineOutcomes, type MessageFile, refusalReasons, showMessageFile } from '../contract.ts'
import { FILE_TONE } from './message-files-page.tsx'
import { PortalTabs } from './portal-tabs.tsx'
import { code, t } from './text.ts'

const OUTCOME_TONE: Readonly<Record<string, Tone>> = { accepted: 'good', waiting: 'info', refused: 'bad', quarantined: 'warn' }

const columns: readonly Column<FileLine>[] = [
  { id: 'line', header: t('files.line'), width: '4rem', isNumber: true, cell: (row) => row.line },
  {
    id: 'outcome',
    header: t('files.outcome'),
    width: '11rem',
    cell: (row) => <Badge tone={OUTCOME_TONE[row.outcome] ?? 'neutral'}>{code('outcome', row.outcome)}</Badge>,
  },
  { id: 'because', header: t('files.because'), width: '25rem', cell: (row) => reasonOf(row) },
  { id: 'place', header: t('files.place'), width: '13rem', cell: (row) => row.place },
  { id: 'container', header: t('files.container'), width: '9rem', cell: (row) => row.container ?? '' },
  { id: 'act', header: t('files.act'), width: '10rem', cell: (row) => (row.act === undefined ? '' : code('event', row.act)) },
  {
    id: 'type',
    header: t('files.type'),
    width: 'minmax(12rem, 1fr)',
    cell: (row) => t('files.typeOf', { type: row.type, n: row.message }),
  },
]

/** A refusal of the ledger reads as on the page of a right; all else is about the message. */
function reasonOf({ because }: FileLine): string {
  if (because === undefined) return ''
  return code(refusalReasons.some((each) => each === because) ? 'refusal' : 'lineFault', because)
}

export function MessageFilePage() {
  const file = useParam('file')
  const address = useAddress()
  const outcome = lineOutcomes.find((each) => each === address['outcome'])
  const query = useCall(showMessageFile, { file, limit: 1 })
  return (
    <Reading query={query} title={t('files.title')}>
      {(shown) => <Lines file={shown.file} outcome={outcome} />}
    </Reading>
  )
}

function Lines({ file, outcome }: { readonly file: MessageFile; readonly outcome: FileLine['outcome'] | undefined }) {
  const go = useGo()
  const pages = usePages<FileLine, typeof showMessageFile>(showMessageFile, { file: file.file, outcome })
  return (
    <>
      <h1>{t('files.lines', { name: file.name })}</h1>
      <PortalTabs current="/release-rights/messages" />
      <p>
        <Badge tone={FILE_TONE[file.state] ?? 'neutral'}>{code('fileState', file.state)}</Badge> {code('way', file.way)},{' '}
        {showInstant(file.receivedAt)}. <AppLink to="/release-rights/messages">{t('files.back')}</AppLink>
      </p>
      {file.problem === undefined ? null : <p role="alert">{t('files.problem', { code: file.problem.code, at: file.problem.at })}</p>}
      <div className="toolbar">
        <Select
          label={t('files.outcome')}
          value={outcome ?? ''}
          onChange={(value) => go(`/release-rights/messages/${file.file}`, { outcome: value }, { replace: true })}
          empty={t('files.any')}
          choices={lineOutcomes.map((id) => ({ id, label: `${code('outcome', id)} (${file.counts[id]})` }))}
        />
      </div>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('files.lines', { name: file.name })}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => String(row.line)}
        hasMore={pages.hasMore}
        onMore={pages.more}
      />
    </>
  )
}
