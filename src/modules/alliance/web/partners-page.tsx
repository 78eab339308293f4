/** The register of partners of this authority: who is vetted, until when, by whom, and the steps this officer may take. */
import { useState } from 'react'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { showInstant } from '#web/time.ts'
import { listPartners, type PartnerFile, partnerStates } from '../contract.ts'
import { LedgerTabs } from './ledger-tabs.tsx'
import { ChangePartner, InvitePartner } from './partner-forms.tsx'
import { PARTNER_TONE } from './standing-page.tsx'
import { code, t } from './text.ts'

type Asked = { readonly change: 'invite'; readonly partner?: PartnerFile } | { readonly change: Change; readonly partner: PartnerFile }
type Change = Exclude<PartnerFile['open'][number], 'invite'>

export function PartnersPage() {
  const address = useAddress()
  const go = useGo()
  const [asked, setAsked] = useState<Asked>()
  const state = partnerStates.find((each) => each === address['state'])
  const pages = usePages<PartnerFile, typeof listPartners>(listPartners, { state })
  const close = (): void => setAsked(undefined)
  return (
    <>
      <h1>{t('partners.title')}</h1>
      <LedgerTabs current="/partners" />
      <div className="toolbar">
        <Select
          label={t('partners.state')}
          value={state ?? ''}
          onChange={(value) => go('/partners', { state: value }, { replace: true })}
          empty={t('partners.any')}
          choices={partnerStates.map((id) => ({ id, label: code('partnerState', id) }))}
        />
        <Button kind="primary" onPress={() => setAsked({ change: 'invite' })}>
          {t('partners.invite')}
        </Button>
      </div>
      <Reading query={pages.query}>
        {() =>
          pages.rows.length === 0 ? (
            <Empty>{t('partners.none')}</Empty>
          ) : (
            pages.rows.map((partner) => <Partner key={`${partner.desk} ${partner.kind}`} partner={partner} onAsk={setAsked} />)
          )
        }
      </Reading>
      {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
      {asked === undefined ? null : (
        <Dialog title={asked.change === 'invite' ? t('partners.invite') : code('change', asked.change)} isOpen onClose={close}>
          {asked.change === 'invite' ? (
            <InvitePartner partner={asked.partner} onDone={close} />
          ) : (
            <ChangePartner partner={asked.partner} change={asked.change} onDone={close} />
          )}
        </Dialog>
      )}
    </>
  )
}

function Partner({ partner, onAsk }: { readonly partner: PartnerFile; readonly onAsk: (asked: Asked) => void }) {
  return (
    <section className="panel">
      <h2>{partner.name}</h2>
      <p>
        <Badge tone={PARTNER_TONE[partner.state] ?? 'neutral'}>{code('partnerState', partner.state)}</Badge>{' '}
        {t('standing.as', { kind: code('partnerKind', partner.kind) })}.{' '}
        {t(partner.state === 'expired' ? 'standing.ended' : 'standing.ends', { when: showInstant(partner.expiresAt) })}
      </p>
      <dl className="facts">
        <dt>{t('partners.basis')}</dt>
        <dd>{partner.basis}</dd>
        <dt>{t('partners.evidence')}</dt>
        <dd>{partner.evidence}</dd>
        <dt>{t('standing.criteria')}</dt>
        <dd>{partner.criteria.map((each) => code('criterion', each)).join('; ')}</dd>
      </dl>
      <details>
        <summary>
          {t('partners.history')} ({partner.changes.length})
        </summary>
        <ol>
          {partner.changes.map((each) => (
            <li key={`${each.at} ${each.change}`}>
              {t('partners.step', {
                change: code('changed', each.change),
                by: each.by,
                when: showInstant(each.at),
                reason: each.reason,
              })}
            </li>
          ))}
        </ol>
      </details>
      <div className="actions">
        {partner.open.map((change) => (
          <Button
            key={change}
            kind={change === 'confirm' ? 'primary' : change === 'withdraw' ? 'danger' : 'plain'}
            label={`${code('change', change)}: ${partner.name}`}
            onPress={() => onAsk({ change, partner })}
          >
            {code('change', change)}
          </Button>
        ))}
      </div>
    </section>
  )
}
