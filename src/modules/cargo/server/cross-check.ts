/**
 * What this desk holds under the keys of a case: alerts by container and vessel, consignments by container and bill. Asked as the officer who looks,
 * so an alert of another desk, or another desk's declarations, are not there.
 */
import { sql } from 'kysely'
import type { CaseKey } from '#kernel/match-key/case-keys.ts'
import type { CrossCheck, CrossLink } from '#platform/module/define-module.ts'

/** Of each kind of record; a screen of links is no search. */
const MOST = 20

export const cargoCrossCheck: CrossCheck = async (keys, { tx, facts }) => {
  const of = (kind: CaseKey['kind']) => keys.filter((key) => key.kind === kind).map(({ text }) => text)
  const [containers, vessels, references] = [of('container'), of('vessel'), of('reference')]
  if (containers.length + vessels.length + references.length === 0) return []
  const { rows: alerts } = await sql<{ alert: string; subject: string; container: string; vessel: string | null; issued_at: Date }>`
    select distinct alert, subject, container, content ->> 'vesselImo' as vessel, issued_at from cargo.alerts
    where authority = ${facts.authority} and notice is null
      and (container = any(${containers}::text[]) or content ->> 'vesselImo' = any(${vessels}::text[]))
    order by issued_at desc, alert limit ${MOST}`.execute(tx)
  const { rows: consignments } = await sql<{ bill: string; containers: string[]; document: string; received_at: Date }>`
    select c.bill, c.containers, c.document, c.received_at from (
      select document, ordinal from cargo.consignment_keys where authority = ${facts.authority} and desk = ${facts.desk} and kind = 'container' and key = any(${containers}::text[])
      union select document, ordinal from cargo.consignments where authority = ${facts.authority} and desk = ${facts.desk} and bill = any(${references}::text[])) as n
    join cargo.consignments c on c.authority = ${facts.authority} and c.desk = ${facts.desk} and c.document = n.document and c.ordinal = n.ordinal
    order by c.received_at desc, c.document, c.ordinal limit ${MOST}`.execute(tx)
  const shared = (held: readonly CaseKey[]) => keys.filter((key) => held.some(({ kind, text }) => kind === key.kind && text === key.text))
  return [
    ...alerts.map(
      ({ alert, subject, container, vessel, issued_at: at }): CrossLink => ({
        kind: 'alert',
        label: subject,
        at,
        link: `/alerts/${alert}`,
        keys: shared([
          { kind: 'container', text: container },
          { kind: 'vessel', text: vessel ?? '' },
        ]),
      }),
    ),
    ...consignments.map(
      ({ bill, containers: held, document, received_at: at }): CrossLink => ({
        kind: 'consignment',
        label: bill,
        at,
        link: `/documents/${document}`,
        keys: shared([...held.map((text) => ({ kind: 'container' as const, text })), { kind: 'reference', text: bill }]),
      }),
    ),
  ]
}
