/** Notes of the officer who leaves, and receipt by the one who comes. */
import { type FormEvent, useState } from 'react'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { queryClient, usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { showInstant } from '#web/time.ts'
import { type HandOver, listHandOvers, makeHandOver, receiveHandOver } from '../contract.ts'
import { t } from './text.ts'

export function MakeHandOver({ since }: { readonly since: string }) {
  const [notes, setNotes] = useState('')
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [error, setError] = useState<unknown>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setError(undefined)
    try {
      await call(makeHandOver, { since, notes, key })
      setNotes('')
      setKey(crypto.randomUUID())
      await queryClient.invalidateQueries()
    } catch (caught) {
      setError(caught)
    }
  }
  return (
    <form className="panel no-print" onSubmit={(event) => void submit(event)}>
      <TextField label={t('shift.notes')} value={notes} onChange={setNotes} isLong maxLength={8000} help={t('shift.notesHelp')} />
      <Problem error={error} />
      <Button kind="primary" type="submit" isDisabled={notes.trim() === ''}>
        {t('shift.make')}
      </Button>
    </form>
  )
}

export function HandOvers() {
  const pages = usePages<HandOver, typeof listHandOvers>(listHandOvers, {})
  const [error, setError] = useState<unknown>()
  const receive = async (handOver: string): Promise<void> => {
    setError(undefined)
    await call(receiveHandOver, { handOver }).catch(setError)
    await queryClient.invalidateQueries()
  }
  return (
    <section className="panel">
      <h2>{t('shift.list')}</h2>
      <Problem error={error} />
      <Reading query={pages.query}>
        {() =>
          pages.rows.length === 0 ? (
            <Empty>{t('shift.empty')}</Empty>
          ) : (
            <ul>
              {pages.rows.map((each) => (
                <li key={each.handOver}>
                  <strong>{t('shift.from', { name: each.from, when: showInstant(each.at) })}</strong>{' '}
                  <span className="muted">
                    {each.received === undefined
                      ? t('shift.notReceived')
                      : t('shift.received', { name: each.received.by, when: showInstant(each.received.at) })}
                  </span>
                  <p className="as-written">{each.notes}</p>
                  {each.isOwn || each.received !== undefined ? null : (
                    <Button onPress={() => void receive(each.handOver)}>{t('shift.receive')}</Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
      {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
    </section>
  )
}
