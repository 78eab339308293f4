/** How well each rule, score and stratum does beside random controls, with intervals drawn and written, and what should be reviewed. Readable on paper. */
import { useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { DayField } from '#web/kit/day-field.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useNow } from '#web/use-now.ts'
import { id, listEffectiveness } from '../contract.ts'
import { civilDay, isMonth, isPort, monthAfter } from './days.ts'
import { EffectivenessTable } from './effectiveness-table.tsx'
import { Reviews } from './reviews.tsx'
import { TargetingTabs } from './targeting-tabs.tsx'
import { t } from './text.ts'

const SPLITS = ['total', 'port', 'month', 'port-month'] as const
const MONTHS_BACK = -11

export function EffectivenessPage() {
  const address = useAddress()
  const go = useGo()
  const thisMonth = civilDay(useNow()).slice(0, 7)
  const [typed, setTyped] = useState(address['port'] ?? '')
  const to = isMonth(address['to']) ? address['to'] : thisMonth
  const from = isMonth(address['from']) ? address['from'] : monthAfter(to, MONTHS_BACK)
  const by = SPLITS.find((each) => each === address['by']) ?? 'total'
  const port = isPort(address['port']) ? address['port'] : undefined
  const rule = id.safeParse(address['rule']).data
  const set = (part: Readonly<Record<string, string>>): void =>
    go('/targeting/effectiveness', { from, to, by, port, rule, ...part }, { replace: true })
  const query = useCall(listEffectiveness, {
    from,
    to,
    by,
    ...(port === undefined ? {} : { port }),
    ...(rule === undefined ? {} : { rule }),
  })
  return (
    <>
      <title>{t('effect.page')}</title>
      <h1>{t('effect.title')}</h1>
      <TargetingTabs current="/targeting/effectiveness" />
      <div className="toolbar no-print">
        <DayField label={t('effect.from')} kind="month" value={from} max={to} onChange={(value) => set({ from: value })} />
        <DayField label={t('effect.to')} kind="month" value={to} min={from} onChange={(value) => set({ to: value })} />
        <Select
          label={t('effect.by')}
          value={by}
          onChange={(value) => set({ by: value })}
          choices={SPLITS.map((each) => ({ id: each, label: t(`effect.by.${each}`) }))}
        />
        <TextField
          label={t('effect.port')}
          value={typed}
          maxLength={5}
          onChange={(value) => {
            const wanted = value.toUpperCase().trim()
            setTyped(wanted)
            if (wanted === '' || isPort(wanted)) set({ port: wanted })
          }}
        />
        <Button onPress={() => window.print()}>{t('effect.print')}</Button>
      </div>
      <Reading query={query}>{(data) => <EffectivenessTable data={data} />}</Reading>
      <Reviews />
    </>
  )
}
