/** The itinerary: ports or airports in order, each with its role and expected arrival. */
import type { ReactNode } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { fromLocalField, toLocalField } from '#web/time.ts'
import { t as air } from './alert-text.ts'
import { type FormLeg, newLeg } from './draft.ts'
import { PlaceField } from './place-field.tsx'
import { t } from './text.ts'

const ROLES = ['loading', 'transhipment', 'discharge'] as const
const MOST = 8

export interface LegsFieldProps {
  readonly legs: readonly FormLeg[]
  readonly onChange: (legs: readonly FormLeg[]) => void
  readonly problem: (field: string) => ReactNode
  readonly isByAir?: boolean
}

export function LegsField({ legs, onChange, problem, isByAir = false }: LegsFieldProps) {
  const change = (key: string, part: Partial<FormLeg>): void => onChange(legs.map((leg) => (leg.key === key ? { ...leg, ...part } : leg)))
  return (
    <>
      {legs.map((leg, index) => (
        <div className="leg" key={leg.key}>
          <Select
            label={t('form.role')}
            value={leg.role}
            onChange={(role) => change(leg.key, { role: ROLES.find((each) => each === role) ?? 'discharge' })}
            choices={ROLES.map((role) => ({ id: role, label: isByAir ? air(`air.${role}`) : t(`leg.${role}`) }))}
          />
          <PlaceField
            label={isByAir ? air('air.place') : t('form.place')}
            value={leg.place}
            onChange={(place) => change(leg.key, { place })}
            problem={problem(`legs.${index}.place`)}
          />
          <TextField
            label={t('form.eta')}
            type="datetime-local"
            value={toLocalField(leg.eta)}
            onChange={(value) => change(leg.key, { eta: fromLocalField(value) ?? '' })}
            problem={problem(`legs.${index}.eta`)}
          />
          <Button
            onPress={() => onChange(legs.filter((each) => each.key !== leg.key))}
            isDisabled={legs.length === 1}
            label={isByAir ? air('air.removeLeg', { n: index + 1 }) : t('form.removeLeg', { n: index + 1 })}
          >
            ✕
          </Button>
        </div>
      ))}
      <div className="wide">
        {problem('legs') === undefined ? null : <p className="field-problem">{problem('legs')}</p>}
        <Button
          isDisabled={legs.length >= MOST}
          onPress={() => {
            // A new port most often comes before the last one.
            const before = legs.slice(0, -1)
            const last = legs.slice(-1)
            onChange([...before, newLeg('transhipment'), ...last])
          }}
        >
          {isByAir ? air('air.addLeg') : t('form.addLeg')}
        </Button>
      </div>
    </>
  )
}
