/** What other records say of the record: kind, as what they name it, the other end, what else is said, where it stands and under which marking. */
import { isReference, propertyOf } from '#kernel/record/model.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty } from '#web/kit/states.tsx'
import { showInstant } from '#web/time.ts'
import type { NamingEntry } from '../contract.ts'
import { propertyText, schemaText, valueText } from './model-text.ts'
import { RecordLink } from './record-link.tsx'
import { placeText } from './source-mark.tsx'
import { ValidTime } from './stated-value.tsx'
import { t } from './text.ts'

const HEADS = ['kind', 'as', 'others', 'said', 'collection', 'place', 'marking', 'from', 'to'] as const

export interface InventoryNamingProps {
  readonly naming: readonly NamingEntry[]
  /** Records that are one with the record. */
  readonly members: readonly string[]
}

export function InventoryNaming({ naming, members }: InventoryNamingProps) {
  if (naming.length === 0) return <Empty>{t('inventory.nothing')}</Empty>
  return (
    <Scroll label={t('inventory.naming')}>
      <table>
        <caption>{t('inventory.naming')}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {t(`inventory.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {naming.map((entry) => (
            <Entry key={entry.fragment} entry={entry} members={members} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Entry({ entry, members }: { readonly entry: NamingEntry; readonly members: readonly string[] }) {
  const { entity, schema, caption, restricted, marking, recordedFrom, recordedTo, values } = entry
  const references = values.filter(({ prop }) => isReference(schema, prop))
  const others = references.filter(({ value }) => !members.includes(value))
  const as = new Set(references.filter(({ value }) => members.includes(value)).map(({ prop }) => prop))
  return (
    <tr>
      <th scope="row">
        {schemaText(schema)} <RecordLink entity={entity} caption={caption} />{' '}
        {restricted ? <Badge tone="warn">{t('record.restricted')}</Badge> : null}
      </th>
      <td>{[...as].map((prop) => propertyText([schema], prop)).join(', ')}</td>
      <td>
        {others.map(({ prop, value, caption: name = '' }) => (
          <div key={`${prop} ${value}`}>
            {propertyText([schema], prop)}: <RecordLink entity={value} caption={name} />
          </div>
        ))}
      </td>
      <td>
        {values
          .filter(({ prop }) => !isReference(schema, prop))
          .map(({ prop, value, from, to, lang }) => (
            <div key={`${prop} ${value} ${from ?? ''}`}>
              {propertyText([schema], prop)}:{' '}
              <bdi className="as-typed" {...(lang === undefined ? {} : { lang })}>
                {valueText(propertyOf(schema, prop)?.type ?? 'string', value)}
              </bdi>{' '}
              <ValidTime statement={{ from, to }} />
            </div>
          ))}
      </td>
      <td>{entry.source.title}</td>
      <td className="mono">{placeText(entry)}</td>
      <td>
        {`${marking.evaluation.source}${marking.evaluation.info}`} <Badge>{`TLP:${marking.handling.tlp}`}</Badge>{' '}
        {marking.handling.H.map((each) => (
          <Badge key={each}>{each}</Badge>
        ))}{' '}
        {t(`category.${marking.category}`)}
      </td>
      <td>{showInstant(recordedFrom)}</td>
      <td>{recordedTo === undefined ? '' : showInstant(recordedTo)}</td>
    </tr>
  )
}
