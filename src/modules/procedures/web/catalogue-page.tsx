/** The procedures of this node, in their present wording: whose law they are, what they serve, how far each was verified, and which this desk may open. */
import { Badge } from '#web/kit/badge.tsx'
import { LegalBasis } from '#web/kit/legal-basis.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { listProcedures } from '../contract.ts'
import { SearchBox } from './search-box.tsx'
import { t } from './text.ts'

export function CataloguePage() {
  const query = useCall(listProcedures, {})
  const { text = '' } = useAddress()
  const go = useGo()
  const wanted = text.trim().toLowerCase()
  return (
    <>
      <h1>{t('catalogue.title')}</h1>
      <div className="toolbar">
        <SearchBox label={t('catalogue.find')} value={text} onChange={(typed) => go('/procedures', { text: typed }, { replace: true })} />
      </div>
      <Reading query={query}>
        {({ items }) => {
          const shown = items.filter(({ id, title, basis }) =>
            [id, title, ...basis.map(({ act, art }) => `${act} ${art}`)].some((each) => each.toLowerCase().includes(wanted)),
          )
          if (shown.length === 0) return <Empty>{t('catalogue.empty')}</Empty>
          return (
            <Scroll label={t('catalogue.title')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('catalogue.procedure')}</th>
                    <th scope="col">{t('catalogue.realm')}</th>
                    <th scope="col">{t('catalogue.measures')}</th>
                    <th scope="col">{t('case.basis')}</th>
                    <th scope="col">{t('catalogue.verified')}</th>
                    <th scope="col">{t('catalogue.open')}</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((item) => (
                    <tr key={item.id}>
                      <th scope="row">
                        <AppLink to={`/procedures/${item.id}`}>
                          {item.id} {item.title}
                        </AppLink>
                        <span className="muted"> {item.version}</span>
                      </th>
                      <td>{t(`realm.${item.realm}` as 'realm.LED')}</td>
                      <td>{item.measures.join(', ')}</td>
                      <td>
                        <ul className="plain">
                          {item.basis.map((basis) => (
                            <li key={`${basis.act} ${basis.art}`}>
                              <LegalBasis basis={basis} />
                            </li>
                          ))}
                        </ul>
                      </td>
                      <td>
                        {item.notVerified === 0 ? (
                          t('catalogue.allVerified')
                        ) : (
                          <Badge tone="warn">{t('catalogue.notVerified', { n: item.notVerified })}</Badge>
                        )}
                      </td>
                      <td>
                        {item.mayOpen ? (
                          <AppLink to={`/procedures/${item.id}/open`}>{t('open.link', { procedure: item.id })}</AppLink>
                        ) : (
                          <span className="muted">{t('catalogue.notHere')}</span>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )
        }}
      </Reading>
    </>
  )
}
