/** Everything this node holds on one record across its slices, for the request of a data subject. */
import { schemata } from '#kernel/record/model.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { showInventory } from '../contract.ts'
import { InventoryNaming } from './inventory-naming.tsx'
import { LeftOut } from './left-out.tsx'
import { propertyText } from './model-text.ts'
import { RecordsTabs } from './records-tabs.tsx'
import { placeText } from './source-mark.tsx'
import { t } from './text.ts'

/** Merged records may be of any kind: a property has the name that the first schema with it gives it. */
const SCHEMATA = schemata.map(({ name }) => name)
const HEADS = ['property', 'value', 'collection', 'place', 'from', 'to'] as const

export function InventoryPage() {
  const entity = useParam('entity')
  const query = useCall(showInventory, { entity })
  return (
    <>
      <title>{t('record.page', { entity })}</title>
      <h1>{t('inventory.title')}</h1>
      <RecordsTabs current={undefined} />
      <p>
        <AppLink to={`/records/${entity}`}>{t('inventory.back')}</AppLink> <span className="mono muted">{entity}</span>
      </p>
      <Reading query={query}>
        {({
          members,
          statements,
          statementsLeftOut,
          naming,
          namingLeftOut,
          elsewhere,
          keysLeftOut,
          judgements,
          boards,
          holds,
          passedOn,
        }) => (
          <>
            <p>{t('inventory.counts', { statements: statements.length, naming: naming.length, judgements, boards, holds })}</p>
            <LeftOut leftOut={statementsLeftOut} text="inventory.statementsLeftOut" />
            <Scroll label={t('record.statements')}>
              <table>
                <caption>{t('record.statements')}</caption>
                <thead>
                  <tr>
                    {HEADS.map((head) => (
                      <th key={head} scope="col">
                        {t(`inventory.${head}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {statements.map((each) => (
                    <tr key={each.statement}>
                      <th scope="row">{propertyText(SCHEMATA, each.prop)}</th>
                      <td>
                        <bdi>{each.caption ?? each.value}</bdi>{' '}
                        {each.restricted === true ? <Badge tone="warn">{t('record.restricted')}</Badge> : null}
                      </td>
                      <td>{each.source.title}</td>
                      <td className="mono">{placeText(each)}</td>
                      <td>{showInstant(each.recordedFrom)}</td>
                      <td>{each.recordedTo === undefined ? '' : showInstant(each.recordedTo)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
            <h2>{t('inventory.naming')}</h2>
            <p className="muted">{t('inventory.namingWhy')}</p>
            <LeftOut leftOut={namingLeftOut} text="inventory.namingLeftOut" />
            <InventoryNaming naming={naming} members={members} />
            <h2>{t('inventory.elsewhere')}</h2>
            <p className="muted">{t('inventory.elsewhereWhy')}</p>
            {keysLeftOut === 0 ? null : <p role="status">{t('inventory.keysLeftOut', { n: keysLeftOut.toLocaleString('en-GB') })}</p>}
            {elsewhere.length === 0 ? <Empty>{t('inventory.nothing')}</Empty> : null}
            <ul>
              {elsewhere.map((each) => (
                <li key={`${each.kind} ${each.link}`}>
                  {each.kind}: <AppLink to={each.link}>{each.label}</AppLink> {showInstant(each.at)}{' '}
                  <span className="muted">{each.keys.join(', ')}</span>
                </li>
              ))}
            </ul>
            <h2>{t('inventory.passedOn')}</h2>
            {passedOn.length === 0 ? <Empty>{t('inventory.nothing')}</Empty> : null}
            <ul>
              {passedOn.map((each) => (
                <li key={`${each.item} ${each.desk}`}>
                  <AppLink to={`/items/${each.item}`}>{each.item}</AppLink> {each.desk} {showInstant(each.at)}
                </li>
              ))}
            </ul>
          </>
        )}
      </Reading>
    </>
  )
}
