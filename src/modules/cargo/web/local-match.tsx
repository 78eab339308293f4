/** What the own declarations and air waybills say of the subject. Computed on this node and kept on it. */
import { Scroll } from '#web/kit/scroll.tsx'
import { showInstant } from '#web/time.ts'
import type { AlertView } from './alert.tsx'
import { t as alertText, code } from './alert-text.ts'
import { SourceLink } from './source-link.tsx'
import { t } from './text.ts'

export function LocalMatch({ match }: { readonly match: AlertView['localMatch'] }) {
  return (
    <section className="panel">
      <h2>{t('alert.match')}</h2>
      {match === undefined ? (
        <p className="muted">{t('alert.matchWaiting')}</p>
      ) : match.hits.length === 0 ? (
        <p>{t('alert.matchNone', { n: match.compared, when: showInstant(match.checkedAt) })}</p>
      ) : (
        <>
          <p>{t('alert.matchSome', { n: match.hits.length, compared: match.compared, when: showInstant(match.checkedAt) })}</p>
          <Scroll label={t('alert.match')}>
            <table>
              <tbody>
                {match.hits.map((hit) => (
                  <tr key={`${hit.on} ${hit.value} ${hit.at.document} ${hit.at.start}`}>
                    <th scope="row">
                      {code('match', hit.on)} {hit.value}
                    </th>
                    <td>{hit.bill}</td>
                    <td>{hit.consignee}</td>
                    <td>{hit.goods}</td>
                    <td>
                      <SourceLink at={hit.at} label={hit.value} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
      {match === undefined || match.notCompared.length === 0 ? null : (
        <p>{alertText('match.notCompared', { fields: match.notCompared.map((field) => code('member', field)).join(', ') })}</p>
      )}
    </section>
  )
}
