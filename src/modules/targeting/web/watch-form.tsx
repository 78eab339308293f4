/** A new watch entry, perhaps going on from an earlier one. Its last day is never left out. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { DayField } from '#web/kit/day-field.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Problem, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useNow } from '#web/use-now.ts'
import { enterWatch, id, MOST_WATCH_DAYS, showWatch } from '../contract.ts'
import { civilDay, dayAfter } from './days.ts'
import { TargetingTabs } from './targeting-tabs.tsx'
import { t } from './text.ts'
import { type DraftTerm, WatchTerms } from './watch-terms.tsx'

const USUAL_DAYS = 90

interface Draft {
  readonly title: string
  readonly why: string
  readonly terms: readonly DraftTerm[]
  readonly validFrom: string
  readonly validUntil: string
  readonly act: string
  readonly article: string
  readonly case: string
}

export function WatchFormPage() {
  const renews = id.safeParse(useAddress()['renews']).data
  const today = civilDay(useNow())
  const days = { validFrom: today, validUntil: dayAfter(today, USUAL_DAYS) }
  return (
    <>
      <title>{t('watches.new')}</title>
      <h1>{t('watches.new')}</h1>
      <TargetingTabs current="/targeting/watches" />
      {renews === undefined ? (
        <WatchForm
          first={{ ...days, title: '', why: '', terms: [{ key: 0, kind: 'container', value: '' }], act: '', article: '', case: '' }}
        />
      ) : (
        <Renewal renews={renews} days={days} />
      )}
    </>
  )
}

function Renewal({ renews, days }: { readonly renews: string; readonly days: Pick<Draft, 'validFrom' | 'validUntil'> }) {
  return (
    <Reading query={useCall(showWatch, { watch: renews })}>
      {({ watch }) => (
        <WatchForm
          renews={renews}
          first={{
            ...days,
            title: watch.title,
            why: watch.why,
            terms: watch.terms.map((term, key) => ({ ...term, key })),
            act: watch.legalBasis.act,
            article: watch.legalBasis.article,
            case: watch.case,
          }}
        />
      )}
    </Reading>
  )
}

function WatchForm({ first, renews }: { readonly first: Draft; readonly renews?: string }) {
  const [draft, setDraft] = useState(first)
  const go = useGo()
  const cache = useQueryClient()
  // One key for this entry, however often it is sent.
  const [key] = useState(actKey)
  const set = (part: Partial<Draft>): void => setDraft((held) => ({ ...held, ...part }))
  const { act, article, terms, ...rest } = draft
  const body = enterWatch.input.safeParse({
    ...rest,
    terms: terms.map(({ kind, value }) => ({ kind, value })),
    legalBasis: { act, article },
    key,
    ...(renews === undefined ? {} : { renews }),
  }).data
  const enter = useMutation({
    mutationFn: async (asked: NonNullable<typeof body>) => await call(enterWatch, asked),
    onSuccess: async ({ watch, problems }) => {
      await cache.invalidateQueries()
      if (problems.length === 0) go(`/targeting/watches/${watch}`)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (body !== undefined && !enter.isPending) enter.mutate(body)
  }
  if (enter.data !== undefined && enter.data.problems.length > 0)
    return (
      <section className="panel" role="status">
        <p>{t('watch.entryProblems')}</p>
        <ul>
          {enter.data.problems.map((each) => (
            <li key={`${each.at} ${each.code}`}>
              <code>{each.at}</code> {each.text}
            </li>
          ))}
        </ul>
        <AppLink to={`/targeting/watches/${enter.data.watch}`}>{t('watch.toEntry')}</AppLink>
      </section>
    )
  return (
    <form className="form" onSubmit={submit}>
      <TextField label={t('watch.title')} value={draft.title} onChange={(title) => set({ title })} isRequired maxLength={120} />
      <TextField
        label={t('watch.why')}
        value={draft.why}
        onChange={(why) => set({ why })}
        isRequired
        isLong
        maxLength={2000}
        help={t('watch.whyHelp')}
      />
      <WatchTerms terms={terms} onChange={(changed) => set({ terms: changed })} />
      <fieldset className="fieldset">
        <legend>{t('watch.basisTitle')}</legend>
        <TextField label={t('watch.act')} value={act} onChange={(value) => set({ act: value })} isRequired maxLength={200} />
        <TextField label={t('watch.article')} value={article} onChange={(value) => set({ article: value })} isRequired maxLength={100} />
        <TextField label={t('watch.case')} value={draft.case} onChange={(value) => set({ case: value })} isRequired maxLength={80} />
        <DayField label={t('watch.from')} value={draft.validFrom} onChange={(validFrom) => set({ validFrom })} isRequired />
        <DayField
          label={t('watch.until')}
          value={draft.validUntil}
          onChange={(validUntil) => set({ validUntil })}
          isRequired
          min={draft.validFrom}
          help={t('watch.untilHelp', { n: MOST_WATCH_DAYS })}
        />
      </fieldset>
      <Problem error={enter.error} />
      <div className="actions">
        <Button kind="primary" type="submit" isDisabled={body === undefined || enter.isPending}>
          {t('watch.enter')}
        </Button>
      </div>
    </form>
  )
}
