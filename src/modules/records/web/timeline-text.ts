/** An entry of the timeline in words: when, and what. */
import type { z } from 'zod'
import type { showTimeline } from '../contract.ts'
import { kindText, propertyText } from './model-text.ts'
import { t } from './text.ts'

export type TimelineItem = z.output<(typeof showTimeline)['ok']>['items'][number]

export function whenText({ from, to }: TimelineItem): string {
  return to === undefined || to === from ? from : t('time.span', { from, to })
}

export function whatText({ schema, prop }: TimelineItem): string {
  return isKind(prop) ? kindText(prop) : propertyText([schema], prop)
}

/** Relations are named by their kind, dates of a record by its property. */
export function isKind(prop: string): boolean {
  return /^[A-Z]/.test(prop)
}
