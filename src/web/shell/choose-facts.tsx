import { type FormEvent, useState } from 'react'
import { chooseFacts, type WhoAmI } from '#modules/identity/contract'
import { call } from '../client.ts'
import { Button } from '../kit/button.tsx'
import { Select, TextField } from '../kit/fields.tsx'
import { Problem } from '../kit/states.tsx'
import { queryClient } from '../queries.ts'
import { t } from '../text.ts'

/** Desk and purpose stand before everything else: without them the node shows nothing. */
export function ChooseFacts({ session, onDone }: { readonly session: WhoAmI; readonly onDone: () => void }) {
  const [desk, setDesk] = useState(session.desk.id)
  const [purpose, setPurpose] = useState(session.purpose ?? (session.purposes.length === 1 ? (session.purposes[0]?.id ?? '') : ''))
  const [caseId, setCaseId] = useState(session.caseId ?? '')
  const [error, setError] = useState<unknown>()
  const chosen = session.purposes.find((each) => each.id === purpose)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    try {
      await call(chooseFacts, { desk, purpose, ...(caseId === '' ? {} : { caseId }) })
      await queryClient.resetQueries()
      onDone()
    } catch (caught) {
      setError(caught)
    }
  }
  return (
    <main className="gate" id="content">
      <form className="card" onSubmit={(event) => void submit(event)}>
        <h1>{t('session.choose')}</h1>
        <p>{t('session.chooseWhy')}</p>
        <Select
          label={t('session.desk')}
          value={desk}
          onChange={setDesk}
          choices={session.desks.map(({ id, name }) => ({ id, label: name }))}
          isRequired
        />
        <Select
          label={t('session.purpose')}
          value={purpose}
          onChange={setPurpose}
          empty={t('session.purposePick')}
          choices={session.purposes.map(({ id, title }) => ({ id, label: title }))}
          isRequired
          help={
            chosen === undefined ? undefined : (
              <>
                {chosen.basis}
                {chosen.mark === 'M' ? ` (${t('session.unverified')})` : chosen.mark === 'D' ? ` (${t('session.policy')})` : ''}
              </>
            )
          }
        />
        <TextField label={t('session.case')} value={caseId} onChange={setCaseId} maxLength={60} />
        <Problem error={error} />
        <Button kind="primary" type="submit" isDisabled={purpose === ''}>
          {t('session.begin')}
        </Button>
      </form>
    </main>
  )
}
