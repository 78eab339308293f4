/** How many notices wait for this person at this desk, in the head of every page. */
import { countNotices } from '#modules/procedures/contract'
import { AppLink } from '../navigate.tsx'
import { useCall } from '../queries.ts'
import { t } from '../text.ts'

const EVERY_MS = 60_000

export function Unread({ permissions }: { readonly permissions: readonly string[] }) {
  const isAllowed = permissions.includes('procedures.read-notices')
  const { data } = useCall(countNotices, {}, { enabled: isAllowed, everyMs: EVERY_MS })
  if (!isAllowed || data === undefined || data.unread === 0) return null
  const n = data.unread >= data.ceiling ? `${data.ceiling}+` : data.unread
  return <AppLink to="/notices">{t('notices.unread', { n })}</AppLink>
}
