/** An alert as a table of two columns, field and value, for a desk that has a spreadsheet and no node. RFC 4180; a list is as many lines as it has entries. */
import { reasonCodes, subjectText } from '../contract.ts'
import { type AlertFile, handlingText, handlingWords } from './export-ics2.ts'

export function alertCsv({ alert, issuedAt, madeAt, originator, recipient, content }: AlertFile): string {
  const { subject, reasons, legs, seals = [], sources = [], fieldHandling = {}, ...rest } = content
  const rows: (readonly [string, string | undefined])[] = [
    ['alert', alert],
    ['issued_at', issuedAt],
    ['made_at', madeAt],
    ['originator', `${originator.name} (${originator.desk}, ${originator.country})`],
    ['recipient', `${recipient.name} (${recipient.desk}, ${recipient.country})`],
    ['recipient_role', `${recipient.role}, ${recipient.place}`],
    ['handling', handlingText(content)],
    [subject.kind.replaceAll('-', '_'), subjectText(subject)],
    ['as_stated', subject.asStated ? 'yes' : 'no'],
    ['bill', rest.bill],
    ['booking', rest.booking],
    ['vessel', rest.vesselName],
    ['vessel_imo', rest.vesselImo],
    ['voyage', rest.voyage],
    ['goods', rest.goods],
    ['requested', rest.requested],
    ['narrative', rest.narrative === '' ? undefined : rest.narrative],
    ...seals.map((seal) => ['seal', seal] as const),
    ...legs.map(({ role, place, eta }) => ['leg', [role, place, eta ?? ''].join(' ').trim()] as const),
    ...reasons.map((reason) => ['reason', `${reason}: ${reasonCodes[reason]}`] as const),
    ...Object.entries(fieldHandling).map(([field, own]) => [`handling_of_${field}`, handlingWords(own)] as const),
    ...sources.map(({ field, documentName, segment }) => ['source', `${field}: ${documentName}, segment ${segment}`] as const),
  ]
  const lines = rows.flatMap(([field, value]) => (value === undefined ? [] : [`${field},${csvCell(value)}`]))
  return `${['field,value', ...lines].join('\r\n')}\r\n`
}

/** A cell that a spreadsheet would run as a formula is written as text. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
