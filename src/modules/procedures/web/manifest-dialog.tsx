/** Records what was sent outside the system; the node refuses a manifest that does not say what it must. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Checkbox, Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { fromLocalField, toLocalField } from '#web/time.ts'
import { type CaseDocuments, MEANS, makeManifest } from '../contract.ts'
import { t } from './text.ts'

export interface ManifestDialogProps {
  readonly caseId: string
  readonly documents: CaseDocuments
  readonly onClose: () => void
}

export function ManifestDialog({ caseId, documents, onClose }: ManifestDialogProps) {
  const [form, setForm] = useState(() => ({
    recipient: documents.recipients[0]?.desk ?? '',
    means: 'secure-link',
    record: '',
    at: toLocalField(new Date().toISOString()),
    days: '30',
    remarks: '',
  }))
  const [files, setFiles] = useState<readonly string[]>([])
  const change = (part: Partial<typeof form>): void => setForm({ ...form, ...part })
  const cache = useQueryClient()
  const make = useMutation({
    mutationFn: async () =>
      await call(makeManifest, {
        case: caseId,
        recipient: form.recipient,
        means: { kind: MEANS.find((each) => each === form.means) ?? 'other', record: form.record },
        at: fromLocalField(form.at) ?? '',
        files: [...files],
        ...(form.days === '' ? {} : { availableDays: Number(form.days) }),
        ...(form.remarks === '' ? {} : { remarks: form.remarks }),
      }),
    onSuccess: async () => {
      await cache.invalidateQueries()
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <Dialog title={t('manifests.make')} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p className="help">{t('manifests.why')}</p>
        <Select
          label={t('manifests.recipient')}
          value={form.recipient}
          onChange={(recipient) => change({ recipient })}
          choices={documents.recipients.map(({ desk, name }) => ({ id: desk, label: name }))}
        />
        <Select
          label={t('manifests.means')}
          value={form.means}
          onChange={(means) => change({ means })}
          choices={MEANS.map((id) => ({ id, label: t(`means.${id}`) }))}
        />
        <TextField
          label={t('manifests.record')}
          value={form.record}
          onChange={(record) => change({ record })}
          help={t('manifests.recordHelp')}
          isRequired
          isLong
          maxLength={2000}
        />
        <TextField label={t('manifests.at')} type="datetime-local" value={form.at} onChange={(at) => change({ at })} isRequired />
        <TextField
          label={t('manifests.days')}
          type="number"
          value={form.days}
          onChange={(days) => change({ days })}
          help={t('manifests.daysHelp')}
        />
        <fieldset>
          <legend>{t('manifests.files')}</legend>
          {documents.files.map(({ file, name }) => (
            <Checkbox
              key={file}
              label={name}
              isSelected={files.includes(file)}
              onChange={(isSelected) => setFiles(isSelected ? [...files, file] : files.filter((each) => each !== file))}
            />
          ))}
        </fieldset>
        <TextField
          label={t('manifests.remarks')}
          value={form.remarks}
          onChange={(remarks) => change({ remarks })}
          isLong
          maxLength={2000}
        />
        <Problem error={make.error} />
        <div className="actions">
          <Button kind="primary" type="submit" isDisabled={make.isPending}>
            {t('manifests.make')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
