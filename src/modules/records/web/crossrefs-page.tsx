/** Cross-references of this desk: a collection held against another one or against everything it may read. Started here, watched while they run. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { showInstant } from '#web/time.ts'
import { type CrossrefView, listCollections, listCrossrefs, presets, startCrossref } from '../contract.ts'
import { CrossrefState } from './crossref-state.tsx'
import { RecordsTabs } from './records-tabs.tsx'
import { t } from './text.ts'

const RUNNING_MS = 2000
const MOST_COLLECTIONS = 200
const HEADS = ['what', 'state', 'compared', 'pairs', 'dropped', 'at'] as const

export function CrossrefsPage() {
  const [isRunning, setRunning] = useState(false)
  const list = useCall(listCrossrefs, {}, isRunning ? { everyMs: RUNNING_MS } : {})
  const runs = list.data?.items.some(({ state }) => state === 'waiting' || state === 'running') === true
  if (runs !== isRunning) setRunning(runs)
  const mayJudge = useSessionQuery().data?.permissions.includes('records.judge') === true
  return (
    <>
      <title>{t('crossrefs.page')}</title>
      <h1>{t('crossrefs.title')}</h1>
      <RecordsTabs current="/records/cross-references" />
      {mayJudge ? <StartForm /> : null}
      <Reading query={list}>{({ items }) => (items.length === 0 ? <Empty>{t('crossrefs.none')}</Empty> : <Table items={items} />)}</Reading>
    </>
  )
}

function StartForm() {
  const { left: asked } = useAddress()
  const go = useGo()
  const cache = useQueryClient()
  const collections = useCall(listCollections, { limit: MOST_COLLECTIONS })
  const [left, setLeft] = useState(asked ?? '')
  const [right, setRight] = useState('')
  const [preset, setPreset] = useState<(typeof presets)[number]>('balanced')
  const key = useRef(actKey())
  const start = useMutation({
    mutationFn: async () => await call(startCrossref, { left, ...(right === '' ? {} : { right }), preset, key: key.current }),
    onSuccess: async ({ crossref }) => {
      await cache.invalidateQueries({ queryKey: [listCrossrefs.id] })
      go(`/records/cross-references/${crossref}`)
    },
  })
  const choices = (collections.data?.items ?? []).map((each) => ({
    id: each.collection,
    label: `${each.title} (${each.records.toLocaleString('en-GB')})`,
  }))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (left !== '' && !start.isPending) start.mutate()
  }
  return (
    <form className="form" onSubmit={submit}>
      <fieldset className="fieldset">
        <legend>{t('crossrefs.start')}</legend>
        <Select label={t('crossrefs.left')} value={left} onChange={setLeft} choices={choices} empty={t('crossrefs.choose')} isRequired />
        <Select label={t('crossrefs.right')} value={right} onChange={setRight} choices={choices} empty={t('crossrefs.everything')} />
        <Select
          label={t('search.preset')}
          value={preset}
          onChange={(value) => setPreset(presets.find((each) => each === value) ?? 'balanced')}
          choices={presets.map((id) => ({ id, label: t(`preset.${id}`) }))}
        />
        <p className="muted wide">{t('crossrefs.proposes')}</p>
        {collections.data?.next === undefined ? null : <p className="wide">{t('crossrefs.moreCollections', { n: MOST_COLLECTIONS })}</p>}
      </fieldset>
      <Problem error={start.error ?? collections.error} />
      <div className="actions">
        <Button kind="primary" type="submit" isDisabled={left === '' || start.isPending}>
          {t('crossrefs.start')}
        </Button>
      </div>
    </form>
  )
}

function Table({ items }: { readonly items: readonly CrossrefView[] }) {
  return (
    <Scroll label={t('crossrefs.title')}>
      <table>
        <caption>{t('crossrefs.title')}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {t(`crossrefs.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.crossref}>
              <th scope="row">
                <AppLink to={`/records/cross-references/${each.crossref}`}>{crossrefText(each)}</AppLink>
              </th>
              <td>
                <CrossrefState crossref={each} />
              </td>
              <td className="number">{each.compared.toLocaleString('en-GB')}</td>
              <td className="number">{each.pairs.toLocaleString('en-GB')}</td>
              <td className="number">{each.blocksDropped.toLocaleString('en-GB')}</td>
              <td>{showInstant(each.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

export function crossrefText({ left, right }: Pick<CrossrefView, 'left' | 'right'>): string {
  return t('crossrefs.pair', { left: left.title, right: right?.title ?? t('crossrefs.everything') })
}
