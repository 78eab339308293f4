/** One row for each column: what stands in it, and of which record and property it is a value. */

import type { Mapping } from '#kernel/record/csv-mapping.ts'
import { propertiesOf, propertyOf } from '#kernel/record/model.ts'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { assignColumn, type Place, placesOf, setReading } from './mapping-draft.ts'
import { labelText, propertyText } from './model-text.ts'
import { PickField } from './pick-field.tsx'
import { t } from './text.ts'

const SAMPLES = 3
const LONG = 60

export interface MappingColumnsProps {
  readonly mapping: Mapping
  readonly headers: readonly string[]
  readonly sample: readonly (readonly string[])[]
  readonly onChange: (mapping: Mapping) => void
}

export function MappingColumns({ mapping, headers, sample, onChange }: MappingColumnsProps) {
  return (
    <Scroll label={t('mapping.columns')}>
      <table className="columns-mapped">
        <caption>{t('mapping.columns')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('mapping.column')}</th>
            <th scope="col">{t('mapping.samples')}</th>
            <th scope="col">{t('mapping.to')}</th>
            <th scope="col">{t('enter.property')}</th>
            <th scope="col">{t('mapping.reading')}</th>
          </tr>
        </thead>
        <tbody>
          {headers.map((header, at) => (
            <Column
              // Two columns may have one name; the node says that only one of them would be read.
              // biome-ignore lint: the place is what tells them apart
              key={`${at} ${header}`}
              header={header}
              values={[...new Set(sample.map((row) => row[at] ?? '').filter((value) => value !== ''))]}
              mapping={mapping}
              onChange={onChange}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

interface ColumnProps {
  readonly header: string
  readonly values: readonly string[]
  readonly mapping: Mapping
  readonly onChange: (mapping: Mapping) => void
}

function Column({ header, values, mapping, onChange }: ColumnProps) {
  const [place, ...also] = placesOf(mapping, header)
  const entity = place === undefined ? undefined : mapping.entities[place.entity]
  const names = Object.keys(mapping.entities)
  const isKey = names.filter((name) => mapping.entities[name]?.keys?.includes(header))
  return (
    <tr>
      <th scope="row">
        {header}
        {isKey.length === 0 ? null : <div className="muted">{t('mapping.isKey', { names: isKey.join(', ') })}</div>}
      </th>
      <td>
        <bdi>
          {values
            .slice(0, SAMPLES)
            .map((value) => (value.length > LONG ? `${value.slice(0, LONG)}…` : value))
            .join(' · ')}
        </bdi>
      </td>
      <td>
        <Select
          label={t('mapping.recordOf', { column: header })}
          value={place?.entity ?? ''}
          empty={t('mapping.nowhere')}
          onChange={(name) => onChange(assignColumn(mapping, header, firstPlace(mapping, name, place)))}
          choices={names.map((id) => ({ id, label: id }))}
        />
      </td>
      <td>
        {place === undefined || entity === undefined ? null : (
          <PickField
            label={t('mapping.propertyOf', { column: header })}
            value={place.property}
            choices={valueProperties(entity.schema)}
            onChange={(property) => {
              if (property !== '' && property !== place.property)
                onChange(assignColumn(mapping, header, { entity: place.entity, property }))
            }}
            isRequired
          />
        )}
        {also.map((each) => (
          <div key={`${each.entity} ${each.property}`} className="muted">
            {t('mapping.also', {
              name: each.entity,
              property: propertyText([mapping.entities[each.entity]?.schema ?? ''], each.property),
            })}
          </div>
        ))}
      </td>
      <td>{place === undefined ? null : <Reading mapping={mapping} place={place} header={header} onChange={onChange} />}</td>
    </tr>
  )
}

interface ReadingProps {
  readonly mapping: Mapping
  readonly place: Place
  readonly header: string
  readonly onChange: (mapping: Mapping) => void
}

/** How a cell is read: the order of a date, or the sign between several values. */
function Reading({ mapping, place, header, onChange }: ReadingProps) {
  const entity = mapping.entities[place.entity]
  const source = entity?.properties[place.property]
  if (entity === undefined || source === undefined) return null
  if (source.join !== undefined) return t('mapping.joined', { sign: source.join })
  const isDate = propertyOf(entity.schema, place.property)?.type === 'date'
  return isDate ? (
    <TextField
      label={t('mapping.formatOf', { column: header })}
      value={source.format ?? ''}
      onChange={(format) => onChange(setReading(mapping, place, { format }))}
      help={t('mapping.formatHelp')}
      maxLength={20}
    />
  ) : (
    <TextField
      label={t('mapping.splitOf', { column: header })}
      value={source.split ?? ''}
      onChange={(split) => onChange(setReading(mapping, place, { split }))}
      maxLength={5}
    />
  )
}

/** The same property when the other record has it too, else the first that may hold a text. */
function firstPlace(mapping: Mapping, name: string, held: Place | undefined): Place | undefined {
  const schema = mapping.entities[name]?.schema
  if (schema === undefined) return undefined
  const offered = valueProperties(schema)
  const same = offered.find(({ id }) => id === held?.property) ?? offered.find(({ id }) => id === 'name') ?? offered[0]
  return same === undefined ? undefined : { entity: name, property: same.id }
}

function valueProperties(schema: string) {
  return [...propertiesOf(schema).values()]
    .filter((property) => !property.isStub && property.type !== 'entity' && property.isHidden !== true)
    .map((property) => ({ id: property.name, label: labelText(property) }))
    .sort((a, b) => a.label.localeCompare(b.label))
}
