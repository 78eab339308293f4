/** Typed keys with the same check as the node's, before anything leaves the page. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { classOf, parseMatchKey, QUOTA_COST } from '#kernel/match-key/match-key.ts'
import { actKey, call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { ask, MOST_KEYS, modes, WEAK_PER_CASE } from '../contract.ts'
import { type KeyDraft, KeyFields, typedOf } from './key-fields.tsx'
import { code, t } from './text.ts'

interface Draft extends KeyDraft {
  readonly id: number
}

const EMPTY = { type: 'document', value: '', second: '' } as const

export function MatchForm({ purpose }: { readonly purpose: string }) {
  const [drafts, setDrafts] = useState<readonly Draft[]>([{ id: 1, ...EMPTY }])
  const [caseRef, setCase] = useState('')
  const [mode, setMode] = useState<(typeof modes)[number]>('blind')
  const [key, setKey] = useState(actKey)
  const cache = useQueryClient()
  const sending = useMutation({
    mutationFn: async () => await call(ask, { keys: drafts.map((draft) => typedOf(draft)), caseRef, mode, key }),
    onSuccess: async () => {
      setDrafts([{ id: Date.now(), ...EMPTY }])
      setKey(actKey())
      await cache.invalidateQueries()
    },
  })
  const change = (id: number, part: Partial<Draft>): void => setDrafts(drafts.map((each) => (each.id === id ? { ...each, ...part } : each)))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) sending.mutate()
  }
  const isReady = caseRef.trim() !== '' && drafts.every((draft) => parseMatchKey(typedOf(draft)).ok)
  const cost = drafts.reduce((sum, { type }) => sum + QUOTA_COST[classOf(type)], 0)
  return (
    <form className="form" onSubmit={submit}>
      {drafts.map((draft, index) => (
        <fieldset className="fieldset" key={draft.id}>
          <legend>{t('match.key', { n: index + 1 })}</legend>
          <KeyFields draft={draft} onChange={(part) => change(draft.id, part)} />
          {drafts.length === 1 ? null : (
            <Button onPress={() => setDrafts(drafts.filter(({ id }) => id !== draft.id))}>{t('match.remove', { n: index + 1 })}</Button>
          )}
        </fieldset>
      ))}
      <div className="actions">
        <Button onPress={() => setDrafts([...drafts, { id: Date.now(), ...EMPTY }])} isDisabled={drafts.length >= MOST_KEYS}>
          {t('match.add')}
        </Button>
      </div>
      <TextField label={t('match.case')} value={caseRef} onChange={setCase} isRequired maxLength={80} />
      <Select
        label={t('match.mode')}
        value={mode}
        onChange={(value) => setMode(modes.find((each) => each === value) ?? 'blind')}
        choices={modes.map((id) => ({ id, label: code('mode', id) }))}
        help={code('modeMeans', mode)}
      />
      <p>
        {t('match.purpose')}: <strong>{purpose}</strong>. {t('match.cost', { n: cost })} {t('match.second', { n: WEAK_PER_CASE })}
      </p>
      <Problem error={sending.error} />
      <div className="actions">
        <Button kind="primary" type="submit" isDisabled={!isReady || sending.isPending}>
          {t('match.send')}
        </Button>
      </div>
    </form>
  )
}
