/** The form of a rule: conditions, effect, basis and days, test cases. It is checked by the node as it grows, and kept only when asked. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { DayField } from '#web/kit/day-field.tsx'
import { Checkbox, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSettled } from '#web/use-settled.ts'
import { checkRule, saveRule, submitRule, type Vocabulary } from '../contract.ts'
import { partAt, readDraft } from './expression-draft.ts'
import { ExpressionEditor } from './expression-editor.tsx'
import { bodyOf, type RuleDraft } from './rule-draft.ts'
import { RuleTestsEditor } from './rule-tests-editor.tsx'
import { t } from './text.ts'
import { WhatIfPanel } from './what-if-panel.tsx'

const TYPED_MS = 500

export interface RuleFormProps {
  readonly rule: string | undefined
  readonly first: RuleDraft
  readonly vocabulary: Vocabulary
  readonly path: string
}

export function RuleForm({ rule, first, vocabulary, path }: RuleFormProps) {
  const [draft, setDraft] = useState(first)
  const set = (part: Partial<RuleDraft>): void => setDraft((held) => ({ ...held, ...part }))
  const check = useCheck(draft, vocabulary)
  const save = useSave(rule, draft, vocabulary)
  const isReady = bodyOf(draft, vocabulary) !== undefined && !save.isPending
  return (
    <div className="form wide-form">
      <TextField label={t('rule.title')} value={draft.title} onChange={(title) => set({ title })} isRequired maxLength={120} />
      <TextField
        label={t('rule.why')}
        value={draft.why}
        onChange={(why) => set({ why })}
        isRequired
        isLong
        maxLength={2000}
        help={t('rule.whyHelp')}
      />
      <ExpressionEditor draft={draft.tree} vocabulary={vocabulary} problems={check.problems} onChange={(tree) => set({ tree })} />
      <section className="panel" aria-live="polite">
        <h2>{t('rule.asWords')}</h2>
        {check.printed === undefined ? <p className="muted">{t('rule.checkWaits')}</p> : <p>{check.printed}</p>}
        {check.elsewhere.length === 0 ? null : (
          <>
            <p>{t('rule.problems')}</p>
            <ul>
              {check.elsewhere.map((text) => (
                <li key={text}>
                  <Badge tone="bad">!</Badge> {text}
                </li>
              ))}
            </ul>
          </>
        )}
        <Problem error={check.error} />
      </section>
      <fieldset className="fieldset">
        <legend>{t('rule.effectTitle')}</legend>
        <TextField
          label={t('rule.weight')}
          type="number"
          value={draft.weight}
          onChange={(weight) => set({ weight })}
          help={t('rule.weightHelp')}
        />
        <Checkbox label={t('rule.mandatory')} isSelected={draft.mandatory} onChange={(mandatory) => set({ mandatory })} />
      </fieldset>
      <fieldset className="fieldset">
        <legend>{t('rule.basisTitle')}</legend>
        <TextField label={t('rule.act')} value={draft.act} onChange={(act) => set({ act })} isRequired maxLength={200} />
        <TextField label={t('rule.article')} value={draft.article} onChange={(article) => set({ article })} isRequired maxLength={100} />
        <DayField label={t('rule.from')} value={draft.validFrom} onChange={(validFrom) => set({ validFrom })} isRequired />
        <DayField
          label={t('rule.until')}
          value={draft.validUntil}
          onChange={(validUntil) => set({ validUntil })}
          isRequired
          min={draft.validFrom}
          help={t('rule.untilHelp')}
        />
        <DayField
          label={t('rule.reviewOn')}
          value={draft.reviewOn}
          onChange={(reviewOn) => set({ reviewOn })}
          isRequired
          max={draft.validUntil}
        />
      </fieldset>
      <RuleTestsEditor tests={draft.tests} results={check.tests} onChange={(tests) => set({ tests })} />
      <Problem error={save.error} />
      <div className="actions">
        <Button kind="primary" isDisabled={!isReady} onPress={() => save.mutate(false)}>
          {t('rule.save')}
        </Button>
        <Button isDisabled={!isReady} onPress={() => save.mutate(true)}>
          {t('rule.saveSubmit')}
        </Button>
      </div>
      <WhatIfPanel expression={check.expression} path={path} />
    </div>
  )
}

/** What the node says of the conditions and the test cases, once nothing was typed for a moment. */
function useCheck(draft: RuleDraft, vocabulary: Vocabulary) {
  const reading = useMemo(() => readDraft(draft.tree, vocabulary.columns), [draft.tree, vocabulary])
  const asked = useSettled(
    useMemo(() => ({ expression: reading.expression, tests: draft.tests }), [reading, draft.tests]),
    TYPED_MS,
  )
  const { data, error } = useCall(checkRule, asked, { enabled: asked.expression !== undefined })
  const isCurrent = asked.expression !== undefined && asked.expression === reading.expression
  const problems = new Map<number, readonly string[]>(reading.unfinished.map((key) => [key, [t('rule.unfinished')]]))
  const elsewhere: string[] = []
  for (const { at, text } of isCurrent ? (data?.problems ?? []) : []) {
    const key = partAt(reading.places, at)
    if (key === undefined) elsewhere.push(text)
    else problems.set(key, [...(problems.get(key) ?? []), text])
  }
  return {
    problems,
    elsewhere,
    error: isCurrent ? error : null,
    expression: isCurrent && data?.problems.length === 0 ? reading.expression : undefined,
    printed: isCurrent ? data?.printed : undefined,
    tests: data?.tests ?? [],
  }
}

function useSave(rule: string | undefined, draft: RuleDraft, vocabulary: Vocabulary) {
  const go = useGo()
  const cache = useQueryClient()
  const key = useRef(actKey())
  // A submission that was refused leaves a draft: the next one is of the same rule.
  const held = useRef(rule)
  return useMutation({
    mutationFn: async (isSubmitted: boolean) => {
      const body = bodyOf(draft, vocabulary)
      if (body === undefined) return undefined
      const kept = await call(saveRule, { body, key: key.current, ...(held.current === undefined ? {} : { rule: held.current }) })
      key.current = actKey()
      held.current = kept.rule
      if (isSubmitted) await call(submitRule, kept)
      return kept
    },
    onSuccess: async (kept) => {
      await cache.invalidateQueries()
      if (kept !== undefined) go(`/targeting/rules/${kept.rule}`)
    },
  })
}
