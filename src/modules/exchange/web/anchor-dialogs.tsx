/** The four decisions on an anchor. Keys come from files and are compared by the node: nobody types one. */
import { useState } from 'react'
import { call, upload } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { FileDrop } from '#web/kit/file-drop.tsx'
import { type AnchorRow, confirmAnchor, endAnchor, proposeAnchor, takePartnerDirectory } from '../contract.ts'
import { Fingerprint } from './fingerprint.tsx'
import { t } from './text.ts'

interface OfAnchor {
  readonly row: AnchorRow
  readonly onClose: () => void
}

interface Brought {
  readonly name: string
  /** Undefined when the file is no JSON object. */
  readonly document: Record<string, unknown> | undefined
}

export function Propose({ onClose }: { readonly onClose: () => void }) {
  const [brought, bring] = useState<Brought>()
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const end = new Date(until)
  const document = brought?.document
  const isReady = document !== undefined && reason.trim().length >= 3 && !Number.isNaN(end.getTime())
  return (
    <ActDialog
      title={t('anchors.propose')}
      isReady={isReady}
      act={async (key) => await call(proposeAnchor, { document: document ?? {}, reason: reason.trim(), until: end.toISOString(), key })}
      onClose={onClose}
    >
      <p>{t('anchors.proposeText')}</p>
      <AnchorFile brought={brought} onBring={bring} />
      <TextField label={t('anchors.reason')} value={reason} onChange={setReason} isRequired maxLength={400} />
      <TextField label={t('anchors.until')} type="datetime-local" value={until} onChange={setUntil} isRequired />
    </ActDialog>
  )
}

export function Confirm({ row, onClose }: OfAnchor) {
  const [brought, bring] = useState<Brought>()
  const document = brought?.document
  return (
    <ActDialog
      title={t('anchors.confirm')}
      isReady={document !== undefined}
      act={async () => await call(confirmAnchor, { anchor: row.anchor, document: document ?? {} })}
      onClose={onClose}
    >
      <p>{t('anchors.confirmText', { coalition: row.coalition })}</p>
      <p>
        <Fingerprint value={row.digest} />
      </p>
      <AnchorFile brought={brought} onBring={bring} />
    </ActDialog>
  )
}

export function End({ row, onClose }: OfAnchor) {
  const [reason, setReason] = useState('')
  return (
    <ActDialog
      title={t('anchors.end')}
      isReady={reason.trim().length >= 3}
      isDangerous
      act={async () => await call(endAnchor, { anchor: row.anchor, reason: reason.trim() })}
      onClose={onClose}
    >
      <p>{t('anchors.endText', { coalition: row.coalition })}</p>
      <TextField label={t('anchors.reason')} value={reason} onChange={setReason} isRequired maxLength={400} />
    </ActDialog>
  )
}

export function Take({ row, onClose }: OfAnchor) {
  const [file, setFile] = useState<File>()
  return (
    <ActDialog
      title={t('anchors.take')}
      isReady={file !== undefined}
      act={async () => {
        if (file === undefined) return
        const options = { file, onProgress: () => undefined, signal: new AbortController().signal }
        await upload(takePartnerDirectory, { anchor: row.anchor }, options)
      }}
      onClose={onClose}
    >
      <p>{t('anchors.takeText', { coalition: row.coalition })}</p>
      <FileDrop label={t('anchors.directoryFile')} onFiles={([first]) => setFile(first)} />
      <p role="status">{file?.name ?? ''}</p>
    </ActDialog>
  )
}

function AnchorFile({ brought, onBring }: { readonly brought: Brought | undefined; readonly onBring: (brought: Brought) => void }) {
  const take = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) onBring({ name: file.name, document: asObject(await file.text()) })
  }
  return (
    <>
      <FileDrop label={t('anchors.file')} onFiles={([first]) => void take(first)} />
      <p role="status">
        {brought === undefined ? '' : t(brought.document === undefined ? 'anchors.noAnchor' : 'anchors.brought', { name: brought.name })}
      </p>
    </>
  )
}

function asObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
