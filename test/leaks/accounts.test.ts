/** Who has an account on a node, and for whom it may act. */

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addOfficer } from '#modules/identity'
import { whoAmI } from '#modules/identity/contract'
import { signedInClient } from '../../src/app/client.ts'
import { NODES } from '../../src/app/demo/world.ts'
import { PASSWORD, startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

let coalition: TestCoalition
let url = ''
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['be-antwerp'] })
  url = coalition.node('be-antwerp').url
})
afterAll(async () => await coalition.stop())

const add = async (account: string, desks: readonly string[]) =>
  await addOfficer(coalition.node('be-antwerp').services, {
    account,
    officer: `be-antwerp.${account}`,
    name: 'Officer of two houses',
    roles: ['officer'],
    desks,
    password: PASSWORD,
    demonstration: true,
  })
const signIn = async (account: string, password: string) =>
  await fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: { 'x-breakwater': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  })

it('(L11) a node has the accounts that somebody added, and no other', async () => {
  const { rows } = await coalition
    .node('be-antwerp')
    .services.database.asWorker(
      'test',
      async (tx) => await sql<{ account: string }>`select account from identity.officers order by account`.execute(tx),
    )
  const planned = NODES.filter(({ id }) => id === 'be-antwerp').flatMap(({ officers }) => officers.map(({ account }) => account))
  expect(rows.map((row) => row.account)).toEqual(planned.sort())
  for (const [account, password] of [
    ['admin', 'admin'],
    ['root', ''],
    ['breakwater', 'breakwater'],
    ['antwerp', 'antwerp'],
    ['antwerp', ''],
  ] as const)
    expect([400, 401]).toContain((await signIn(account, password)).status)
})

it('(L11) an account acts for one authority: one that has desks of two acts for neither', async () => {
  await add('both', ['be.customs.antwerp', 'be.terminal.antwerp.operations'])
  await add('foreign', ['es.customs.algeciras'])
  for (const [account, desk] of [
    ['both', 'be.customs.antwerp'],
    ['foreign', 'es.customs.algeciras'],
  ] as const)
    await expect(signedInClient({ url, account, password: PASSWORD, desk, purpose: 'customs-control' })).rejects.toMatchObject({
      status: 401,
      code: 'signed-out',
    })
})

it('(L11) a directory that gives a desk to another authority takes nobody along', async () => {
  const zeebrugge = await coalition.client('zeebrugge')
  expect((await zeebrugge.call(whoAmI, {})).desk.authority).toBe('be.customs')
  await coalition.direct(({ orgs }) => {
    const moved = orgs.flatMap(({ units }) => units.filter(({ id }) => id === 'be.customs.zeebrugge'))
    return {
      orgs: orgs.map((org) => ({
        ...org,
        units: [...org.units.filter(({ id }) => id !== 'be.customs.zeebrugge'), ...(org.id === 'it.customs' ? moved : [])],
      })),
    }
  })
  await expect(zeebrugge.call(whoAmI, {})).rejects.toMatchObject({ status: 401, code: 'signed-out' })
})
