/** The records of one row: of what kind, what names them, and how they relate to one another. */

import type { EntityMapping, Mapping } from '#kernel/record/csv-mapping.ts'
import { edgeOf, propertyOf, schemata } from '#kernel/record/model.ts'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { addEntity, relationsOf, removeEntity, setKeys, setLiteral, setRelation, setSchema } from './mapping-draft.ts'
import { propertyText, schemaText } from './model-text.ts'
import { PickField } from './pick-field.tsx'
import { t } from './text.ts'

const SCHEMATA = schemata
  .filter((schema) => !schema.isAbstract && !schema.isHidden)
  .map(({ name }) => ({ id: name as string, label: schemaText(name) }))
  .sort((a, b) => a.label.localeCompare(b.label))

export interface MappingEntitiesProps {
  readonly mapping: Mapping
  readonly headers: readonly string[]
  readonly onChange: (mapping: Mapping) => void
}

export function MappingEntities({ mapping, headers, onChange }: MappingEntitiesProps) {
  return (
    <>
      {Object.entries(mapping.entities).map(([name, entity]) => (
        <fieldset key={name} className="fieldset mapped">
          <legend>{t('mapping.record', { name })}</legend>
          <PickField
            label={t('enter.schema')}
            value={entity.schema}
            choices={SCHEMATA}
            onChange={(schema) => {
              if (schema !== '' && schema !== entity.schema) onChange(setSchema(mapping, name, schema))
            }}
            isRequired
          />
          <Keys name={name} entity={entity} headers={headers} onChange={(keys) => onChange(setKeys(mapping, name, keys))} />
          <Relations name={name} mapping={mapping} onChange={onChange} />
          <Literals
            name={name}
            entity={entity}
            onChange={(property, literal) => onChange(setLiteral(mapping, { entity: name, property }, literal))}
          />
          <div className="actions">
            <Button onPress={() => onChange(removeEntity(mapping, name))} label={t('mapping.removeOf', { name })}>
              {t('enter.remove')}
            </Button>
          </div>
        </fieldset>
      ))}
      <div className="toolbar">
        <PickField
          key={Object.keys(mapping.entities).length}
          label={t('mapping.add')}
          value=""
          choices={SCHEMATA}
          onChange={(schema) => {
            if (schema !== '') onChange(addEntity(mapping, schema))
          }}
        />
      </div>
    </>
  )
}

interface KeysProps {
  readonly name: string
  readonly entity: EntityMapping
  readonly headers: readonly string[]
  readonly onChange: (keys: readonly string[]) => void
}

/** Rows with the same values in these columns speak of the same record. */
function Keys({ name, entity, headers, onChange }: KeysProps) {
  const { keys = [], schema } = entity
  return (
    <div>
      <Select
        label={t('mapping.keys')}
        value=""
        empty={t('mapping.keyAdd')}
        onChange={(column) => {
          if (column !== '') onChange([...keys, column])
        }}
        choices={headers.filter((header) => !keys.includes(header)).map((id) => ({ id, label: id }))}
        help={keys.length === 0 && edgeOf(schema) !== undefined ? t('mapping.keyEnds') : t('mapping.keyHelp')}
      />
      <div className="chosen">
        {keys.map((column) => (
          <Button
            key={column}
            onPress={() => onChange(keys.filter((each) => each !== column))}
            label={t('mapping.keyRemove', { column, name })}
          >
            {column} ×
          </Button>
        ))}
      </div>
    </div>
  )
}

function Relations({
  name,
  mapping,
  onChange,
}: {
  readonly name: string
  readonly mapping: Mapping
  readonly onChange: (mapping: Mapping) => void
}) {
  const entity = mapping.entities[name]
  if (entity === undefined) return null
  const edge = edgeOf(entity.schema)
  const ends = edge === undefined ? [] : [edge.source, edge.target]
  const relations = relationsOf(mapping, name)
  const standing = relations.filter(({ property }) => ends.includes(property) || entity.properties[property]?.entity !== undefined)
  const others = relations.filter((each) => !standing.includes(each))
  return (
    <>
      {standing.map(({ property, fits }) => (
        <Select
          key={property}
          label={propertyText([entity.schema], property)}
          value={entity.properties[property]?.entity ?? ''}
          empty={t('mapping.noRecord')}
          onChange={(other) => onChange(setRelation(mapping, { entity: name, property }, other))}
          choices={fits.map((id) => ({ id, label: id }))}
          isRequired={ends.includes(property)}
        />
      ))}
      {others.length === 0 ? null : (
        <PickField
          key={standing.length}
          label={t('mapping.relate')}
          value=""
          choices={others.map(({ property }) => ({ id: property, label: propertyText([entity.schema], property) }))}
          onChange={(property) => {
            const first = others.find((each) => each.property === property)?.fits[0]
            if (first !== undefined) onChange(setRelation(mapping, { entity: name, property }, first))
          }}
        />
      )}
    </>
  )
}

interface LiteralsProps {
  readonly name: string
  readonly entity: EntityMapping
  readonly onChange: (property: string, literal: string) => void
}

/** Values that hold for every row, of a mapping that has some. */
function Literals({ entity, onChange }: LiteralsProps) {
  return Object.entries(entity.properties).map(([property, { literal }]) =>
    literal === undefined || propertyOf(entity.schema, property) === undefined ? null : (
      <TextField
        key={property}
        label={t('mapping.literal', { property: propertyText([entity.schema], property) })}
        value={literal}
        onChange={(text) => onChange(property, text)}
      />
    ),
  )
}
