/** Typed keys with the same check as the node's, before anything leaves the page. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { classOf, type MatchKeyType, parseMatchKey, QUOTA_COST, secondPartOf } from '#kernel/match-key/match-key.ts'
import { actKey, call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { ask, keyTypes, MOST_KEYS, modes, WEAK_PER_CASE } from '../contract.ts'
import { code, t } from './text.ts'

interface Draft {
  readonly id: number
  readonly type: MatchKeyType
  readonly value: string
  readonly second: string
}

const EMPTY = { type: 'document', value: '', second: '' } as const
const typedOf = ({ type, value, second }: Draft) => ({ type, value, ...(secondPartOf(type) === undefined ? {} : { with: second }) })

export function MatchForm({ purpose }: { readonly purpose: string }) {
  const [drafts, setDrafts] = useState<readonly Draft[]>([{ id: 1, ...EMPTY }])
  const [caseRef, setCase] = useState('')
  const [mode, setMode] = useState<(typeof modes)[number]>('blind')
  const [key, setKey] = useState(actKey)
  const cache = useQueryClient()
  const sending = useMutation({
    mutationFn: async () => await call(ask, { keys: drafts.map(typedOf), caseRef, mode, key }),
    onSuccess: async () => {
      setDrafts([{ id: Date.now(), ...EMPTY }])
      setKey(actKey())
      await cache.invalidateQueries()
    },
  })
  const change = (id: number, part: Partial<Draft>): void => setDrafts(drafts.map((each) => (each.id === id ? { ...each, ...part } : each)))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    sending.mutate()
  }
  const isReady = caseRef.trim() !== '' && drafts.every((draft) => parseMatchKey(typedOf(draft)).ok)
  const cost = drafts.reduce((sum, { type }) => sum + QUOTA_COST[classOf(type)], 0)
  return (
    <form className="form" onSubmit={submit}>
      {drafts.map((draft, index) => (
        <KeyFields
          key={draft.id}
          draft={draft}
          number={index + 1}
          onChange={(part) => change(draft.id, part)}
          {...(drafts.length > 1 ? { onRemove: () => setDrafts(drafts.filter(({ id }) => id !== draft.id)) } : {})}
        />
      ))}
      <Button onPress={() => setDrafts([...drafts, { id: Date.now(), ...EMPTY }])} isDisabled={drafts.length >= MOST_KEYS}>
        {t('match.add')}
      </Button>
      <TextField label={t('match.case')} value={caseRef} onChange={setCase} isRequired maxLength={80} />
      <Select
        label={t('match.mode')}
        value={mode}
        onChange={(value) => setMode(modes.find((each) => each === value) ?? 'blind')}
        choices={modes.map((id) => ({ id, label: code('mode', id) }))}
      />
      <p>
        {t('match.purpose')}: <strong>{purpose}</strong>. {t('match.cost', { n: cost })} {t('match.second', { n: WEAK_PER_CASE })}
      </p>
      <Problem error={sending.error} />
      <Button kind="primary" type="submit" isDisabled={!isReady || sending.isPending}>
        {t('match.send')}
      </Button>
    </form>
  )
}

interface KeyFieldsProps {
  readonly draft: Draft
  readonly number: number
  readonly onChange: (part: Partial<Draft>) => void
  readonly onRemove?: () => void
}

function KeyFields({ draft, number, onChange, onRemove }: KeyFieldsProps) {
  const second = secondPartOf(draft.type)
  const parsed = parseMatchKey(typedOf(draft))
  const problem = parsed.ok ? undefined : parsed.problems[0]
  const isSecond = problem?.at === 'with'
  // Nothing typed yet is no fault.
  const said = (text: string, isHere: boolean) => (text === '' || !isHere ? undefined : problem?.message)
  return (
    <fieldset className="form">
      <legend>{t('match.key', { n: number })}</legend>
      <Select
        label={t('match.keyType')}
        value={draft.type}
        onChange={(value) => onChange({ type: keyTypes.find((each) => each === value) ?? 'document' })}
        choices={keyTypes.map((id) => ({ id, label: code('keyType', id) }))}
      />
      <TextField
        label={t('match.value')}
        value={draft.value}
        onChange={(value) => onChange({ value })}
        problem={said(draft.value, !isSecond)}
        isRequired
        maxLength={200}
        autoComplete="off"
      />
      {second === undefined ? null : (
        <TextField
          label={code('secondPart', second)}
          value={draft.second}
          onChange={(value) => onChange({ second: value })}
          problem={said(draft.second, isSecond)}
          isRequired
          maxLength={20}
          autoComplete="off"
        />
      )}
      {onRemove === undefined ? null : <Button onPress={onRemove}>{t('match.remove', { n: number })}</Button>}
    </fieldset>
  )
}
