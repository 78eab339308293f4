/** A citation with how far it was checked. Invariant: what was not read in its source says so, and policy never looks like law. */
import { t } from '../text.ts'
import { Badge } from './badge.tsx'

export interface BasisShape {
  readonly celex?: string | undefined
  readonly act: string
  readonly art: string
  readonly mark: 'V' | 'M' | 'D'
}

export function LegalBasis({ basis }: { readonly basis: BasisShape }) {
  return (
    <span className="basis">
      {basis.act}
      {basis.art === '' ? '' : ` ${basis.art}`}
      {basis.celex === undefined ? null : <span className="muted"> ({basis.celex})</span>}{' '}
      {basis.mark === 'M' ? <Badge tone="warn">{t('basis.unverified')}</Badge> : null}
      {basis.mark === 'D' ? <Badge>{t('basis.policy')}</Badge> : null}
    </span>
  )
}
