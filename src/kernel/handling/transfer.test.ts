import { expect, it } from 'vitest'
import { decideTransfer, type TransferFacts } from './transfer.ts'

const facts: TransferFacts = {
  direction: 'inbound',
  thirdCountry: true,
  purpose: 'customs-control',
  hasHandling: true,
  personalData: false,
  origin: 'own-control',
  originatorAgreed: false,
}

it('passes an alert from an own control in a third country', () => {
  expect(decideTransfer(facts)).toMatchObject({ decision: 'pass' })
})

it.each([
  [{ purpose: null }, 'purpose'],
  [{ purpose: 'port-security' }, 'purpose'],
  [{ hasHandling: false }, 'handling'],
  [{ origin: 'foreign-authority' }, 'prior-authorisation'],
  [{ direction: 'outbound', personalData: true }, 'ground'],
] as const)('refuses %j by the rule %s, with its citation', (change, rule) => {
  const decision = decideTransfer({ ...facts, ...change })
  expect(decision).toMatchObject({ decision: 'refuse', rule })
  expect(decision.basis).not.toBe('')
})

it('passes foreign information once its originator agreed, and outbound personal data on a ground', () => {
  expect(
    decideTransfer({
      ...facts,
      origin: 'foreign-authority',
      originatorAgreed: true,
    }).decision,
  ).toBe('pass')
  expect(
    decideTransfer({
      ...facts,
      direction: 'outbound',
      personalData: true,
      ground: 'derogation',
    }).decision,
  ).toBe('pass')
})
