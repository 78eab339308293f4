/** Opening a channel, another token for it, closing it. A token is shown once, in the dialog that made it, and is gone with it. */
import { useState } from 'react'
import { call, urlOf } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { showInstant } from '#web/time.ts'
import { CHANNEL_DAYS, type ChannelView, closeChannel, deliverDocument, openChannel, rotateChannel } from '../contract.ts'
import { t } from './intake-text.ts'

const LEAST_TITLE = 3

interface OfChannel {
  readonly channel: ChannelView
  readonly onClose: () => void
}

export function OpenChannel({ onClose }: { readonly onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [days, setDays] = useState(String(CHANNEL_DAYS))
  return (
    <ActDialog
      title={t('channels.open')}
      isReady={title.trim().length >= LEAST_TITLE && isDays(days)}
      act={async () => await call(openChannel, { title: title.trim(), days: Number(days) })}
      said={saidOf}
      onClose={onClose}
    >
      <TextField
        label={t('channels.titleField')}
        help={t('channels.titleHelp')}
        value={title}
        onChange={setTitle}
        isRequired
        autoFocus
        maxLength={80}
      />
      <DaysField value={days} onChange={setDays} />
    </ActDialog>
  )
}

export function RotateChannel({ channel, onClose }: OfChannel) {
  const [days, setDays] = useState(String(CHANNEL_DAYS))
  return (
    <ActDialog
      title={t('channels.rotate')}
      isReady={isDays(days)}
      isDangerous
      act={async () => await call(rotateChannel, { channel: channel.channel, days: Number(days) })}
      said={saidOf}
      onClose={onClose}
    >
      <p>{t('channels.rotateWhat', { title: channel.title })}</p>
      <DaysField value={days} onChange={setDays} />
    </ActDialog>
  )
}

export function CloseChannel({ channel, onClose }: OfChannel) {
  return (
    <ActDialog
      title={t('channels.close')}
      isReady
      isDangerous
      act={async () => await call(closeChannel, { channel: channel.channel })}
      onClose={onClose}
    >
      <p>{t('channels.closeWhat', { title: channel.title })}</p>
    </ActDialog>
  )
}

function DaysField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <TextField
      label={t('channels.days')}
      help={t('channels.daysHelp', { most: CHANNEL_DAYS })}
      type="number"
      value={value}
      onChange={onChange}
      isRequired
    />
  )
}

function isDays(text: string): boolean {
  const days = Number(text)
  return Number.isInteger(days) && days >= 1 && days <= CHANNEL_DAYS
}

function saidOf({ token, expiresAt }: { readonly token: string; readonly expiresAt: string }) {
  const url = `${location.origin}${urlOf(deliverDocument, { name: 'gate.edi' }, false)}`
  return (
    <>
      <p>
        <strong>{t('channels.tokenOnce')}</strong>
      </p>
      <TextField label={t('channels.tokenLabel')} value={token} onChange={() => undefined} isReadOnly />
      <p>{t('channels.until', { at: showInstant(expiresAt) })}</p>
      <details>
        <summary>{t('channels.how')}</summary>
        {/* biome-ignore lint: a region that scrolls must be reachable by keyboard */}
        <pre className="source mono" tabIndex={0}>
          {`curl --fail --data-binary @gate.edi \\\n  -H 'authorization: Bearer TOKEN' -H 'x-breakwater: 1' \\\n  '${url}'`}
        </pre>
      </details>
    </>
  )
}
