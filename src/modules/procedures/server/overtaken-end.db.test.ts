/** A validation that was granted in time and comes late: the end of the clock was told to everybody, and has no effect with anybody. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type HeldCases, startHeldCases } from './held-cases.fixture.ts'

const ROLES = ['issuing', 'validating', 'addressee']

let world: HeldCases
beforeAll(async () => {
  world = await startHeldCases('PR-08.epoc-pr')
})
afterAll(async () => await world.store.stop())
beforeEach(async () => {
  const startedAt = world.services.clock.now().getTime()
  await world.hold(ROLES, {
    state: 'preserving',
    order: 9,
    done: ['transmitUnvalidated'],
    clocks: [{ id: 'exPostValidation', clock: 'exPostValidation', startedAt, ledger: [] }],
  })
})

const states = async () => await Promise.all(ROLES.map(async (role) => (await world.look(role)).row.state))

it('the node of the obliged desk waits for it', async () => {
  world.store.advance(48.9)
  await world.take('validating', 'validateExPost')
  world.store.advance(0.2)
  await world.deliver('validating', 'issuing')
  await world.sweep()
  expect(await states()).toEqual(['preserving', 'preserving', 'preserving'])
})

it('voids the end that the obliged desk took, and whoever is not told of it gets the case as it stands', async () => {
  world.store.advance(47.9)
  await world.take('validating', 'validateExPost')
  world.store.advance(3)
  await world.sweep()
  await world.deliver('issuing', 'addressee')
  expect(await states()).toEqual(['withdrawn', 'preserving', 'withdrawn'])
  await world.deliver('issuing', 'validating')
  expect(await world.steps('validating')).toEqual(['validateExPost', 'validationLapses (void)'])
  await world.deliver('validating', 'issuing')
  expect(await world.steps('issuing')).toEqual(['validateExPost', 'validationLapses (void)'])
  expect(world.post.map(({ to, body }) => [to[0]?.unit, body.type])).toEqual([['be.addressee.desk', 'procedures.case']])
  await world.deliver('issuing', 'addressee')
  expect(await states()).toEqual(['preserving', 'preserving', 'preserving'])
  expect((await world.look('addressee')).fold.done).not.toContain('validateExPost')
})
