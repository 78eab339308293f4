/** What a watch entry looks for: one line for each term. */
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { MOST_TERMS, type WatchKind, watchKind } from '../contract.ts'
import { t } from './text.ts'

export interface DraftTerm {
  readonly key: number
  readonly kind: WatchKind
  readonly value: string
}

export interface WatchTermsProps {
  readonly terms: readonly DraftTerm[]
  readonly onChange: (terms: readonly DraftTerm[]) => void
}

export function WatchTerms({ terms, onChange }: WatchTermsProps) {
  const change = (key: number, part: Partial<DraftTerm>): void =>
    onChange(terms.map((term) => (term.key === key ? { ...term, ...part } : term)))
  return (
    <fieldset className="fieldset">
      <legend>{t('watch.what')}</legend>
      {terms.map((term, at) => (
        <fieldset key={term.key} className="watch-term wide">
          <legend>{t('watch.termN', { n: at + 1 })}</legend>
          <Select
            label={t('watch.kind')}
            value={term.kind}
            onChange={(kind) => change(term.key, { kind: watchKind.options.find((each) => each === kind) ?? 'container' })}
            choices={watchKind.options.map((id) => ({ id, label: t(`watchKind.${id}`) }))}
          />
          <TextField
            label={t('watch.value')}
            value={term.value}
            onChange={(value) => change(term.key, { value })}
            isRequired
            maxLength={200}
          />
          {terms.length === 1 ? null : (
            <Button onPress={() => onChange(terms.filter(({ key }) => key !== term.key))}>{t('watch.removeTerm', { n: at + 1 })}</Button>
          )}
        </fieldset>
      ))}
      <div className="actions wide">
        <Button
          isDisabled={terms.length >= MOST_TERMS}
          onPress={() =>
            onChange([...terms, { key: 1 + Math.max(...terms.map(({ key }) => key)), kind: terms.at(-1)?.kind ?? 'container', value: '' }])
          }
        >
          {t('watch.addTerm')}
        </Button>
      </div>
    </fieldset>
  )
}
