/** What was stated: a text, a code in words, or the way to another record; and for when it is said to hold. */
import type { StatementView } from '../contract.ts'
import { propertyNamed, valueText } from './model-text.ts'
import { RecordLink } from './record-link.tsx'
import { t } from './text.ts'

const LONG = 600

export function StatedValue({ statement, schemata }: { readonly statement: StatementView; readonly schemata: readonly string[] }) {
  const { prop, value, caption, lang } = statement
  const type = propertyNamed(schemata, prop)?.type ?? 'string'
  if (type === 'entity') return <RecordLink entity={value} caption={caption ?? ''} />
  const shown = valueText(type, value)
  const text = (
    <bdi className="as-typed" {...(lang === undefined ? {} : { lang })}>
      {shown.slice(0, LONG)}
    </bdi>
  )
  if (shown.length <= LONG) return text
  return (
    <details>
      <summary>
        {text} {t('statement.longer', { n: shown.length.toLocaleString('en-GB') })}
      </summary>
      <bdi className="as-typed">{shown.slice(LONG)}</bdi>
    </details>
  )
}

export function ValidTime({ statement: { from, to } }: { readonly statement: Pick<StatementView, 'from' | 'to'> }) {
  if (from === undefined && to === undefined) return null
  const key = from === undefined ? 'statement.until' : to === undefined ? 'statement.since' : 'statement.between'
  return <span className="muted">{t(key, { from: from ?? '', to: to ?? '' })} </span>
}
