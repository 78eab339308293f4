/** A value of a case for people: codes by their titles, desks by their names, instants with the zone, entries one below the other. */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { isEmpty } from '#kernel/procedure/field-value.ts'
import { useDeskName } from '#web/desks.ts'
import { countries } from '#web/kit/procedure-form/country-codes.ts'
import type { ControlField, Values } from '#web/kit/procedure-form/form-model.ts'
import { t as app } from '#web/text.ts'
import { showDate, showInstant } from '#web/time.ts'
import { codeTitle } from './definition-texts.ts'
import { t } from './text.ts'

export interface ShowValueProps {
  readonly definition: ProcedureDef
  /** Absent: the version the case runs on names no such field. */
  readonly field: ControlField | undefined
  readonly value: unknown
}

export function ShowValue({ definition, field, value }: ShowValueProps) {
  const deskName = useDeskName()
  if (isEmpty(value)) return <span className="muted">{t('case.noValue')}</span>
  switch (field?.type) {
    case 'code':
      return <>{codeTitle(definition, field, String(value))}</>
    case 'codes':
      return (
        <ul className="plain">
          {(Array.isArray(value) ? value : [value]).map((each) => (
            <li key={String(each)}>{codeTitle(definition, field, String(each))}</li>
          ))}
        </ul>
      )
    case 'country':
      return <>{countries().find(({ id }) => id === value)?.label ?? String(value)}</>
    case 'desk':
      return <>{deskName(String(value))}</>
    case 'instant':
      return <time dateTime={String(value)}>{showInstant(String(value))}</time>
    case 'date':
      return <time dateTime={String(value)}>{showDate(String(value))}</time>
    case 'yes-no':
      return <>{app(value === true ? 'form.yes' : 'form.no')}</>
    case 'list':
      return <Entries definition={definition} field={field} entries={Array.isArray(value) ? (value as readonly Values[]) : []} />
    case 'text':
    case 'long-text':
    case 'number':
      return <span className="as-typed">{String(value)}</span>
    default:
      return <span className="as-typed">{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>
  }
}

interface EntriesProps {
  readonly definition: ProcedureDef
  readonly field: ControlField
  readonly entries: readonly Values[]
}

function Entries({ definition, field, entries }: EntriesProps) {
  return (
    <ol className="value-entries">
      {entries.map((entry, index) => (
        // Entries have no identity of their own: their place is what names them.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <dl className="facts">
            {(field.of ?? [])
              .filter((part) => !isEmpty(entry[part.id]))
              .map((part) => (
                <div key={part.id} className="contents">
                  <dt>{part.title}</dt>
                  <dd>
                    <ShowValue definition={definition} field={part} value={entry[part.id]} />
                  </dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ol>
  )
}
