/** New information: fields with their handling, whom it is for, and the release screen that changes while it is written. */
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { joinAll } from '#kernel/handling/handling.ts'
import { actKey, call, upload } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { EvaluationFields, type EvaluationWire } from '#web/kit/evaluation-fields.tsx'
import { Checkbox, Select, TextField } from '#web/kit/fields.tsx'
import { FileDrop } from '#web/kit/file-drop.tsx'
import { HandlingFields } from '#web/kit/handling-fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { useSettled } from '#web/use-settled.ts'
import {
  createItem,
  grounds,
  type ItemField,
  itemDraft,
  itemKinds,
  listDirectory,
  previewItem,
  uploadAttachment,
  urgencies,
} from '../contract.ts'
import { useHandedOver } from './handed-over.ts'
import { ReleaseScreen } from './release-screen.tsx'
import { code, t } from './text.ts'

const SETTLE_MS = 350
const AMBER: ItemField['handling'] = { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] }

interface Draft {
  readonly title: string
  readonly kind: (typeof itemKinds)[number]
  readonly urgency: (typeof urgencies)[number]
  readonly fields: readonly (Omit<ItemField, 'id'> & { readonly key: number })[]
  readonly attachments: readonly {
    readonly sha256: string
    readonly name: string
    readonly size: number
    /** Of what is in it, where that is known. */
    readonly handling?: ItemField['handling']
  }[]
  readonly recipients: readonly string[]
  readonly groups: readonly string[]
  readonly evaluation: EvaluationWire
  readonly act: string
  readonly art: string
  readonly personal: boolean
  readonly ground: string
  readonly justification: string
  readonly caseRef: string
}

const EMPTY: Draft = {
  title: '',
  kind: 'push',
  urgency: 'routine',
  fields: [{ key: 0, label: '', value: '', handling: AMBER }],
  attachments: [],
  recipients: [],
  groups: [],
  evaluation: { source: 'B', info: 2 },
  act: '',
  art: '',
  personal: false,
  ground: '',
  justification: '',
  caseRef: '',
}

export function ItemForm() {
  const { answers, from, derived } = useAddress()
  const go = useGo()
  const handed = useHandedOver()
  const [draft, setDraft] = useState<Draft>(() => ({
    ...EMPTY,
    ...(handed === undefined ? {} : { attachments: [{ ...handed.attachment, handling: handed.handling }], personal: handed.personalData }),
    kind: answers === undefined ? 'push' : 'response',
    recipients: from === undefined ? [] : [from],
  }))
  const set = (part: Partial<Draft>): void => setDraft((held) => ({ ...held, ...part }))
  const wire = useMemo(() => toWire(draft, { answers, derived }), [draft, answers, derived])
  const settled = useSettled(wire, SETTLE_MS)
  const preview = useCall(previewItem, settled as never, { enabled: settled !== undefined })
  const key = useRef(actKey())
  const create = useMutation({
    mutationFn: async () => await call(createItem, { draft: wire as NonNullable<typeof wire>, key: key.current }),
    onSuccess: ({ item }) => go(`/items/${item}`),
  })
  const screen = wire === undefined ? undefined : preview.data
  const isReady = screen !== undefined && screen.problems.length === 0 && screen.recipients.every(({ gate }) => gate.decision === 'pass')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) create.mutate()
  }
  return (
    <>
      <h1>{t(answers === undefined ? 'items.new' : 'items.answer')}</h1>
      <form className="form" onSubmit={submit}>
        {derived === undefined ? null : <p>{t('form.derived')}</p>}
        <fieldset className="fieldset">
          <legend>{t('form.what')}</legend>
          <TextField
            label={t('item.title')}
            value={draft.title}
            onChange={(title) => set({ title })}
            isRequired
            autoFocus
            maxLength={120}
          />
          <TextField label={t('item.case')} value={draft.caseRef} onChange={(caseRef) => set({ caseRef })} maxLength={80} />
          <Select
            label={t('item.kind')}
            value={draft.kind}
            onChange={(value) => set({ kind: itemKinds.find((each) => each === value) ?? 'push' })}
            choices={itemKinds.map((id) => ({ id, label: code('itemKind', id) }))}
          />
          <Select
            label={t('item.urgency')}
            value={draft.urgency}
            onChange={(value) => set({ urgency: urgencies.find((each) => each === value) ?? 'routine' })}
            choices={urgencies.map((id) => ({ id, label: code('urgency', id) }))}
          />
          <EvaluationFields value={draft.evaluation} onChange={(evaluation) => set({ evaluation })} />
        </fieldset>
        {draft.fields.map((field, index) => (
          <fieldset className="fieldset" key={field.key}>
            <legend>{t('form.field', { n: index + 1 })}</legend>
            <FieldRow
              field={field}
              onChange={(part) => set({ fields: draft.fields.map((each) => (each.key === field.key ? { ...each, ...part } : each)) })}
            />
            {draft.fields.length === 1 ? null : (
              <Button onPress={() => set({ fields: draft.fields.filter((each) => each.key !== field.key) })}>
                {t('form.removeField', { n: index + 1 })}
              </Button>
            )}
          </fieldset>
        ))}
        <div className="actions">
          <Button
            onPress={() =>
              set({
                fields: [
                  ...draft.fields,
                  { key: Math.max(...draft.fields.map((each) => each.key)) + 1, label: '', value: '', handling: AMBER },
                ],
              })
            }
          >
            {t('form.addField')}
          </Button>
        </div>
        <Attachments draft={draft} onChange={set} />
        <Recipients draft={draft} onChange={set} />
        <fieldset className="fieldset">
          <legend>{t('form.why')}</legend>
          <TextField label={t('item.act')} value={draft.act} onChange={(act) => set({ act })} isRequired maxLength={200} />
          <TextField label={t('item.art')} value={draft.art} onChange={(art) => set({ art })} isRequired maxLength={100} />
          <Checkbox label={t('form.personal')} isSelected={draft.personal} onChange={(personal) => set({ personal })} />
          {draft.personal ? (
            <>
              <Select
                label={t('form.ground')}
                value={draft.ground}
                empty="–"
                onChange={(ground) => set({ ground })}
                choices={grounds.map((id) => ({ id, label: code('ground', id) }))}
              />
              <TextField
                label={t('form.justification')}
                value={draft.justification}
                onChange={(justification) => set({ justification })}
                isLong
                maxLength={1000}
              />
            </>
          ) : null}
        </fieldset>
        <ReleaseScreen screen={screen} />
        <Problem error={create.error ?? preview.error} />
        <div className="actions">
          <Button kind="primary" type="submit" isDisabled={!isReady || create.isPending}>
            {t(screen !== undefined && screen.fourEyes.length > 0 ? 'form.layBefore' : 'form.release')}
          </Button>
        </div>
      </form>
    </>
  )
}

