/** Trust in directories of other coalitions: proposed by one officer, confirmed by another with an anchor of his own, ended by either; and what is found there. */
import { useState } from 'react'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { showInstant } from '#web/time.ts'
import { type AnchorRow, listAnchors } from '../contract.ts'
import { Confirm, End, Propose, Take } from './anchor-dialogs.tsx'
import { Fingerprint } from './fingerprint.tsx'
import { PartnerDesks } from './partner-desks.tsx'
import { code, t } from './text.ts'

const TONE: Readonly<Record<string, Tone>> = {
  proposed: 'warn',
  confirmed: 'good',
  ended: 'neutral',
  'run-out': 'bad',
  'in-force': 'good',
  collides: 'bad',
}

type Asked = { readonly what: 'propose' } | { readonly what: 'confirm' | 'end' | 'take'; readonly row: AnchorRow }

export function AnchorsPage() {
  const anchors = useCall(listAnchors, {})
  const mayAnchor = useSessionQuery().data?.permissions.includes('exchange.anchor') ?? false
  const [asked, ask] = useState<Asked>()
  const close = (): void => ask(undefined)
  return (
    <>
      <h1>{t('anchors.title')}</h1>
      <p>
        <AppLink to="/directory">{t('directory.title')}</AppLink>
      </p>
      <p>{t('anchors.text')}</p>
      {mayAnchor ? <Button onPress={() => ask({ what: 'propose' })}>{t('anchors.propose')}</Button> : null}
      <Reading query={anchors}>
        {({ items }) =>
          items.length === 0 ? <Empty>{t('anchors.none')}</Empty> : <AnchorTable rows={items} mayAnchor={mayAnchor} onAsk={ask} />
        }
      </Reading>
      <PartnerDesks />
      {asked?.what === 'propose' ? <Propose onClose={close} /> : null}
      {asked?.what === 'confirm' ? <Confirm row={asked.row} onClose={close} /> : null}
      {asked?.what === 'end' ? <End row={asked.row} onClose={close} /> : null}
      {asked?.what === 'take' ? <Take row={asked.row} onClose={close} /> : null}
    </>
  )
}

interface TableProps {
  readonly rows: readonly AnchorRow[]
  readonly mayAnchor: boolean
  readonly onAsk: (asked: Asked) => void
}

function AnchorTable({ rows, mayAnchor, onAsk }: TableProps) {
  return (
    <Scroll label={t('anchors.title')}>
      <table>
        <thead>
          <tr>
            {(['coalition', 'state', 'digest', 'stewards', 'directory', 'until', 'reason', 'decide'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`anchors.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.anchor}>
              <th scope="row">{row.coalition}</th>
              <td>
                <Badge tone={TONE[row.state] ?? 'neutral'}>{code('anchorState', row.state)}</Badge>
                <div className="muted">
                  {row.confirmedBy === undefined
                    ? t('anchors.by', { first: row.proposedBy })
                    : t('anchors.byTwo', { first: row.proposedBy, second: row.confirmedBy })}
                </div>
              </td>
              <td>
                <Fingerprint value={row.digest} />
              </td>
              <td>{t('anchors.threshold', { n: row.threshold, of: row.stewards.length })}</td>
              <td>
                {row.directory === undefined ? null : (
                  <>
                    <Badge tone={TONE[row.directory.standing] ?? 'neutral'}>{code('partnerStanding', row.directory.standing)}</Badge>{' '}
                    {t('anchors.version', {
                      version: row.directory.version,
                      until: showInstant(row.directory.expires),
                      n: row.directory.authorities,
                    })}
                  </>
                )}
              </td>
              <td>{showInstant(row.until)}</td>
              <td>{row.reason}</td>
              <td>{mayAnchor ? <Decisions row={row} onAsk={onAsk} /> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Decisions({ row, onAsk }: { readonly row: AnchorRow; readonly onAsk: (asked: Asked) => void }) {
  return (
    <>
      {row.mayConfirm ? <Button onPress={() => onAsk({ what: 'confirm', row })}>{t('anchors.confirm')}</Button> : null}{' '}
      {row.state === 'confirmed' ? <Button onPress={() => onAsk({ what: 'take', row })}>{t('anchors.take')}</Button> : null}{' '}
      {row.state === 'ended' ? null : (
        <Button kind="danger" onPress={() => onAsk({ what: 'end', row })}>
          {t('anchors.end')}
        </Button>
      )}
    </>
  )
}
