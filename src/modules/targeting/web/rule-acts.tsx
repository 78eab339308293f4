/** What can be done with the latest version of a rule. Whoever wrote or submitted it never decides; the node says who may. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { AppLink } from '#web/navigate.tsx'
import { decideRule, type RuleVersion, submitRule, withdrawRule } from '../contract.ts'
import { useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'

const LEAST_REASON = 3

export interface RuleActsProps {
  readonly latest: RuleVersion
  /** Something of it can still be ended. */
  readonly isEnding: boolean
}

export function RuleActs({ latest, isEnding }: RuleActsProps) {
  const { rule, version, state } = latest
  const mayWrite = useMay()('targeting.write-rules')
  const [dialog, setDialog] = useState<'submit' | 'release' | 'return' | 'withdraw' | undefined>(undefined)
  const [text, setText] = useState('')
  const isDraft = state === 'draft' || state === 'returned'
  const open = (which: typeof dialog): void => {
    setText('')
    setDialog(which)
  }
  const close = (): void => setDialog(undefined)
  return (
    <>
      <div className="actions">
        {mayWrite && state !== 'submitted' ? (
          <AppLink className="button" to={`/targeting/rules/${rule}/edit`}>
            {t(isDraft ? 'rule.edit' : 'rule.nextVersion')}
          </AppLink>
        ) : null}
        {mayWrite && isDraft ? (
          <Button kind="primary" onPress={() => open('submit')}>
            {t('rule.submit')}
          </Button>
        ) : null}
        {latest.mayDecide ? (
          <>
            <Button kind="primary" onPress={() => open('release')}>
              {t('rule.release')}
            </Button>
            <Button onPress={() => open('return')}>{t('rule.return')}</Button>
          </>
        ) : null}
        {mayWrite && isEnding ? (
          <Button kind="danger" onPress={() => open('withdraw')}>
            {t('rule.withdraw')}
          </Button>
        ) : null}
      </div>
      {dialog === 'submit' ? (
        <ActDialog title={t('rule.submit')} isReady act={async () => await call(submitRule, { rule, version })} onClose={close}>
          <p>{t('rule.submitWhat')}</p>
        </ActDialog>
      ) : dialog === 'release' || dialog === 'return' ? (
        <ActDialog
          title={t(dialog === 'release' ? 'rule.release' : 'rule.return')}
          isReady={dialog === 'release' || text.trim().length >= LEAST_REASON}
          act={async () => await call(decideRule, { rule, version, decision: dialog, note: text.trim() })}
          onClose={close}
        >
          <p>{t('rule.decideWhat')}</p>
          <TextField label={t('rule.note')} value={text} onChange={setText} isLong maxLength={500} isRequired={dialog === 'return'} />
        </ActDialog>
      ) : dialog === 'withdraw' ? (
        <ActDialog
          title={t('rule.withdraw')}
          isDangerous
          isReady={text.trim().length >= LEAST_REASON}
          act={async () => await call(withdrawRule, { rule, reason: text.trim() })}
          onClose={close}
        >
          <p>{t('rule.withdrawWhat')}</p>
          <TextField label={t('rule.reason')} value={text} onChange={setText} isRequired isLong autoFocus maxLength={500} />
        </ActDialog>
      ) : null}
    </>
  )
}