function FieldRow({
  field,
  onChange,
}: {
  readonly field: Draft['fields'][number]
  readonly onChange: (part: Partial<Draft['fields'][number]>) => void
}) {
  return (
    <>
      <TextField label={t('form.label')} value={field.label} onChange={(label) => onChange({ label })} isRequired maxLength={80} />
      <TextField
        className="wide"
        label={t('form.value')}
        value={field.value}
        onChange={(value) => onChange({ value })}
        isRequired
        isLong
        maxLength={8000}
      />
      <HandlingFields value={field.handling} onChange={(handling) => onChange({ handling })} />
    </>
  )
}

function Recipients({ draft, onChange }: { readonly draft: Draft; readonly onChange: (part: Partial<Draft>) => void }) {
  const directory = useCall(listDirectory, {})
  const own = useSessionQuery().data?.desk.id
  const toggle = (list: readonly string[], id: string, on: boolean) => (on ? [...list, id] : list.filter((each) => each !== id))
  return (
    <fieldset className="wide fieldset">
      <legend>{t('form.recipients')} *</legend>
      {(directory.data?.units ?? [])
        .filter(({ id }) => id !== own)
        .map((unit) => (
          <Checkbox
            key={unit.id}
            label={`${unit.name} (${unit.country})`}
            isSelected={draft.recipients.includes(unit.id)}
            onChange={(on) => onChange({ recipients: toggle(draft.recipients, unit.id, on) })}
          />
        ))}
      {(directory.data?.groups ?? []).map((group) => (
        <Checkbox
          key={group.id}
          label={t('form.group', { name: group.name, n: group.units.length })}
          isSelected={draft.groups.includes(group.id)}
          onChange={(on) => onChange({ groups: toggle(draft.groups, group.id, on) })}
        />
      ))}
    </fieldset>
  )
}

function Attachments({ draft, onChange }: { readonly draft: Draft; readonly onChange: (part: Partial<Draft>) => void }) {
  const [error, setError] = useState<unknown>(null)
  const [share, setShare] = useState<number | undefined>(undefined)
  const take = async (files: readonly File[]): Promise<void> => {
    setError(null)
    const taken = [...draft.attachments]
    try {
      for (const file of files) {
        const { sha256, size } = await upload(
          uploadAttachment,
          { name: file.name },
          { file, onProgress: setShare, signal: new AbortController().signal },
        )
        if (!taken.some((each) => each.sha256 === sha256)) taken.push({ sha256, size, name: file.name })
      }
      onChange({ attachments: taken })
    } catch (failure) {
      setError(failure)
    }
    setShare(undefined)
  }
  return (
    <>
      <FileDrop label={t('form.attachments')} onFiles={(files) => void take(files)} />
      {share === undefined ? null : <progress value={share} max={1} aria-label={t('form.attachments')} />}
      <Problem error={error} />
      <ul>
        {draft.attachments.map((each) => (
          <li key={each.sha256}>
            {each.name} <span className="muted">{t('item.bytes', { n: each.size })}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Undefined while a required part is missing: the node is not asked about half a draft. */
function toWire(draft: Draft, { answers, derived }: { readonly answers: string | undefined; readonly derived: string | undefined }) {
  const { title, kind, urgency, recipients, groups, evaluation, act, art, personal, ground, justification, caseRef } = draft
  const parsed = itemDraft.safeParse({
    title,
    kind,
    urgency,
    recipients,
    groups,
    fields: draft.fields.map(({ label, value, handling }, index) => ({ id: `field-${index + 1}`, label, value, handling })),
    // An attachment is bound as strictly as all fields together, and as what is in it.
    attachments: draft.attachments.map((each) => ({
      ...each,
      handling: joinAll([...draft.fields.map(({ handling }) => handling), ...(each.handling === undefined ? [] : [each.handling])]),
    })),
    evaluation,
    legalBasis: { act, art },
    personalData: { yes: personal, categories: [] },
    ...(caseRef === '' ? {} : { case: caseRef }),
    ...(answers === undefined ? {} : { answers }),
    ...(derived === undefined ? {} : { derivedFrom: [derived] }),
    ...(ground === '' || justification.length < 10 ? {} : { transfer: { ground, justification } }),
  })
  return parsed.success ? parsed.data : undefined
}
