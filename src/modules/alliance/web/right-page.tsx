/** One own link, with what may be done next. Reading it is an event of the ledger, so it is read when somebody asks and never by itself. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useAddress } from '#web/navigate.tsx'
import { showInstant } from '#web/time.ts'
import { type LinkView, showRight } from '../contract.ts'
import { PortalTabs } from './portal-tabs.tsx'
import { RightSteps } from './right-steps.tsx'
import { LINK_TONE } from './rights-page.tsx'
import { code, t } from './text.ts'

/** Once for each visit: neither an announcement nor the focus of the window reads again. */
function useReadOnce(name: { readonly container: string; readonly voyage: string; readonly port: string }) {
  return useQuery({
    queryKey: [showRight.id, name],
    queryFn: async ({ signal }) => await call(showRight, name, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    meta: { isFixed: true },
  })
}

export function RightPage() {
  const { container = '', voyage = '', port = '' } = useAddress()
  const cache = useQueryClient()
  const query = useReadOnce({ container, voyage, port })
  return (
    <>
      <h1>{t('right.title', { container })}</h1>
      <PortalTabs current="/release-rights" />
      <p className="muted">{t('right.logged')}</p>
      <Reading query={query}>{(link) => <Link link={link} />}</Reading>
      <div className="actions">
        <Button onPress={() => void cache.refetchQueries({ queryKey: [showRight.id] })}>{t('right.read')}</Button>
      </div>
    </>
  )
}

function Link({ link }: { readonly link: LinkView }) {
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t('rights.voyage'), link.voyage],
    [t('rights.port'), link.port],
    [t('rights.as'), code('partnerKind', link.as)],
    [t('rights.from'), link.from?.name],
    [t('rights.given'), link.givenAt === undefined ? undefined : showInstant(link.givenAt)],
    [t('rights.to'), link.to?.name],
    [t('rights.passed'), link.passedAt === undefined ? undefined : showInstant(link.passedAt)],
    [t('rights.planned'), link.plannedAt === undefined ? undefined : showInstant(link.plannedAt)],
  ]
  return (
    <>
      <section className="panel">
        <p>
          <Badge tone={LINK_TONE[link.state] ?? 'neutral'}>{code('linkState', link.state)}</Badge>{' '}
          {link.ready === undefined ? null : (
            <Badge tone={link.ready ? 'good' : 'warn'}>{t(link.ready ? 'right.ready' : 'right.notReady')}</Badge>
          )}
        </p>
        <dl className="facts">
          {rows.map(([label, value]) =>
            value === undefined ? null : (
              <div key={label} className="contents">
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
      </section>
      <section className="panel">
        <h2>{t('right.next')}</h2>
        {link.open.length === 0 ? <p className="muted">{t('right.nothing')}</p> : <RightSteps link={link} />}
      </section>
    </>
  )
}
