/** Sizes as people read them, in the unit that the law counts in: 25 600 kilobytes. */
import { t } from './text.ts'

export function kilobytes(size: number): string {
  return t('documents.kilobytes', { n: Math.ceil(size / 1024).toLocaleString('en-GB') })
}
