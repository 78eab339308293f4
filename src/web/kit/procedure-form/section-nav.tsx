/** Sections of a long form with how far each is; a press leads to its heading. */
import { t } from '../../text.ts'
import { Badge, type Tone } from '../badge.tsx'
import type { SectionStatus } from './form-model.ts'

const TONE: Readonly<Record<SectionStatus, Tone>> = { problems: 'bad', started: 'warn', complete: 'good', empty: 'neutral' }

export interface SectionNavProps {
  readonly form: string
  readonly sections: readonly { readonly key: string; readonly title: string; readonly status: SectionStatus }[]
}

export function SectionNav({ form, sections }: SectionNavProps) {
  const go = (key: string): void => {
    const heading = document.getElementById(`${form}-section-${key}`)
    heading?.scrollIntoView({ block: 'start' })
    heading?.focus({ preventScroll: true })
  }
  return (
    <nav className="section-nav" aria-label={t('form.sections')}>
      <ol>
        {sections.map(({ key, title, status }) => (
          <li key={key}>
            <button type="button" className="linklike" onClick={() => go(key)}>
              {title}
            </button>{' '}
            <Badge tone={TONE[status]}>{t(`sectionStatus.${status}`)}</Badge>
          </li>
        ))}
      </ol>
    </nav>
  )
}
