/** Permissions of originators: asked by this desk, and asked of it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/client.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { answerPermission, listPermissions, type PermissionRow } from '../contract.ts'
import { code, t } from './text.ts'

const TONE: Readonly<Record<PermissionRow['state'], Tone>> = { open: 'warn', granted: 'good', denied: 'bad' }

export function PermissionsPage() {
  const query = useCall(listPermissions, {})
  return (
    <>
      <h1>{t('permissions.title')}</h1>
      <Reading query={query}>
        {({ items }) => (items.length === 0 ? <Empty>{t('permissions.empty')}</Empty> : <PermissionTable rows={items} />)}
      </Reading>
    </>
  )
}

export function PermissionTable({ rows }: { readonly rows: readonly PermissionRow[] }) {
  const cache = useQueryClient()
  const answer = useMutation({
    mutationFn: async ({ request, decision }: { readonly request: string; readonly decision: 'grant' | 'deny' }) =>
      await call(answerPermission, { request, decision }),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  return (
    <>
      <Problem error={answer.error} />
      <Scroll label={t('permissions.title')}>
        <table>
          <thead>
            <tr>
              {(['item', 'by', 'what', 'reason', 'state', 'until', 'answer'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`permissions.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.request}>
                <th scope="row">
                  <AppLink to={`/items/${row.item}`}>{t(`permissions.${row.direction}`)}</AppLink>
                </th>
                <td>{row.by}</td>
                <td>
                  {code('capability', row.capability)} {row.recipient ?? ''}
                </td>
                <td>{row.reason}</td>
                <td>
                  <Badge tone={TONE[row.state]}>{code('permissionState', row.state)}</Badge>
                </td>
                <td>{showInstant(row.until)}</td>
                <td>
                  {row.direction === 'in' && row.state === 'open' ? (
                    <>
                      <Button isDisabled={answer.isPending} onPress={() => answer.mutate({ request: row.request, decision: 'grant' })}>
                        {t('permissions.grant')}
                      </Button>{' '}
                      <Button isDisabled={answer.isPending} onPress={() => answer.mutate({ request: row.request, decision: 'deny' })}>
                        {t('permissions.deny')}
                      </Button>
                    </>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
