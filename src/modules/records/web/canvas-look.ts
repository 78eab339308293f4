/** Colours of a drawing, as the page has them now: they follow the choice of light or dark. */
import type { Look } from './graph-draw.ts'

export function readLook(): Look {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    ink: token('ink'),
    soft: token('ink-soft'),
    ground: token('surface'),
    line: token('line'),
    accent: token('accent'),
    marks: { red: token('bad'), amber: token('warn'), green: token('good'), blue: token('info'), violet: '#8a5bc4' },
  }
}

export function onLookChange(tell: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', tell)
  return () => dark.removeEventListener('change', tell)
}

export function isMotionReduced(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
