/** What the signs of the picture mean: the same shapes, in the same colours. */
import type { ReactNode } from 'react'
import { t } from './vessel-text.ts'

export function StowageLegend() {
  return (
    <>
      <h3>{t('stowage.legend')}</h3>
      <ul className="plain">
        <Sign text={t('sign.alert')} fill="var(--bad)">
          <path d="M3 3 L15 15 M15 3 L3 15" stroke="var(--surface)" strokeWidth="2" />
        </Sign>
        <Sign text={t('sign.signal')} fill="var(--warn)">
          <path d="M9 4 L15 14 L3 14 Z" fill="var(--surface)" />
        </Sign>
        <Sign text={t('sign.identity')} fill="var(--info)">
          <circle cx="9" cy="9" r="4.5" fill="none" stroke="var(--surface)" strokeWidth="2" />
        </Sign>
        <Sign text={t('sign.full')} fill="var(--info-back)" />
        <Sign text={t('sign.empty')} fill="var(--surface)" />
        <Sign text={t('sign.over')} fill="none" dashes="3 3" />
        <Sign text={t('sign.chosen')} fill="none" stroke="var(--focus)" strokeWidth={3} />
      </ul>
    </>
  )
}

interface SignProps {
  readonly text: string
  readonly fill: string
  readonly stroke?: string
  readonly strokeWidth?: number
  readonly dashes?: string
  readonly children?: ReactNode
}

function Sign({ text, fill, stroke = 'var(--ink-soft)', strokeWidth = 1, dashes, children }: SignProps) {
  return (
    <li>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <rect
          x="1.5"
          y="1.5"
          width="15"
          height="15"
          fill={fill}
          stroke={stroke}
          strokeWidth={strokeWidth}
          {...(dashes === undefined ? {} : { strokeDasharray: dashes })}
        />
        {children}
      </svg>{' '}
      {text}
    </li>
  )
}
