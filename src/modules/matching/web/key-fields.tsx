/** One typed key, checked as the node checks it, before anything leaves the page. */
import { type MatchKeyType, parseMatchKey, secondPartOf } from '#kernel/match-key/match-key.ts'
import { Select, TextField } from '#web/kit/fields.tsx'
import { keyTypes } from '../contract.ts'
import { code, t } from './text.ts'

export interface KeyDraft {
  readonly type: MatchKeyType
  readonly value: string
  readonly second: string
}

export const typedOf = ({ type, value, second }: KeyDraft) => ({
  type,
  value,
  ...(secondPartOf(type) === undefined ? {} : { with: second }),
})

export function KeyFields({ draft, onChange }: { readonly draft: KeyDraft; readonly onChange: (part: Partial<KeyDraft>) => void }) {
  const second = secondPartOf(draft.type)
  const parsed = parseMatchKey(typedOf(draft))
  const problem = parsed.ok ? undefined : parsed.problems[0]
  const isSecond = problem?.at === 'with'
  // Nothing typed yet is no fault.
  const said = (text: string, isHere: boolean) => (text === '' || !isHere ? undefined : problem?.message)
  return (
    <>
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
    </>
  )
}
