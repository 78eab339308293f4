/** Ports and days with what arrives: vessels by their expected arrival, capacity, how far the decisions are. */
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { AppLink } from '#web/navigate.tsx'
import { showDate, showInstant } from '#web/time.ts'
import type { PortDay } from '../contract.ts'
import { count } from './shown-figures.tsx'
import { t } from './text.ts'

const HEADS = ['where', 'arrivals', 'mandatory', 'capacity', 'decided', 'vessels'] as const
const NUMBERS: readonly string[] = ['arrivals', 'mandatory', 'capacity']

export interface PortDaysProps {
  readonly items: readonly PortDay[]
  readonly label: string
  readonly from: string | undefined
}

export function PortDays({ items, label, from }: PortDaysProps) {
  return (
    <Scroll label={label}>
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col" className={NUMBERS.includes(head) ? 'number' : ''}>
                {t(`days.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.day} ${item.port}`}>
              <th scope="row">
                <AppLink to="/targeting" search={{ from, port: item.port, day: item.day }}>
                  {showDate(item.day)}, {item.port}
                </AppLink>
              </th>
              <td className="number">{count(item.arrivals)}</td>
              <td className="number">{count(item.mandatory)}</td>
              <td className="number">{item.capacity === undefined ? t('days.noCapacity') : count(item.capacity)}</td>
              <td>
                <Decided item={item} />
              </td>
              <td>
                <ul className="plain">
                  {item.vessels.map(({ vessel, voyage = '', eta, arrivals }) => (
                    <li key={`${vessel} ${voyage}`}>
                      {vessel === '' ? (
                        t('days.noVessel')
                      ) : (
                        <AppLink to="/targeting" search={{ from, port: item.port, day: item.day, vessel }}>
                          {t('days.vessel', { vessel, voyage })}
                        </AppLink>
                      )}{' '}
                      {eta === undefined ? null : showInstant(eta)} ({count(arrivals)})
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Decided({ item: { selection } }: { readonly item: PortDay }) {
  if (selection === undefined) return <span className="muted">{t('days.noSelection')}</span>
  return (
    <>
      {t('days.progress', { decided: selection.selected - selection.undecided, selected: selection.selected })}{' '}
      {selection.state === 'closed' ? <Badge tone="good">{t('days.closed')}</Badge> : null}
    </>
  )
}
