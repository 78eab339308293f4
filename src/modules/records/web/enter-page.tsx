/** A record written by hand, or statements added to one: properties of the model, each with a field of its type, all under one marking. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { propertiesOf, schemaOf, schemata } from '#kernel/record/model.ts'
import { actKey, call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Problem, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { enterRecord, showRecord } from '../contract.ts'
import { EMPTY_MARKING, MarkingFields, markingOf } from './marking-fields.tsx'
import { labelText, schemaText } from './model-text.ts'
import { PickField } from './pick-field.tsx'
import { ProblemRows } from './problem-rows.tsx'
import { RecordsTabs } from './records-tabs.tsx'
import { t } from './text.ts'
import { type EnteredValue, ValueRow } from './value-row.tsx'

const SCHEMATA = schemata
  .filter((schema) => !schema.isAbstract && !schema.isHidden)
  .map(({ name }) => ({ id: name as string, label: schemaText(name) }))
  .sort((a, b) => a.label.localeCompare(b.label))

export function EnterPage() {
  const { entity, schema } = useAddress()
  const known = useCall(showRecord, { entity: entity ?? '' }, { enabled: entity !== undefined })
  return (
    <>
      <title>{t('enter.page')}</title>
      <h1>{t(entity === undefined ? 'enter.title' : 'enter.add')}</h1>
      <RecordsTabs current={undefined} />
      {entity === undefined ? (
        <EnterForm key={schema} schema={schema ?? 'Person'} entity={undefined} />
      ) : (
        <Reading query={known}>
          {(record) => (
            <>
              <p>
                <AppLink to={`/records/${entity}`}>
                  <bdi>{record.caption === '' ? t('record.unnamed') : record.caption}</bdi>
                </AppLink>
              </p>
              <EnterForm schema={record.schema} entity={entity} />
            </>
          )}
        </Reading>
      )}
    </>
  )
}

function EnterForm({ schema, entity }: { readonly schema: string; readonly entity: string | undefined }) {
  const go = useGo()
  const cache = useQueryClient()
  const counter = useRef(1)
  const firstProp = entity === undefined ? (schemaOf(schema)?.featured[0] ?? 'name') : ''
  const [values, setValues] = useState<readonly EnteredValue[]>([{ key: 0, prop: firstProp, value: '', from: '', to: '' }])
  const [marking, setMarking] = useState(EMPTY_MARKING)
  const properties = useMemo(
    () =>
      [...propertiesOf(schema).values()]
        .filter((property) => !property.isStub && property.isHidden !== true && property.isDeprecated !== true)
        .map((property) => ({ id: property.name, label: labelText(property) }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    [schema],
  )
  const key = useRef(actKey())
  const filled = values.filter(({ prop, value }) => prop !== '' && value.trim() !== '')
  const wire = markingOf(marking)
  const enter = useMutation({
    mutationFn: async () =>
      await call(enterRecord, {
        ...(entity === undefined ? {} : { entity }),
        schema,
        values: filled.map(({ prop, value, from, to }) => ({
          prop,
          value,
          ...(from === '' ? {} : { from }),
          ...(to === '' ? {} : { to }),
        })),
        marking: wire as NonNullable<typeof wire>,
        key: key.current,
      }),
    onSuccess: async (answer) => {
      await cache.invalidateQueries()
      if (answer.problems.length === 0) go(`/records/${answer.entity}`)
    },
  })
  const isReady = filled.length > 0 && wire !== undefined && !enter.isPending
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) enter.mutate()
  }
  if (enter.data !== undefined && enter.data.problems.length > 0)
    return (
      <div role="status">
        <p>{t('enter.doneWith')}</p>
        <ProblemRows rows={enter.data.problems} label={t('problems.entered')} />
        <AppLink to={`/records/${enter.data.entity}`} className="button">
          {t('enter.open')}
        </AppLink>
      </div>
    )
  return (
    <form className="form" onSubmit={submit}>
      {entity === undefined ? (
        <PickField
          label={t('enter.schema')}
          value={schema}
          onChange={(value) => {
            if (value !== '') go('/records/new', { schema: value }, { replace: true })
          }}
          choices={SCHEMATA}
          isRequired
        />
      ) : null}
      <fieldset className="fieldset">
        <legend>{t('record.statements')}</legend>
        {values.map((each, index) => (
          <ValueRow
            key={each.key}
            at={index + 1}
            schema={schema}
            properties={properties}
            value={each}
            onChange={(part) => setValues((held) => held.map((other) => (other.key === each.key ? { ...other, ...part } : other)))}
            {...(values.length === 1 ? {} : { onRemove: () => setValues((held) => held.filter((other) => other.key !== each.key)) })}
          />
        ))}
        <div className="actions wide">
          <Button
            onPress={() => {
              const added = counter.current
              counter.current += 1
              setValues((held) => [...held, { key: added, prop: '', value: '', from: '', to: '' }])
            }}
          >
            {t('enter.more')}
          </Button>
        </div>
      </fieldset>
      <MarkingFields value={marking} onChange={setMarking} />
      <Problem error={enter.error} />
      <div className="actions">
        <Button kind="primary" type="submit" isDisabled={!isReady}>
          {t(entity === undefined ? 'enter.title' : 'enter.add')}
        </Button>
      </div>
    </form>
  )
}
