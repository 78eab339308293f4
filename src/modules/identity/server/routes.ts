/** Handlers of sign-in, sign-out and the session. */

import { sql } from 'kysely'
import { purposesOf } from '#kernel/handling/purpose.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { type RateLimit, rateLimit } from '#platform/http/limits.ts'
import { handle, handleOpen } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { chooseFacts, signIn, signOut, type WhoAmI, whoAmI } from '../contract.ts'
import { checkPassword } from './officers.ts'
import { chooseSessionFacts, closeSession, openSession } from './sessions.ts'

const COOKIE = 'breakwater'
/** Guessing is slow from one address and slow against one account, wherever it comes from. Each node counts for itself. */
const guessing = new WeakMap<NodeServices, { readonly perAddress: RateLimit; readonly perAccount: RateLimit }>()

function guessingAt(services: NodeServices) {
  let limits = guessing.get(services)
  if (limits === undefined) {
    limits = { perAddress: rateLimit(30, 300), perAccount: rateLimit(10, 300) }
    guessing.set(services, limits)
  }
  return limits
}

export const signInRoute = handleOpen(signIn, async (input, context) => {
  const { perAddress, perAccount } = guessingAt(context.services)
  await perAddress.spend(context.remoteAddress)
  await perAccount.spend(input.account.toLowerCase())
  const officer = await checkPassword(context.services, input.account, input.password)
  const subjects = officer === undefined ? [] : [{ kind: 'officer', id: officer.officer }]
  await context.services.database.asWorker('identity.sign-in', async (tx) => {
    await context.services.record(tx, {
      event: 'identity.signed-in',
      outcome: officer === undefined ? 'refused' : 'done',
      facts: null,
      by: 'route:identity.signIn',
      subjects,
      ...(officer === undefined ? { reason: 'unknown account or wrong password' } : {}),
    })
  })
  if (officer === undefined) throw new AppError(401, 'identity.wrong', 'Account or password is wrong.')
  context.cookies.set(COOKIE, await openSession(context.services, officer), 12 * 3600)
  return { signedIn: true as const }
})

export const signOutRoute = handleOpen(signOut, async (_input, context) => {
  const token = context.cookies.get(COOKIE)
  if (token !== undefined) await closeSession(context.services, token)
  await context.services.database.asWorker('identity.sign-out', async (tx) => {
    await context.services.record(tx, {
      event: 'identity.signed-out',
      outcome: 'done',
      facts: null,
      by: 'route:identity.signOut',
      subjects: [],
    })
  })
  context.cookies.set(COOKIE, '', 0)
  return { signedOut: true as const }
})

export const whoAmIRoute = handle(whoAmI, async (_input, context) => await describe(context, context.facts))

export const chooseFactsRoute = handle(chooseFacts, async (input, context) => {
  const desks = await desksOf(context)
  const found = findUnit(context.services.directory(), input.desk)
  const realm = found?.unit.services.includes('oversight') === true ? 'oversight' : found?.org.realm
  const isOpen = desks.includes(input.desk) && realm !== undefined && purposesOf(realm).some((purpose) => purpose.id === input.purpose)
  if (!isOpen || found === undefined) throw new AppError(422, 'identity.choice', 'The desk or the purpose is not open to this officer.')
  const token = context.sessionToken
  if (token === undefined) throw new AppError(401, 'signed-out', 'Sign in first.')
  const { officer } = context.facts
  await chooseSessionFacts(context.services, { officer, desk: input.desk, purpose: input.purpose, caseId: input.caseId ?? null, token })
  return await describe(context, {
    ...context.facts,
    desk: input.desk,
    authority: found.org.id,
    realm,
    country: found.org.country,
    purpose: input.purpose,
    caseId: input.caseId ?? null,
  })
})

async function desksOf(context: CaseContext): Promise<readonly string[]> {
  return await context.services.database.asWorker('identity.desks', async (tx) => {
    const { rows } = await sql<{ desks: string[] }>`select desks from identity.officers where officer = ${context.facts.officer}`.execute(
      tx,
    )
    return rows[0]?.desks ?? []
  })
}

async function describe(context: CaseContext, facts: CaseContext['facts']): Promise<WhoAmI> {
  const directory = context.services.directory()
  const nameOf = (desk: string) => findUnit(directory, desk)?.unit.name ?? desk
  const desks = await desksOf(context)
  return {
    officer: { id: facts.officer, name: facts.officerName, roles: [...facts.roles] },
    node: context.services.nodeId,
    desk: { id: facts.desk, name: nameOf(facts.desk), authority: facts.authority, country: facts.country, realm: facts.realm },
    desks: desks.map((id) => ({ id, name: nameOf(id) })),
    purpose: facts.purpose,
    caseId: facts.caseId,
    purposes: purposesOf(facts.realm).map(({ id, title, basis, mark }) => ({ id, title, basis, mark })),
    permissions: [...context.services.permissionsOf(facts)],
    demonstration: context.services.demonstration,
  }
}
