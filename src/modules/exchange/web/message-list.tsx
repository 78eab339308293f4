/** Inbox and outbox of the desk: what came, what was sent, and what is evidenced of it. Content is shown by the slices that own it. */
import { useMemo } from 'react'
import { useDeskName } from '#web/desks.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { listMessages, type MessageRow, standings } from '../contract.ts'
import { typeText } from './message-texts.ts'
import { code, t } from './text.ts'

const BOXES = ['in', 'out'] as const

export function MessageList() {
  const { direction, standing, context } = useAddress()
  const go = useGo()
  const name = useDeskName()
  const columns = useMemo(() => columnsFor(direction, name), [direction, name])
  const pages = usePages<MessageRow, typeof listMessages>(listMessages, { direction, standing, context })
  return (
    <>
      <h1>{t('messages.title')}</h1>
      <nav className="tabs" aria-label={t('messages.boxes')}>
        {([undefined, ...BOXES] as const).map((box) => (
          <AppLink key={box ?? 'both'} to="/messages" search={{ direction: box, context }} isCurrent={direction === box}>
            {t(box === undefined ? 'messages.both' : `messages.box-${box}`)}
          </AppLink>
        ))}
      </nav>
      {direction === 'in' ? null : (
        <div className="toolbar">
          <Select
            label={t('message.evidence')}
            value={standing ?? ''}
            empty={t('items.any')}
            onChange={(value) => go('/messages', { direction, context, standing: value }, { replace: true })}
            choices={standings.map((id) => ({ id, label: t(`standing.${id}`) }))}
          />
        </div>
      )}
      {context === undefined ? null : (
        <p>
          {t('messages.about')} <code>{context}</code> <AppLink to="/messages">{t('messages.all')}</AppLink>
        </p>
      )}
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('messages.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => `${row.direction} ${row.id}`}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => go(`/messages/${row.id}`)}
      />
    </>
  )
}

function columnsFor(direction: string | undefined, name: (id: string) => string): readonly Column<MessageRow>[] {
  const both: Column<MessageRow> = {
    id: 'direction',
    header: t('messages.direction'),
    width: '7rem',
    cell: (row) => t(`messages.${row.direction}`),
  }
  return [
    {
      id: 'what',
      header: t('messages.type'),
      width: '15rem',
      cell: (row) => <AppLink to={`/messages/${row.id}`}>{typeText(row)}</AppLink>,
    },
    { id: 'evidence', header: t('message.evidence'), width: '16rem', cell: (row) => <Reached row={row} /> },
    ...(direction === undefined ? [both] : []),
    { id: 'at', header: t('messages.at'), width: '15rem', cell: (row) => showInstant(row.createdAt) },
    {
      id: 'desk',
      header: t('messages.desk'),
      width: 'minmax(15rem, 1fr)',
      cell: (row) => (row.direction === 'in' ? name(row.from) : row.to.map(name).join(', ')),
    },
    { id: 'urgency', header: t('messages.urgency'), width: '7rem', cell: (row) => code('urgency', row.urgency) },
  ]
}

/** The one thing to know of a message in a list. */
export function Reached({ row }: { readonly row: MessageRow }) {
  const { desks, delivered, opened, failed } = row.reached
  const [tone, said]: readonly [Tone, string] =
    row.direction === 'in'
      ? row.state === 'taken'
        ? ['neutral', t('reached.taken')]
        : ['bad', t('reached.quarantined')]
      : !['waiting', 'sent'].includes(row.state)
        ? ['bad', code('evidenceCode', row.state)]
        : failed > 0
          ? ['bad', t('reached.failed', { n: failed })]
          : opened > 0
            ? ['good', t('reached.opened', { n: opened, desks })]
            : delivered >= desks
              ? ['info', t('reached.delivered')]
              : ['warn', t('reached.waiting', { n: desks - delivered, desks })]
  return <Badge tone={tone}>{said}</Badge>
}
