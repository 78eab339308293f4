/**
 * Every hour: rules and watch entries that reached their last day fall silent and are told, arrivals ahead are looked at again when a new day lets something begin or end,
 * and outcomes that are overdue are told to their desk once a day. Safe to run again: what was told is marked in the same transaction.
 */
import { sql } from 'kysely'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { ASSESS } from './assess.ts'
import { type DeskScope, todayOf } from './desk.ts'

export const SWEEP = 'targeting.sweep'

export const sweepJob: Job = {
  name: SWEEP,
  meaning: 'Lets rules and watch entries end, and tells of overdue outcomes',
  schedule: '7 * * * *',
  timeoutSeconds: 900,
  retries: 2,
  run: async (_data, services) => await sweep(services),
}

export async function sweep(services: NodeServices): Promise<void> {
  for (const authority of services.authorities) {
    const desks = services.directory().orgs.find(({ id }) => id === authority)?.units ?? []
    for (const { id: desk } of desks)
      await services.database.asWorker(SWEEP, async (tx) => {
        const scope = { authority, desk }
        const today = todayOf(services, scope)
        const rules = await endRules(tx, scope, { today, at: services.clock.now() })
        const watches = await endWatches(tx, scope, { today, at: services.clock.now() })
        for (const rule of rules) await tell(tx, services, { scope, event: 'targeting.rule-expired', subject: { kind: 'rule', id: rule } })
        for (const watch of watches)
          await tell(tx, services, { scope, event: 'targeting.watch-expired', subject: { kind: 'watch', id: watch } })
        await tellOverdue(tx, services, { scope, today })
        if (rules.length > 0 || watches.length > 0 || (await beginsToday(tx, scope, today)))
          await services.enqueue(tx, { name: ASSESS, data: { authority, desk }, key: `${authority} ${desk}` })
      })
  }
}

interface Moment {
  readonly today: string
  readonly at: Date
}

async function endRules(tx: Tx, { authority, desk }: DeskScope, { today, at }: Moment): Promise<readonly string[]> {
  const { rows } = await sql<{ rule: string }>`update targeting.rules set state = 'expired', expiry_told_at = ${at}, updated_at = ${at}
    where authority = ${authority} and desk = ${desk} and state = 'released' and (valid_until < ${today}::date or review_on < ${today}::date) returning rule::text as rule`.execute(
    tx,
  )
  // A version whose successor has begun gave way to it.
  await sql`update targeting.rules r set state = 'replaced', updated_at = ${at} where r.authority = ${authority} and r.desk = ${desk} and r.state = 'released'
    and exists (select 1 from targeting.rules n where n.authority = r.authority and n.rule = r.rule and n.version > r.version and n.state = 'released' and n.valid_from <= ${today}::date)`.execute(
    tx,
  )
  return rows.map(({ rule }) => rule)
}

async function endWatches(tx: Tx, { authority, desk }: DeskScope, { today, at }: Moment): Promise<readonly string[]> {
  const { rows } = await sql<{ watch: string }>`update targeting.watches set expiry_told_at = ${at}
    where authority = ${authority} and desk = ${desk} and ended_at is null and expiry_told_at is null and valid_until < ${today}::date returning watch::text as watch`.execute(
    tx,
  )
  return rows.map(({ watch }) => watch)
}

/** Something whose first day is today changes what fires on arrivals ahead. Once a day is enough. */
async function beginsToday(tx: Tx, scope: DeskScope, today: string): Promise<boolean> {
  const { authority, desk } = scope
  const { rows } =
    await sql`select 1 from targeting.rules where authority = ${authority} and desk = ${desk} and state = 'released' and valid_from = ${today}::date
    union all select 1 from targeting.watches where authority = ${authority} and desk = ${desk} and ended_at is null and valid_from = ${today}::date limit 1`.execute(
      tx,
    )
  return rows.length > 0 && (await isFirst(tx, scope, { what: 'begins', today }))
}

async function tellOverdue(
  tx: Tx,
  services: NodeServices,
  { scope, today }: { readonly scope: DeskScope; readonly today: string },
): Promise<void> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from targeting.arrivals where authority = ${scope.authority} and desk = ${scope.desk} and due_at is not null
    and outcome is null and due_at < ${services.clock.now()}`.execute(tx)
  const overdue = rows[0]?.n ?? 0
  if (overdue === 0 || !(await isFirst(tx, scope, { what: 'overdue', today }))) return
  await tell(tx, services, { scope, event: 'targeting.outcomes-overdue', subject: { kind: 'desk', id: scope.desk }, detail: { overdue } })
}

async function isFirst(
  tx: Tx,
  { authority, desk }: DeskScope,
  { what, today }: { readonly what: string; readonly today: string },
): Promise<boolean> {
  const { rows } =
    await sql`insert into targeting.told (authority, desk, what, day, audience) values (${authority}, ${desk}, ${what}, ${today}::date, ${[desk]})
    on conflict do nothing returning what`.execute(tx)
  return rows.length > 0
}

interface Telling {
  readonly scope: DeskScope
  readonly event: string
  readonly subject: { readonly kind: string; readonly id: string }
  readonly detail?: Readonly<Record<string, number>>
}

async function tell(tx: Tx, services: NodeServices, { scope, event, subject, detail }: Telling): Promise<void> {
  const subjects = subject.kind === 'desk' ? [subject] : [subject, { kind: 'desk', id: scope.desk }]
  await services.record(tx, {
    event,
    outcome: 'done',
    facts: null,
    by: `job:${SWEEP}`,
    subjects,
    ...(detail === undefined ? {} : { detail }),
  })
  await services.announce(tx, 'targeting', [scope.desk])
}
