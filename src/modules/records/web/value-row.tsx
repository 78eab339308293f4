/** One statement that is being written: which property, what value, for when. */
import { propertyOf } from '#kernel/record/model.ts'
import { Button } from '#web/kit/button.tsx'
import { type Choice, TextField } from '#web/kit/fields.tsx'
import { PickField } from './pick-field.tsx'
import { t } from './text.ts'
import { ValueField } from './value-field.tsx'

export interface EnteredValue {
  readonly key: number
  readonly prop: string
  readonly value: string
  readonly from: string
  readonly to: string
}

export interface ValueRowProps {
  /** Counted from 1. */
  readonly at: number
  readonly schema: string
  readonly properties: readonly Choice[]
  readonly value: EnteredValue
  readonly onChange: (part: Partial<EnteredValue>) => void
  readonly onRemove?: () => void
}

export function ValueRow({ at, schema, properties, value, onChange, onRemove }: ValueRowProps) {
  return (
    <fieldset className="entered wide" aria-label={t('enter.statement', { n: at })}>
      <PickField
        label={t('enter.property')}
        value={value.prop}
        // A value of another type means nothing under the new property.
        onChange={(prop) => {
          if (prop !== value.prop) onChange({ prop, ...(typeOf(schema, prop) === typeOf(schema, value.prop) ? {} : { value: '' }) })
        }}
        choices={properties}
        isRequired
      />
      <ValueField
        key={value.prop}
        label={t('enter.value')}
        property={propertyOf(schema, value.prop)}
        value={value.value}
        onChange={(text) => onChange({ value: text })}
      />
      <TextField label={t('enter.from')} value={value.from} onChange={(from) => onChange({ from })} maxLength={20} />
      <TextField label={t('enter.to')} value={value.to} onChange={(to) => onChange({ to })} maxLength={20} />
      {onRemove === undefined ? null : (
        <Button onPress={onRemove} label={t('enter.removeOf', { n: at })}>
          {t('enter.remove')}
        </Button>
      )}
    </fieldset>
  )
}

function typeOf(schema: string, prop: string): string {
  return propertyOf(schema, prop)?.type ?? ''
}
