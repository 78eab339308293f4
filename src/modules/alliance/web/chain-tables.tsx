/** The tables of a chain: who had the right, what happened, who read it. */
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { showExact } from '#web/time.ts'
import type { ChainView } from '../contract.ts'
import { code, t } from './text.ts'

const HASH_SHOWN = 12

export function ChainLinks({ chain: { links } }: { readonly chain: ChainView }) {
  return (
    <Scroll label={t('chain.links')}>
      <table>
        <caption>{t('chain.links')}</caption>
        <thead>
          <tr>
            {(['party', 'as', 'from', 'given', 'to', 'passed'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`chain.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr key={`${link.party.desk} ${link.as} ${link.givenAt ?? ''}`}>
              <th scope="row">{link.party.name}</th>
              <td>{code('role', link.as)}</td>
              <td>{link.from?.name ?? ''}</td>
              <td>{link.givenAt === undefined ? '' : showExact(link.givenAt)}</td>
              <td>{link.to?.name ?? ''}</td>
              <td>{link.passedAt === undefined ? '' : showExact(link.passedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

export function ChainHistory({ chain: { history, signalDetails } }: { readonly chain: ChainView }) {
  const pointedAt = new Map<string, string[]>()
  for (const { detector, facts } of signalDetails)
    for (const { event } of facts) if (event !== undefined) pointedAt.set(event, [...(pointedAt.get(event) ?? []), detector])
  return (
    <Scroll label={t('chain.history')}>
      <table>
        <caption>{t('chain.history')}</caption>
        <thead>
          <tr>
            {(['when', 'what', 'by', 'to', 'facts', 'hash'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`chain.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.map((event) => (
            <tr key={event.hash}>
              <td>{showExact(event.at)}</td>
              <th scope="row">
                {code('event', event.kind)}{' '}
                {event.refused === undefined ? null : (
                  <Badge tone="bad">{t('chain.refused', { because: code('refusal', event.refused) })}</Badge>
                )}
                {[...new Set(pointedAt.get(event.hash) ?? [])].map((detector) => (
                  <Badge key={detector} tone="warn">
                    {detector}
                  </Badge>
                ))}
              </th>
              <td>
                {event.by.name}, {code('role', event.by.role)}
              </td>
              <td>{event.to?.name ?? ''}</td>
              <td>{event.facts.map(({ name, value }) => `${code('fact', name)}: ${factText(value)}`).join('; ')}</td>
              <td className="mono">{event.hash.slice(0, HASH_SHOWN)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** Instants as everywhere else; anything else as the event has it. */
function factText(value: string | number | boolean): string {
  return typeof value === 'string' && INSTANT.test(value) ? showExact(value) : String(value)
}

export function ChainReads({ chain: { reads, readsTotal } }: { readonly chain: ChainView }) {
  if (readsTotal === 0)
    return (
      <>
        <h2>{t('chain.reads')}</h2>
        <p className="muted">{t('chain.noReads')}</p>
      </>
    )
  return (
    <>
      <Scroll label={t('chain.reads')}>
        <table>
          <caption>{t('chain.reads')}</caption>
          <thead>
            <tr>
              {(['when', 'by', 'as', 'account'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`chain.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reads.map((read, index) => (
              // biome-ignore lint: two reads of one account can share an instant
              <tr key={index}>
                <td>{showExact(read.at)}</td>
                <th scope="row">{read.by.name}</th>
                <td>
                  <Badge tone={read.inChain ? 'neutral' : 'bad'}>{t(read.inChain ? 'chain.inChain' : 'chain.outside')}</Badge>
                </td>
                <td className="mono">{read.account}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="muted">{t('chain.readsOf', { shown: reads.length, all: readsTotal })}</p>
    </>
  )
}
