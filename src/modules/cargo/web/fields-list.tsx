import { showInstant } from '#web/time.ts'
import { code } from './text.ts'

/** Fields of a transition, with the text of their codes. */
export function Fields({ fields }: { readonly fields: Readonly<Record<string, unknown>> }) {
  const entries = Object.entries(fields)
  if (entries.length === 0) return null
  return (
    <dl className="facts">
      {entries.map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{code('field', name)}</dt>
          <dd>{/^\d{4}-\d\d-\d\dT/.test(String(value)) ? showInstant(String(value)) : code(name, String(value))}</dd>
        </div>
      ))}
    </dl>
  )
}
