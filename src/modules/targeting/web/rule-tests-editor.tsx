/** Test cases while a rule is written: chosen among the consignments that this desk holds. */
import { useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { MOST_TESTS, type RuleBody, type RuleVersion } from '../contract.ts'
import { RuleTests } from './rule-tests.tsx'
import { TestPicker } from './test-picker.tsx'
import { t } from './text.ts'

export interface RuleTestsEditorProps {
  readonly tests: RuleBody['tests']
  readonly results: RuleVersion['tests']
  readonly onChange: (tests: RuleBody['tests']) => void
}

export function RuleTestsEditor({ tests, results, onChange }: RuleTestsEditorProps) {
  const [isPicking, setPicking] = useState(false)
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const shown = tests.map((test) => {
    const result = results.find(({ arrival, expected }) => arrival === test.arrival && expected === test.expected)
    const container = result?.container ?? names.get(test.arrival)
    return { ...test, ...result, ...(container === undefined ? {} : { container }) }
  })
  return (
    <div className="panel">
      <RuleTests label={t('rule.tests')} results={shown} onRemove={(gone) => onChange(tests.filter(({ arrival }) => arrival !== gone))} />
      <p className="muted">{t('rule.testsWhat')}</p>
      <Button onPress={() => setPicking(true)} isDisabled={tests.length >= MOST_TESTS}>
        {t('rule.addTest')}
      </Button>
      {isPicking ? (
        <TestPicker
          onClose={() => setPicking(false)}
          onPick={(test, container) => {
            setNames((held) => new Map(held).set(test.arrival, container))
            onChange([...tests.filter(({ arrival }) => arrival !== test.arrival), test])
            setPicking(false)
          }}
        />
      ) : null}
    </div>
  )
}
