/** Codes in messages and the partners they mean: a table of this desk, in which one officer enters and another confirms. The open code is in the address. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { changeCode, codeStates, listCodes, type PartyCode } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { EnterCode, type Entered } from './code-form.tsx'
import { LedgerTabs } from './ledger-tabs.tsx'
import { code, t } from './text.ts'

const CODE_TONE: Readonly<Record<string, Tone>> = { 'in-force': 'good', entered: 'warn', ahead: 'info' }

const columns: readonly Column<PartyCode>[] = [
  { id: 'value', header: t('codes.value'), width: '12rem', cell: (row) => row.value },
  { id: 'list', header: t('codes.list'), width: '8rem', cell: (row) => row.list },
  { id: 'partner', header: t('partners.desk'), width: '14rem', cell: (row) => row.name },
  {
    id: 'state',
    header: t('partners.state'),
    width: '10rem',
    cell: (row) => <Badge tone={CODE_TONE[row.state] ?? 'neutral'}>{code('codeState', row.state)}</Badge>,
  },
  { id: 'from', header: t('codes.from'), width: '14rem', cell: (row) => showInstant(row.from) },
  { id: 'until', header: t('codes.until'), width: '14rem', cell: (row) => showInstant(row.until) },
  { id: 'entered', header: t('codes.enteredBy'), width: '12rem', cell: (row) => row.enteredBy },
  { id: 'confirmed', header: t('codes.confirmedBy'), width: 'minmax(12rem, 1fr)', cell: (row) => row.confirmedBy ?? '' },
]

export function CodesPage() {
  const address = useAddress()
  const go = useGo()
  const state = codeStates.find((each) => each === address['state'])
  const { value, open } = address
  const pages = usePages<PartyCode, typeof listCodes>(listCodes, { state, value: value === '' ? undefined : value })
  const [entering, setEntering] = useState<Entered>()
  const set = (part: Readonly<Record<string, string | undefined>>): void =>
    go('/ledger/codes', { state, value, open, ...part }, { replace: true })
  const shown = pages.rows.find((row) => row.code === open)
  return (
    <>
      <h1>{t('codes.title')}</h1>
      <LedgerTabs current="/ledger/codes" />
      <p className="muted">{t('codes.intro')}</p>
      <div className="toolbar">
        <TextField
          label={t('codes.value')}
          type="search"
          value={value ?? ''}
          onChange={(typed) => set({ value: typed.toUpperCase() })}
          maxLength={70}
        />
        <Select
          label={t('partners.state')}
          value={state ?? ''}
          onChange={(picked) => set({ state: picked })}
          empty={t('partners.any')}
          choices={codeStates.map((id) => ({ id, label: code('codeState', id) }))}
        />
        <Button kind="primary" onPress={() => setEntering({ list: '', value: '' })}>
          {t('codes.enter')}
        </Button>
      </div>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('codes.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.code}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => set({ open: row.code })}
      />
      <Unknown onEnter={setEntering} />
      {entering === undefined ? null : (
        <Dialog title={t('codes.enter')} isOpen onClose={() => setEntering(undefined)}>
          <EnterCode stated={entering} onDone={() => setEntering(undefined)} />
        </Dialog>
      )}
      {shown === undefined ? null : (
        <Dialog title={t('codes.one', { value: shown.value })} isOpen onClose={() => set({ open: undefined })}>
          <Shown shown={shown} onDone={() => set({ open: undefined })} />
        </Dialog>
      )}
    </>
  )
}

/** What messages named and nobody means: an entry of the table that is missing, or a sender that is wrong. */
function Unknown({ onEnter }: { readonly onEnter: (stated: Entered) => void }) {
  const unknown = useCall(listCodes, { limit: 1 }).data?.unknown ?? []
  if (unknown.length === 0) return null
  return (
    <section className="panel">
      <h2>{t('codes.unknown')}</h2>
      <ul>
        {unknown.map(({ list, value, sender, times, lastAt }) => (
          <li key={`${list} ${value} ${sender.desk}`}>
            {t('codes.unknownOne', { value, list, name: sender.name, n: times, when: showInstant(lastAt) })}{' '}
            <Button label={t('codes.enterThis', { value })} onPress={() => onEnter({ list, value })}>
              {t('codes.enter')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Shown({ shown, onDone }: { readonly shown: PartyCode; readonly onDone: () => void }) {
  const [change, setChange] = useState<PartyCode['open'][number]>()
  const [reason, setReason] = useState('')
  const step = (by: string | undefined, at: string | undefined): string =>
    at === undefined ? '' : t('codes.step', { by: by ?? t('codes.itself'), when: showInstant(at) })
  return (
    <>
      <dl className="facts">
        <dt>{t('codes.list')}</dt>
        <dd>{shown.list}</dd>
        <dt>{t('partners.desk')}</dt>
        <dd>{shown.name}</dd>
        <dt>{t('partners.state')}</dt>
        <dd>{code('codeState', shown.state)}</dd>
        <dt>{t('codes.from')}</dt>
        <dd>{showInstant(shown.from)}</dd>
        <dt>{t('codes.until')}</dt>
        <dd>{showInstant(shown.until)}</dd>
        <dt>{t('codes.enteredBy')}</dt>
        <dd>{step(shown.enteredBy, shown.enteredAt)}</dd>
        <dt>{t('codes.confirmedBy')}</dt>
        <dd>{step(shown.confirmedBy, shown.confirmedAt)}</dd>
        {shown.endedAt === undefined ? null : (
          <>
            <dt>{t('codes.endedBy')}</dt>
            <dd>{step(shown.endedBy, shown.endedAt)}</dd>
          </>
        )}
        {shown.reason === undefined ? null : (
          <>
            <dt>{t('partners.reason')}</dt>
            <dd>{shown.reason}</dd>
          </>
        )}
      </dl>
      {shown.state === 'entered' && !shown.open.includes('confirm') ? <p>{t('codes.second')}</p> : null}
      {change === undefined ? (
        <div className="actions">
          {shown.open.map((each) => (
            <Button key={each} kind={each === 'end' ? 'danger' : 'primary'} onPress={() => setChange(each)}>
              {code('codeChange', each)}
            </Button>
          ))}
        </div>
      ) : (
        <ActForm
          label={code('codeChange', change)}
          content={reason.trim().length < 3 ? undefined : { code: shown.code, change, reason: reason.trim() }}
          send={async ({ key: _, ...content }) => await call(changeCode, content)}
          stale={[listCodes.id]}
          onDone={onDone}
          isDangerous={change === 'end'}
        >
          <TextField label={t('partners.reason')} value={reason} onChange={setReason} isRequired maxLength={500} autoFocus />
        </ActForm>
      )}
    </>
  )
}
