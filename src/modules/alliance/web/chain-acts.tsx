/** What customs decides about a chain: hold, clear, select, revoke. A person decides; no signal does. */
import { type ReactNode, useState } from 'react'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { fromLocalField, toLocalField } from '#web/time.ts'
import { type ChainView, listChains, revokeByAuthority, setCustomsState, showChain } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { t } from './text.ts'

const STALE = [showChain.id, listChains.id]
const DAY_MS = 86_400_000
type Asked = 'hold' | 'clear' | 'select' | 'revoke'

export function ChainActs({ chain }: { readonly chain: ChainView }) {
  const [asking, setAsking] = useState<Asked>()
  const close = (): void => setAsking(undefined)
  const offered: readonly Asked[] = [
    ...(chain.maySetCustoms ? (['hold', 'clear', 'select'] as const) : []),
    ...(chain.mayRevoke ? (['revoke'] as const) : []),
  ]
  return (
    <div className="actions">
      {offered.map((each) => (
        <Button key={each} kind={each === 'revoke' ? 'danger' : 'plain'} onPress={() => setAsking(each)}>
          {t(`act.${each}`)}
        </Button>
      ))}
      {asking === undefined ? null : (
        <Dialog title={t(`act.${asking}`)} isOpen onClose={close}>
          <Form asked={asking} chain={chain} onDone={close} />
        </Dialog>
      )}
    </div>
  )
}

interface FormProps {
  readonly chain: ChainView
  readonly onDone: () => void
}

function Form({ asked, ...of }: FormProps & { readonly asked: Asked }): ReactNode {
  if (asked === 'hold') return <Hold {...of} />
  if (asked === 'revoke') return <Revoke {...of} />
  return <Say state={asked === 'clear' ? 'clear' : 'selected'} {...of} />
}

function Hold({ chain: { container, voyage, port }, onDone }: FormProps) {
  const [when, setWhen] = useState(() => toLocalField(new Date(Date.now() + DAY_MS).toISOString()))
  const until = fromLocalField(when)
  return (
    <ActForm
      label={t('act.hold')}
      content={until === undefined ? undefined : { container, voyage, port, state: 'hold' as const, until }}
      send={async (content) => await call(setCustomsState, content)}
      stale={STALE}
      onDone={onDone}
    >
      <TextField label={t('act.until')} type="datetime-local" value={when} onChange={setWhen} isRequired />
    </ActForm>
  )
}

function Say({ state, chain: { container, voyage, port }, onDone }: FormProps & { readonly state: 'clear' | 'selected' }) {
  return (
    <ActForm
      label={t(state === 'clear' ? 'act.clear' : 'act.select')}
      content={{ container, voyage, port, state }}
      send={async (content) => await call(setCustomsState, content)}
      stale={STALE}
      onDone={onDone}
    >
      <p>{t(state === 'clear' ? 'act.sureClear' : 'act.sureSelect')}</p>
    </ActForm>
  )
}

function Revoke({ chain: { right }, onDone }: FormProps) {
  const [by, setBy] = useState<'customs' | 'court'>('customs')
  const [legalBasisText, setBasis] = useState('')
  return (
    <ActForm
      label={t('act.revoke')}
      content={legalBasisText.trim().length < 3 ? undefined : { right, by, legalBasisText: legalBasisText.trim() }}
      send={async (content) => await call(revokeByAuthority, content)}
      stale={STALE}
      onDone={onDone}
      isDangerous
    >
      <p>{t('step.sureRevoke')}</p>
      <Select
        label={t('act.power')}
        value={by}
        onChange={(value) => setBy(value === 'court' ? 'court' : 'customs')}
        choices={(['customs', 'court'] as const).map((id) => ({ id, label: t(`act.${id}`) }))}
      />
      <TextField label={t('act.legalBasis')} value={legalBasisText} onChange={setBasis} isRequired maxLength={300} />
    </ActForm>
  )
}
