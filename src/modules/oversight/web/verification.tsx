/** Whether the log is the one that was written: recomputed now, signed over in the past, witnessed by peers; and proofs that leave the node. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call, urlOf } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Problem, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { logHeads, proveLogged, verifyLog } from '../contract.ts'
import { Checkpoints, Forks, Peers } from './log-heads.tsx'
import { t } from './text.ts'

export function Verification() {
  const heads = useCall(logHeads, {})
  return (
    <>
      <h1>{t('verify.title')}</h1>
      <p>{t('verify.intro')}</p>
      <div className="columns">
        <Verify />
        <OneEntry />
      </div>
      <Reading query={heads}>
        {(data) => (
          <>
            <Forks data={data} />
            <Checkpoints data={data} />
            <Peers data={data} />
          </>
        )}
      </Reading>
    </>
  )
}

function Verify() {
  const verification = useMutation({ mutationFn: async () => await call(verifyLog, {}) })
  const { data } = verification
  return (
    <section className="panel">
      <h2>{t('verify.whole')}</h2>
      <p>{t('verify.wholeMeans')}</p>
      <Button kind="primary" isDisabled={verification.isPending} onPress={() => verification.mutate()}>
        {t(verification.isPending ? 'log.verifying' : 'log.verify')}
      </Button>
      <div role="status">
        {data === undefined ? null : (
          <>
            <p>
              <Badge tone={data.intact ? 'good' : 'bad'}>{t(data.intact ? 'verify.intact' : 'verify.broken')}</Badge>{' '}
              {data.intact
                ? t('log.intact', {
                    checked: data.checked,
                    erased: data.erased,
                    unsealed: data.unsealed,
                    checkpoints: data.checkpoints,
                  })
                : t('log.broken', { at: data.firstBad ?? 0, because: data.because ?? '' })}
            </p>
            <p>
              {t('verify.head')} <code>{data.head}</code>
            </p>
          </>
        )}
      </div>
      <Problem error={verification.error} />
    </section>
  )
}

function OneEntry() {
  const [entry, setEntry] = useState('')
  const isReady = /^\d{1,18}$/.test(entry)
  return (
    <section className="panel">
      <h2>{t('prove.title')}</h2>
      <p>{t('prove.means')}</p>
      <TextField label={t('prove.entry')} value={entry} onChange={setEntry} maxLength={18} help={t('prove.where')} />
      <div className="actions">
        {isReady ? (
          <a className="button primary" href={urlOf(proveLogged, { entry }, false)} download>
            {t('prove.download')}
          </a>
        ) : null}
        <AppLink to="/log">{t('prove.replay')}</AppLink>
      </div>
      <p className="muted">
        {t('prove.check')} <code>{t('prove.command')}</code>
      </p>
    </section>
  )
}
