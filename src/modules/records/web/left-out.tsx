/** A list of all that is held says what it lacks before it begins. */
import { t } from './text.ts'

interface LeftOutProps {
  readonly leftOut: { readonly total: number; readonly isAtLeast: boolean }
  readonly text:
    | 'inventory.statementsLeftOut'
    | 'inventory.namingLeftOut'
    | 'record.sourcesLeftOut'
    | 'compare.sourcesLeftOut'
    | 'time.sourcesLeftOut'
}

export function LeftOut({ leftOut: { total, isAtLeast }, text }: LeftOutProps) {
  if (total === 0) return null
  const n = total.toLocaleString('en-GB')
  return (
    <p className="warnings" role="status">
      {t(text, { n: isAtLeast ? t('inventory.atLeast', { n }) : n })}
    </p>
  )
}
