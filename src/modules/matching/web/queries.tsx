/** Own queries: what was asked, which owner answered, and the hits with their handle and contact desk. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/client.ts'
import { useDeskName } from '#web/desks.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { approveQuery, type HitRow, listQueries, type QueryView } from '../contract.ts'
import { code, t } from './text.ts'

const TONE: Readonly<Record<QueryView['state'], Tone>> = {
  'awaiting-approval': 'warn',
  waiting: 'info',
  asked: 'info',
  done: 'good',
  'sent-back': 'neutral',
}
const HIT_TONE: Readonly<Record<HitRow['state'], Tone>> = { open: 'warn', confirmed: 'good', rejected: 'neutral' }
const REFRESH_MS = 5_000

export function Queries() {
  const query = useCall(listQueries, {}, { everyMs: REFRESH_MS })
  return (
    <section>
      <h2>{t('match.queries')}</h2>
      <Reading query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('match.noQueries')}</Empty>
          ) : (
            items.map((item, index) => <QueryPanel key={item.query} item={item} number={index + 1} />)
          )
        }
      </Reading>
    </section>
  )
}

interface QueryProps {
  readonly item: QueryView
  /** Place in the list: makes the names of its parts differ from those of other queries. */
  readonly number: number
}

function QueryPanel({ item, number }: QueryProps) {
  return (
    <section className="panel">
      <h3>
        {t('match.case')} {item.caseRef} <Badge tone={TONE[item.state]}>{code('queryState', item.state)}</Badge>
      </h3>
      <p className="muted">{t('match.by', { officer: item.officer, at: showInstant(item.at) })}</p>
      <dl className="facts">
        <dt>{t('match.mode')}</dt>
        <dd>{code('mode', item.mode)}</dd>
        <dt>{t('match.keys')}</dt>
        <dd>
          <ul className="plain">
            {item.keys.map((key) => (
              <li key={key.ordinal}>
                {code('keyType', key.type)}: {key.value} {key.with}
              </li>
            ))}
          </ul>
        </dd>
        <dt>{t('match.owners')}</dt>
        <dd>
          <ul className="plain">
            {item.owners.map((each) => (
              <li key={`${each.owner} ${each.class}`}>
                {each.owner}, {code('index', each.class)}: {code('ownerState', each.state)}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      {item.state === 'awaiting-approval' ? <Decide query={item.query} /> : <Hits item={item} number={number} />}
    </section>
  )
}

function Hits({ item, number }: QueryProps) {
  const name = useDeskName()
  if (item.hits.length === 0) return <Empty>{t(item.state === 'done' ? 'match.noHits' : 'match.waiting')}</Empty>
  return (
    <Scroll label={t('match.hitsOf', { n: number })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('match.hits')}</th>
            <th scope="col">{t('match.handle')}</th>
            <th scope="col">{t('match.contact')}</th>
            <th scope="col">{t('match.state')}</th>
          </tr>
        </thead>
        <tbody>
          {item.hits.map((hit) => (
            <tr key={`${hit.ordinal} ${hit.owner}`}>
              <th scope="row">
                {code('keyType', hit.type)} {item.keys.find(({ ordinal }) => ordinal === hit.ordinal)?.value}
              </th>
              <td className="mono">{hit.handle}</td>
              <td>{name(hit.contact)}</td>
              <td>
                <Badge tone={HIT_TONE[hit.state]}>{code('hitState', hit.state)}</Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Decide({ query }: { readonly query: string }) {
  const cache = useQueryClient()
  const decide = useMutation({
    mutationFn: async (decision: 'agree' | 'send-back') => await call(approveQuery, { query, decision }),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  return (
    <div className="toolbar" role="note">
      <p>{t('match.secondText')}</p>
      <Button kind="primary" onPress={() => decide.mutate('agree')} isDisabled={decide.isPending}>
        {t('match.agree')}
      </Button>
      <Button onPress={() => decide.mutate('send-back')} isDisabled={decide.isPending}>
        {t('match.sendBack')}
      </Button>
      <Problem error={decide.error} />
    </div>
  )
}
