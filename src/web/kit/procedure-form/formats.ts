/** Identifiers the browser can check by itself; all others are checked by the node when the draft is kept. */
import { parseAwbNumber } from '#kernel/identifiers/awb-number.ts'
import { parseCasNumber } from '#kernel/identifiers/cas-number.ts'
import { parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { parseImoNumber } from '#kernel/identifiers/imo-number.ts'
import { parseUnlocode } from '#kernel/identifiers/unlocode.ts'
import type { FormatChecks } from '#kernel/procedure/field-value.ts'
import type { Parsed } from '#kernel/result/problem.ts'

export const BROWSER_FORMATS: FormatChecks = {
  iso6346: (text) => because(parseContainerNumber(text)),
  imo: (text) => because(parseImoNumber(text)),
  awb: (text) => because(parseAwbNumber(text)),
  cas: (text) => because(parseCasNumber(text)),
  unlocode: (text) => because(parseUnlocode(text, () => true)),
}

function because(parsed: Parsed<unknown>): string | undefined {
  return parsed.ok ? undefined : parsed.problems[0]?.message
}
