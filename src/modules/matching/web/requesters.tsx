/** Desks of other authorities that this desk lets ask, each with a quota; ending it leaves a trace. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '#web/client.ts'
import { useDeskName, useDesks } from '#web/desks.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { showInstant } from '#web/time.ts'
import { DAILY_QUOTA, entitle, listRequesters, type RequesterRow } from '../contract.ts'
import { code, t } from './text.ts'

const GROUNDS = ['adequacy', 'safeguards', 'derogation'] as const

export function Requesters() {
  const query = useCall(listRequesters, {})
  const cache = useQueryClient()
  const set = useMutation({
    mutationFn: async (given: Parameters<typeof call<typeof entitle>>[1]) => await call(entitle, given),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  return (
    <section className="panel">
      <h2>{t('requester.title')}</h2>
      <Reading query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('requester.none')}</Empty>
          ) : (
            <RequesterTable items={items} onEnd={(desk) => set.mutate({ desk, quota: 0 })} />
          )
        }
      </Reading>
      <Problem error={set.error} />
      <LetAsk isBusy={set.isPending} onSet={async (given) => void (await set.mutateAsync(given))} />
    </section>
  )
}

function RequesterTable({ items, onEnd }: { readonly items: readonly RequesterRow[]; readonly onEnd: (desk: string) => void }) {
  const name = useDeskName()
  return (
    <Scroll label={t('requester.title')}>
      <table>
        <thead>
          <tr>
            {(['desk', 'quota', 'sent', 'change'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`requester.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.desk}>
              <th scope="row">
                {name(row.desk)}
                {row.ground === undefined ? null : <div className="muted">{code('ground', row.ground)}</div>}
              </th>
              <td>{row.quota === 0 ? <Badge>{t('requester.ended')}</Badge> : t('requester.aDay', { n: row.quota })}</td>
              <td>{row.sentAt === undefined ? t('requester.notYet') : showInstant(row.sentAt)}</td>
              <td>
                {row.quota === 0 ? null : (
                  <Button onPress={() => onEnd(row.desk)} label={t('requester.endOf', { desk: name(row.desk) })}>
                    {t('requester.end')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

type Given = { readonly desk: string; readonly quota: number; readonly ground?: (typeof GROUNDS)[number] }

function LetAsk({ isBusy, onSet }: { readonly isBusy: boolean; readonly onSet: (given: Given) => Promise<void> }) {
  const desks = useDesks()
  const own = useSessionQuery().data?.desk.id
  const authority = desks.find(({ id }) => id === own)?.authority
  const [desk, setDesk] = useState('')
  const [quota, setQuota] = useState(String(DAILY_QUOTA))
  const [ground, setGround] = useState('')
  const chosen = desks.find(({ id }) => id === desk)
  const isReady = chosen !== undefined && /^[1-9]\d{0,3}$/.test(quota) && Number(quota) <= 1000 && (!chosen.thirdCountry || ground !== '')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isReady) return
    const known = GROUNDS.find((each) => each === ground)
    void onSet({ desk, quota: Number(quota), ...(chosen.thirdCountry && known !== undefined ? { ground: known } : {}) })
      .then(() => setDesk(''))
      .catch(() => undefined)
  }
  return (
    <form className="form" onSubmit={submit}>
      <h3>{t('requester.let')}</h3>
      <Select
        label={t('requester.desk')}
        value={desk}
        empty="–"
        isRequired
        onChange={setDesk}
        choices={desks
          .filter((each) => each.authority !== authority && each.kind !== 'terminal')
          .map(({ id, name, country }) => ({ id, label: `${name} (${country})` }))}
      />
      <TextField label={t('requester.quota')} type="number" value={quota} onChange={setQuota} isRequired help={t('requester.quotaMeans')} />
      {chosen?.thirdCountry === true ? (
        <Select
          label={t('requester.ground')}
          value={ground}
          empty="–"
          isRequired
          onChange={setGround}
          choices={GROUNDS.map((id) => ({ id, label: code('ground', id) }))}
          help={t('requester.groundMeans')}
        />
      ) : null}
      <p className="muted">{t('requester.learns')}</p>
      <div className="actions">
        <Button kind="primary" type="submit" isDisabled={!isReady || isBusy}>
          {t('requester.allow')}
        </Button>
      </div>
    </form>
  )
}
