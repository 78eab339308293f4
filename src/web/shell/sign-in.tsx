import { type FormEvent, useState } from 'react'
import { signIn } from '#modules/identity/contract'
import { call } from '../client.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/fields.tsx'
import { Problem } from '../kit/states.tsx'
import { queryClient } from '../queries.ts'
import { t } from '../text.ts'

export function SignIn() {
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      await call(signIn, { account, password })
      await queryClient.resetQueries()
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  return (
    <main className="gate" id="content">
      <form className="card" onSubmit={(event) => void submit(event)}>
        <h1>{t('app.name')}</h1>
        <TextField label={t('session.account')} value={account} onChange={setAccount} isRequired autoComplete="username" autoFocus />
        <TextField
          label={t('session.password')}
          value={password}
          onChange={setPassword}
          type="password"
          isRequired
          autoComplete="current-password"
        />
        <Problem error={error} />
        <Button kind="primary" type="submit" isDisabled={isBusy || account === '' || password === ''}>
          {t('session.signIn')}
        </Button>
        {/* A page of its own, without a session: nothing of this one goes along. */}
        <a href="/report" rel="noreferrer">
          {t('session.report')}
        </a>
      </form>
    </main>
  )
}
