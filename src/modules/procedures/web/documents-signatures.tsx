/** Signatures and seals made outside, with what the node found in their evidence. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, upload } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { FileDrop } from '#web/kit/file-drop.tsx'
import { Empty, Problem } from '#web/kit/states.tsx'
import { savePieces } from '#web/save-file.ts'
import { fromLocalField, showInstant, toLocalField } from '#web/time.ts'
import { type CaseDocuments, readFile, SIGNATURE_KINDS, uploadSignature } from '../contract.ts'
import { t } from './text.ts'

interface OfCase {
  readonly caseId: string
  readonly documents: CaseDocuments
}

export function SignatureList({ caseId, documents }: OfCase) {
  const [isAdding, setAdding] = useState(false)
  const save = useMutation({
    mutationFn: async (signature: string) =>
      await savePieces(async (start) => await call(readFile, { case: caseId, file: signature, start })),
  })
  const roles = new Map(documents.roles.map(({ id, title }) => [id, title]))
  return (
    <>
      <h3>{t('signatures.title')}</h3>
      {documents.signatures.length === 0 ? (
        <Empty>{t('signatures.none')}</Empty>
      ) : (
        <ul className="stacked plain">
          {documents.signatures.map((each) => (
            <li key={each.signature}>
              <strong>{t('signatures.row', { signer: each.signer, when: showInstant(each.signedAt) })}</strong>{' '}
              <Badge>{t(`signatureKind.${each.kind}`)}</Badge>{' '}
              <Badge tone={each.found === 'stated' ? 'warn' : 'good'}>{t(`signatureFound.${each.found}`)}</Badge>
              <br />
              <span className="muted">{t('signatures.of', { role: roles.get(each.role) ?? each.role, order: each.order })}</span>{' '}
              <Button onPress={() => save.mutate(each.signature)}>{t('documents.save', { name: each.name })}</Button>
            </li>
          ))}
        </ul>
      )}
      <Problem error={save.error} />
      <Button onPress={() => setAdding(true)}>{t('signatures.add')}</Button>
      {isAdding ? <AddSignature caseId={caseId} documents={documents} onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function AddSignature({ caseId, documents, onClose }: OfCase & { readonly onClose: () => void }) {
  const [form, setForm] = useState(() => ({
    kind: 'qualified-signature',
    signer: '',
    signedAt: toLocalField(new Date().toISOString()),
    digest: '',
    role: documents.roles.find(({ isOwn }) => isOwn)?.id ?? '',
    form: '',
    order: String(documents.points[0]?.order ?? 0),
  }))
  const change = (part: Partial<typeof form>): void => setForm({ ...form, ...part })
  const cache = useQueryClient()
  const send = useMutation({
    mutationFn: async (file: File) =>
      await upload(
        uploadSignature,
        {
          case: caseId,
          name: file.name,
          role: form.role,
          order: Number(form.order),
          kind: SIGNATURE_KINDS.find((each) => each === form.kind) ?? 'qualified-signature',
          signer: form.signer,
          signedAt: fromLocalField(form.signedAt) ?? '',
          digest: form.digest.trim().toLowerCase(),
          ...(form.form === '' ? {} : { form: form.form }),
        },
        { file, onProgress: () => undefined, signal: new AbortController().signal },
      ),
    onSuccess: async () => {
      await cache.invalidateQueries()
      onClose()
    },
  })
  return (
    <Dialog title={t('signatures.add')} isOpen onClose={onClose}>
      <div className="form">
        <Select
          label={t('documents.role')}
          value={form.role}
          onChange={(role) => change({ role, form: '' })}
          choices={documents.roles.map(({ id, title }) => ({ id, label: title }))}
        />
        <Select
          label={t('documents.form')}
          value={form.form}
          onChange={(value) => change({ form: value })}
          empty={t('documents.whole')}
          choices={documents.forms
            .filter(({ roles }) => roles.includes(form.role))
            .map(({ id, title, official }) => ({ id, label: official ?? title }))}
        />
        <Select
          label={t('documents.point')}
          value={form.order}
          onChange={(order) => change({ order })}
          choices={documents.points.map(({ order, title, at }) => ({
            id: String(order),
            label: t('documents.pointAt', { step: title, when: showInstant(at) }),
          }))}
        />
        <Select
          label={t('signatures.kind')}
          value={form.kind}
          onChange={(kind) => change({ kind })}
          choices={SIGNATURE_KINDS.map((id) => ({ id, label: t(`signatureKind.${id}`) }))}
        />
        <TextField
          label={t('signatures.signer')}
          value={form.signer}
          onChange={(signer) => change({ signer })}
          isRequired
          maxLength={200}
        />
        <TextField
          label={t('signatures.signedAt')}
          type="datetime-local"
          value={form.signedAt}
          onChange={(signedAt) => change({ signedAt })}
          isRequired
        />
        <TextField
          label={t('signatures.digest')}
          value={form.digest}
          onChange={(digest) => change({ digest })}
          help={t('signatures.digestHelp')}
          isRequired
          maxLength={64}
        />
        <FileDrop
          label={t('documents.choose')}
          onFiles={([file]) => {
            if (file !== undefined) send.mutate(file)
          }}
        />
        <Problem error={send.error} />
      </div>
    </Dialog>
  )
}
