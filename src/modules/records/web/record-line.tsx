/** One record in a list: its name, what it is, what tells it from others of its name, where it stands, how many records are merged in it. */
import { Badge } from '#web/kit/badge.tsx'
import type { RecordRow } from '../contract.ts'
import { propertyNamed, propertyText, schemaText, valueText } from './model-text.ts'
import { RecordLink } from './record-link.tsx'
import { t } from './text.ts'

export function RecordLine({ row, isHit = false }: { readonly row: RecordRow; readonly isHit?: boolean }) {
  return (
    <div className="record-line">
      <p>
        <strong>
          <RecordLink entity={row.entity} caption={row.caption} isHit={isHit} />
        </strong>{' '}
        <Badge>{schemaText(row.schema)}</Badge> {row.merged > 1 ? <Badge tone="info">{t('record.merged', { n: row.merged })}</Badge> : null}
      </p>
      {row.details.length === 0 ? null : (
        <p>
          {row.details.map(({ prop, value }) => (
            <span className="detail" key={`${prop} ${value}`}>
              <span className="muted">{propertyText([row.schema], prop)}:</span>{' '}
              <bdi>{valueText(propertyNamed([row.schema], prop)?.type ?? 'string', value)}</bdi>
            </span>
          ))}
        </p>
      )}
      <p className="muted">{row.collections.map(({ title }) => title).join(' · ')}</p>
    </div>
  )
}
