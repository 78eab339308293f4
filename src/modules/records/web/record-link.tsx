/** To a record, by its id alone: a name stands on the page and never in an address. */
import { Link } from '@tanstack/react-router'
import { t } from './text.ts'

export interface RecordLinkProps {
  readonly entity: string
  readonly caption: string
  /** One of the results of a search, which arrows go through. */
  readonly isHit?: boolean
}

export function RecordLink({ entity, caption, isHit = false }: RecordLinkProps) {
  return (
    <Link to={`/records/${entity}` as never} {...(isHit ? { 'data-hit': '' } : {})}>
      <bdi>{caption === '' ? t('record.unnamed') : caption}</bdi>
    </Link>
  )
}
