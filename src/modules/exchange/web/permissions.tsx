/** Permissions of originators: what others ask of this desk, to be answered in time, and what this desk asked. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { useDeskName } from '#web/desks.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showDistance, showInstant } from '#web/time.ts'
import { useNow } from '#web/use-now.ts'
import { answerPermission, listPermissions, type PermissionRow } from '../contract.ts'
import { code, t } from './text.ts'

const TONE: Readonly<Record<PermissionRow['state'], Tone>> = { open: 'warn', granted: 'good', denied: 'bad' }

export function PermissionsPage() {
  const query = useCall(listPermissions, {})
  return (
    <>
      <h1>{t('permissions.title')}</h1>
      <Reading query={query}>
        {({ items }) => (
          <>
            {(['in', 'out'] as const).map((direction) => {
              const rows = items.filter((row) => row.direction === direction)
              return (
                <section className="panel" key={direction}>
                  <h2>{t(`permissions.${direction}`)}</h2>
                  {rows.length === 0 ? (
                    <Empty>{t(`permissions.none-${direction}`)}</Empty>
                  ) : (
                    <PermissionTable rows={rows} label={t(`permissions.${direction}`)} hasItem />
                  )}
                </section>
              )
            })}
          </>
        )}
      </Reading>
    </>
  )
}

interface TableProps {
  readonly rows: readonly PermissionRow[]
  readonly label: string
  /** False on the page of the piece itself. */
  readonly hasItem?: boolean
}

export function PermissionTable({ rows, label, hasItem = false }: TableProps) {
  const name = useDeskName()
  const [asked, setAsked] = useState<PermissionRow | undefined>(undefined)
  return (
    <>
      <Scroll label={label}>
        <table>
          <thead>
            <tr>
              {(['what', 'state', ...(hasItem ? (['item'] as const) : []), 'by', 'reason', 'clock'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`permissions.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.request}>
                <th scope="row">
                  <What row={row} />
                </th>
                <td>
                  {row.direction === 'in' && row.state === 'open' && row.recalled !== true ? (
                    <Button kind="primary" onPress={() => setAsked(row)} label={t('permissions.decideOn', { who: name(row.by) })}>
                      {t('permissions.decide')}
                    </Button>
                  ) : (
                    <State row={row} />
                  )}
                </td>
                {hasItem ? (
                  <td>
                    <AppLink to={`/items/${row.item}`}>{row.title ?? t('item.gone')}</AppLink>
                  </td>
                ) : null}
                <td>
                  {name(row.by)}
                  <div className="muted">{t('permissions.since', { at: showInstant(row.at) })}</div>
                </td>
                <td>{row.reason}</td>
                <td>
                  <Clock row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {asked === undefined ? null : <Decide row={asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

function What({ row }: { readonly row: PermissionRow }) {
  return <>{[code('capability', row.capability), row.recipient].filter(Boolean).join(': ')}</>
}

function State({ row }: { readonly row: PermissionRow }) {
  if (row.state === 'open' && row.recalled === true) return <Badge>{t('permissions.recalled')}</Badge>
  return <Badge tone={TONE[row.state]}>{code('permissionState', row.state)}</Badge>
}

/** An open request lapses, a grant ends; a denial has no clock. */
function Clock({ row }: { readonly row: PermissionRow }) {
  const now = useNow()
  const when = showDistance(row.until, now)
  const isOver = Date.parse(row.until) < now
  if (row.state === 'denied' || row.recalled === true) return <>–</>
  return (
    <>
      {t(
        row.state === 'open' ? (isOver ? 'permissions.lapsed' : 'permissions.lapses') : isOver ? 'permissions.ended' : 'permissions.ends',
        { when },
      )}
      <div className="muted">{showInstant(row.until)}</div>
    </>
  )
}

const DAYS = [7, 30, 90, 365] as const

function Decide({ row, onClose }: { readonly row: PermissionRow; readonly onClose: () => void }) {
  const name = useDeskName()
  const [decision, setDecision] = useState<'grant' | 'deny'>('grant')
  const [days, setDays] = useState(30)
  return (
    <ActDialog
      title={t(decision === 'grant' ? 'permissions.grant' : 'permissions.deny')}
      isReady
      act={async () => await call(answerPermission, { request: row.request, decision, days })}
      onClose={onClose}
    >
      <dl className="facts">
        <dt>{t('permissions.by')}</dt>
        <dd>{name(row.by)}</dd>
        <dt>{t('permissions.what')}</dt>
        <dd>
          <What row={row} />
        </dd>
        <dt>{t('permissions.reason')}</dt>
        <dd>{row.reason}</dd>
      </dl>
      <Select
        label={t('permissions.answer')}
        value={decision}
        onChange={(value) => setDecision(value === 'deny' ? 'deny' : 'grant')}
        choices={(['grant', 'deny'] as const).map((id) => ({ id, label: t(`permissions.${id}`) }))}
        help={t(decision === 'grant' ? 'permissions.grantMeans' : 'permissions.denyMeans')}
      />
      {decision === 'deny' ? null : (
        <Select
          label={t('permissions.days')}
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
          choices={DAYS.map((n) => ({ id: String(n), label: t('permissions.forDays', { n }) }))}
        />
      )}
    </ActDialog>
  )
}
