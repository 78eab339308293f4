/** Inviting a partner, and the steps after it. Who invited never confirms; the node refuses it, and the button is not there. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { Checkbox, Select, TextField } from '#web/kit/fields.tsx'
import { useCall } from '#web/queries.ts'
import { fromLocalField } from '#web/time.ts'
import { changePartner, invitePartner, listPartners, type PartnerFile, partnerKinds, vettingCriteria } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { code, t } from './text.ts'

export interface InvitePartnerProps {
  /** Vetted anew; absent for a partner that comes in. */
  readonly partner: PartnerFile | undefined
  readonly onDone: () => void
}

export function InvitePartner({ partner, onDone }: InvitePartnerProps) {
  const candidates = useCall(listPartners, { limit: 1 }).data?.candidates ?? []
  const [desk, setDesk] = useState(partner?.desk ?? '')
  const [kind, setKind] = useState(partner?.kind ?? 'forwarder')
  const [criteria, setCriteria] = useState<readonly (typeof vettingCriteria)[number][]>(partner?.criteria ?? [])
  const [basis, setBasis] = useState(partner?.basis ?? '')
  const [evidence, setEvidence] = useState('')
  const [when, setWhen] = useState('')
  const expiresAt = fromLocalField(when)
  const isReady = desk !== '' && criteria.length > 0 && basis.trim().length > 2 && evidence.trim().length > 2
  return (
    <ActForm
      label={t('partners.invite')}
      content={
        isReady && expiresAt !== undefined
          ? { desk, kind, criteria: [...criteria], basis: basis.trim(), evidence: evidence.trim(), expiresAt }
          : undefined
      }
      send={async (content) => await call(invitePartner, content)}
      stale={[listPartners.id]}
      onDone={onDone}
    >
      <p>{t('partners.second')}</p>
      {partner === undefined ? (
        <Select
          label={t('partners.desk')}
          value={desk}
          onChange={setDesk}
          empty={t('partners.pick')}
          isRequired
          choices={candidates.map(({ desk: id, name }) => ({ id, label: name }))}
        />
      ) : (
        <p>{partner.name}</p>
      )}
      <Select
        label={t('partners.kind')}
        value={kind}
        onChange={(value) => setKind(partnerKinds.find((each) => each === value) ?? 'forwarder')}
        choices={partnerKinds.map((id) => ({ id, label: code('partnerKind', id) }))}
      />
      <fieldset className="fieldset">
        <legend>{t('standing.criteria')}</legend>
        {vettingCriteria.map((each) => (
          <Checkbox
            key={each}
            label={code('criterion', each)}
            isSelected={criteria.includes(each)}
            onChange={(isOn) => setCriteria(isOn ? [...criteria, each] : criteria.filter((other) => other !== each))}
          />
        ))}
      </fieldset>
      <TextField label={t('partners.basis')} value={basis} onChange={setBasis} isRequired maxLength={300} />
      <TextField label={t('partners.evidence')} value={evidence} onChange={setEvidence} isRequired isLong maxLength={2000} />
      <TextField label={t('partners.expires')} type="datetime-local" value={when} onChange={setWhen} isRequired />
    </ActForm>
  )
}

export interface ChangePartnerProps {
  readonly partner: PartnerFile
  readonly change: 'confirm' | 'suspend' | 'resume' | 'withdraw'
  readonly onDone: () => void
}

export function ChangePartner({ partner, change, onDone }: ChangePartnerProps) {
  const [reason, setReason] = useState('')
  const { desk, version, name } = partner
  return (
    <ActForm
      label={code('change', change)}
      content={reason.trim().length < 3 ? undefined : { desk, change, reason: reason.trim(), version }}
      send={async ({ key: _, ...content }) => await call(changePartner, content)}
      stale={[listPartners.id]}
      onDone={onDone}
      isDangerous={change === 'withdraw' || change === 'suspend'}
    >
      <p>{name}</p>
      <TextField label={t('partners.reason')} value={reason} onChange={setReason} isRequired maxLength={500} />
    </ActForm>
  )
}
