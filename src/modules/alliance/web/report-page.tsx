/**
 * Reporting without a name, for anybody. Nothing of what is written goes into the address, the history or the store of the browser; the receipt is shown
 * once. The page says what it protects and what it does not.
 */
import { useState } from 'react'
import { ReportFollow } from './report-follow.tsx'
import { ReportForm } from './report-form.tsx'
import { t } from './text.ts'

const PROTECTS = ['report.protects1', 'report.protects2', 'report.protects3'] as const
const NOT = ['report.not1', 'report.not2', 'report.not3'] as const

export function ReportPage() {
  const [part, setPart] = useState<'new' | 'follow'>('new')
  return (
    <>
      <h1>{t('report.title')}</h1>
      <p>{t('report.intro')}</p>
      <div className="columns">
        <section className="panel">
          <h2>{t('report.protects')}</h2>
          <ul>
            {PROTECTS.map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </ul>
        </section>
        <section className="panel">
          <h2>{t('report.not')}</h2>
          <ul>
            {NOT.map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </ul>
        </section>
      </div>
      <fieldset className="toolbar">
        <legend>{t('report.part')}</legend>
        {(['new', 'follow'] as const).map((each) => (
          <button
            key={each}
            type="button"
            className={`button ${part === each ? 'primary' : ''}`}
            aria-pressed={part === each}
            onClick={() => setPart(each)}
          >
            {t(`report.${each}`)}
          </button>
        ))}
      </fieldset>
      {part === 'new' ? <ReportForm /> : <ReportFollow />}
    </>
  )
}
