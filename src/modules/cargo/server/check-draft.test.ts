import { describe, expect, it } from 'vitest'
import { type AlertDraftInput, alertDraft } from '../contract.ts'
import { checkDraft } from './check-draft.ts'

const NOW = new Date('2026-11-26T12:00:00Z')
const BASE: AlertDraftInput = {
  subject: { kind: 'container', number: 'MSCU6639870' },
  legs: [{ role: 'discharge', place: 'BEBRU', eta: '2026-12-01T06:00:00Z' }],
  reasons: ['route-anomaly'],
  requested: 'scan',
  evaluation: { source: 'B', info: 2 },
  handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
  source: { origin: 'own-control' },
}
const check = (part: Partial<AlertDraftInput> = {}) =>
  checkDraft(alertDraft.parse({ ...BASE, ...part }), { now: NOW, knowsPlace: (code) => code !== 'BEXXX' })
const codes = ({ problems, warnings }: ReturnType<typeof check>) => [problems.map(({ code }) => code), warnings.map(({ code }) => code)]

describe('the subject of an alert', () => {
  it.each([
    ['container', 'MSCU 663987-0'],
    ['air-waybill', '020-12345675'],
    ['air-waybill', '020 1234 5675'],
    ['unit-load-device', 'AKE 12345 LH'],
  ] as const)('is a %s by its own rule: %s', (kind, number) => {
    expect(codes(check({ subject: { kind, number } }))).toEqual([[], []])
  })

  it.each([
    ['container', 'MSCU6639871', 'container-number.check-digit', 'MSCU6639870'],
    ['air-waybill', '020-12345674', 'awb-number.check-digit', '02012345675'],
  ] as const)('with a wrong digit is offered right, or confirmed as stated: %s', (kind, number, code, suggestion) => {
    expect(check({ subject: { kind, number } }).problems).toMatchObject([{ code, at: 'subject.number', suggestion }])
    expect(codes(check({ subject: { kind, number, asStated: true } }))).toEqual([[], [code]])
  })

  it.each([
    ['container', '020-12345675', 'container-number.format'],
    ['air-waybill', 'MSCU6639870', 'awb-number.format'],
    ['unit-load-device', 'MSCU6639870', 'uld-number.format'],
  ] as const)('of another kind is refused, and cannot be confirmed: %s', (kind, number, code) => {
    expect(codes(check({ subject: { kind, number } }))[0]).toEqual([code])
    expect(codes(check({ subject: { kind, number, asStated: true } }))[0]).toEqual([code, 'cargo.as-stated'])
  })

  it('has nothing to confirm where no digit fails', () => {
    expect(codes(check({ subject: { kind: 'unit-load-device', number: 'AKE12345LH', asStated: true } }))[0]).toEqual(['cargo.as-stated'])
  })
})

describe('the handling of a single member', () => {
  const own = (part: Partial<AlertDraftInput['handling']>) => check({ fieldHandling: { bill: { ...BASE.handling, ...part } } })

  it.each([
    [{ tlp: 'RED' }],
    [{ pap: 'RED' }],
    [{ H: ['H1', 'H2'] }],
    [{ H: ['H2', 'H3'], conditions: ['no-cross-match'] }],
    [{}],
  ] as const)('may be as strict as that of the alert, or stricter: %j', (part) => {
    expect(own(part as Partial<AlertDraftInput['handling']>).problems).toEqual([])
  })

  it.each([[{ tlp: 'GREEN' }], [{ pap: 'CLEAR' }], [{ H: ['H1'] }], [{ tlp: 'RED', H: [] }]] as const)(
    'is never looser in any part: %j',
    (part) => {
      expect(own(part as Partial<AlertDraftInput['handling']>).problems).toMatchObject([
        { code: 'cargo.field-handling', at: 'fieldHandling.bill' },
      ])
    },
  )

  it('is of members that an alert says something by, and of no others', () => {
    for (const field of ['handling', 'onlyFor', 'source', 'evaluation', 'constructor', 'anything'])
      expect(alertDraft.safeParse({ ...BASE, fieldHandling: { [field]: BASE.handling } }).success).toBe(false)
  })
})

it('takes an airport by the UN/LOCODE of its place, and warns of one that no list has', () => {
  expect(codes(check({ legs: [{ role: 'discharge', place: 'BEXXX', eta: '2026-12-01T06:00:00Z' }] }))).toEqual([[], ['unlocode.unknown']])
})
