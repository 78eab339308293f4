/** Desks that directories of other coalitions name: for knowing whom to turn to. */
import { useState } from 'react'
import { TextField } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { useSettled } from '#web/use-settled.ts'
import { findPartnerDesks } from '../contract.ts'
import { t } from './text.ts'

export function PartnerDesks() {
  const [text, setText] = useState('')
  const wanted = useSettled(text, 250)
  const desks = useCall(findPartnerDesks, wanted === '' ? {} : { text: wanted })
  return (
    <section>
      <h2>{t('partners.title')}</h2>
      <p>{t('partners.text')}</p>
      <div className="toolbar">
        <TextField label={t('directory.search')} type="search" value={text} onChange={setText} />
      </div>
      <Reading query={desks}>
        {({ items, hasMore }) =>
          items.length === 0 ? (
            <Empty>{t('directory.none')}</Empty>
          ) : (
            <>
              <Scroll label={t('partners.title')}>
                <table>
                  <thead>
                    <tr>
                      {(['desk', 'authority', 'country', 'coalition'] as const).map((head) => (
                        <th key={head} scope="col">
                          {t(`partners.${head}`)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((row) => (
                      <tr key={`${row.coalition} ${row.desk}`}>
                        <th scope="row">
                          {row.name} <span className="muted mono">{row.desk}</span>
                        </th>
                        <td>
                          {row.authorityName} <span className="muted mono">{row.authority}</span>
                        </td>
                        <td>{row.country}</td>
                        <td>{row.coalition}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
              {hasMore ? <p role="status">{t('partners.more', { n: items.length })}</p> : null}
            </>
          )
        }
      </Reading>
    </section>
  )
}
