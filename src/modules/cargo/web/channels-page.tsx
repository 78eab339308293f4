/** Machines that deliver for the desk: which may, until when, what they delivered last, and what of theirs was refused. */
import { useState } from 'react'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { CHANNEL_BYTES_A_DAY, CHANNEL_DOCUMENTS_A_DAY, type ChannelView, listChannels } from '../contract.ts'
import { CloseChannel, OpenChannel, RotateChannel } from './channel-dialogs.tsx'
import { IntakeTabs } from './intake-tabs.tsx'
import { code, t } from './intake-text.ts'

const TONE: Readonly<Record<ChannelView['state'], Tone>> = { open: 'good', expired: 'warn', closed: 'neutral' }
const HEADS = ['name', 'state', 'expires', 'opened', 'used', 'today', 'refused', 'acts'] as const
const MEGABYTE = 1024 * 1024

type Asking = { readonly act: 'rotate' | 'close'; readonly channel: ChannelView }

export function ChannelsPage() {
  const query = useCall(listChannels, {})
  const [isOpening, setOpening] = useState(false)
  const [asking, setAsking] = useState<Asking>()
  const close = (): void => setAsking(undefined)
  return (
    <>
      <h1>{t('channels.title')}</h1>
      <IntakeTabs current="/intake/channels" />
      <p>{t('channels.why')}</p>
      <div className="actions">
        <Button kind="primary" onPress={() => setOpening(true)}>
          {t('channels.open')}
        </Button>
      </div>
      <Reading query={query}>
        {({ items }) => (items.length === 0 ? <Empty>{t('channels.none')}</Empty> : <Channels rows={items} onAsk={setAsking} />)}
      </Reading>
      {isOpening ? <OpenChannel onClose={() => setOpening(false)} /> : null}
      {asking?.act === 'rotate' ? <RotateChannel channel={asking.channel} onClose={close} /> : null}
      {asking?.act === 'close' ? <CloseChannel channel={asking.channel} onClose={close} /> : null}
    </>
  )
}

function Channels({ rows, onAsk }: { readonly rows: readonly ChannelView[]; readonly onAsk: (asking: Asking) => void }) {
  return (
    <Scroll label={t('channels.list')}>
      <table>
        <caption>{t('channels.list')}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {t(`channels.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Channel key={row.channel} row={row} onAsk={onAsk} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Channel({ row, onAsk }: { readonly row: ChannelView; readonly onAsk: (asking: Asking) => void }) {
  const { title, state, today, refused } = row
  return (
    <tr>
      <th scope="row">{title}</th>
      <td>
        <Badge tone={TONE[state]}>{t(`channelState.${state}`)}</Badge>
        {row.closedAt === undefined ? null : <div className="muted">{showInstant(row.closedAt)}</div>}
      </td>
      <td>{showInstant(row.expiresAt)}</td>
      <td>
        {t('channels.openedBy', { at: showInstant(row.openedAt), by: row.openedBy })}
        {row.rotatedAt === undefined ? null : <div className="muted">{t('channels.token', { at: showInstant(row.rotatedAt) })}</div>}
      </td>
      <td>{row.usedAt === undefined ? t('channels.never') : showInstant(row.usedAt)}</td>
      <td>
        {t('channels.todayOf', {
          n: today.documents,
          most: CHANNEL_DOCUMENTS_A_DAY.toLocaleString('en-GB'),
          bytes: megabytes(today.bytes),
          mostBytes: megabytes(CHANNEL_BYTES_A_DAY),
        })}
      </td>
      <td>
        {refused === undefined ? (
          t('channels.noneRefused')
        ) : (
          <>
            <Badge tone="warn">{refused.count}</Badge>{' '}
            {t('channels.refusedLast', { at: showInstant(refused.at), why: code('refusal', refused.why) })}
          </>
        )}
      </td>
      <td>
        {state === 'open' ? (
          <div className="actions">
            <Button onPress={() => onAsk({ act: 'rotate', channel: row })} label={t('channels.rotateOf', { title })}>
              {t('channels.rotate')}
            </Button>
            <Button kind="danger" onPress={() => onAsk({ act: 'close', channel: row })} label={t('channels.closeOf', { title })}>
              {t('channels.close')}
            </Button>
          </div>
        ) : null}
      </td>
    </tr>
  )
}

function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toLocaleString('en-GB', { maximumFractionDigits: 1 })} MB`
}
