/** Cases of the indicators on companies (P): what each finds, the nearest it must leave alone, and what it cannot say. */
import type { DetectorCases } from './cases.fixture.ts'
import { bill, dossier, known, party, sighting, stated } from './dossier.fixture.ts'

const DESK = { 'desk|shipments': 80 }
const shipper = (name: string) => bill({ parties: [party('consignor', name)] })
const consignee = (name: string, ...others: ReturnType<typeof party>[]) => bill({ parties: [party('consignee', name), ...others] })
const pair = bill({ parties: [party('consignor', 'ALPHA SA'), party('consignee', 'BETA BV')] })
const goods = (code: string) => bill({ parties: [party('consignor', 'ALPHA SA')], hsCodes: [stated(code)] })
const at = (address: string) => bill({ parties: [party('consignor', 'ALPHA SA', address)] })
const ADDRESS = { 'address|kaai 12 2000 antwerpen': { 'alpha sa': 1, 'delta nv': 3 } }

export const PARTY_CASES: DetectorCases = {
  'cargo.first-time-party': {
    hits: [
      ['a company never seen', dossier({ consignments: [shipper('NEW COMPANY SA')], history: known(DESK) })],
      [
        'a forwarder never seen',
        dossier({ consignments: [bill({ parties: [party('forwarder', 'NEW FORWARDER BV')] })], history: known(DESK) }),
      ],
      [
        'the only shipment of a company in a first large document',
        dossier({
          consignments: [shipper('NEW COMPANY SA')],
          history: known({ 'desk|shipments': { before: 0, here: 300 }, 'party|new company sa': { before: 0, here: 1 } }),
        }),
      ],
      [
        'two old companies that never traded with one another',
        dossier({
          consignments: [pair],
          history: known({ ...DESK, 'party|alpha sa': 40, 'party|beta bv': 40, 'pair|alpha sa|beta bv': 0 }),
        }),
      ],
    ],
    clear: [
      [
        'a company seen once',
        dossier({ consignments: [shipper('Old Company S.A.')], history: known({ ...DESK, 'party|old company sa': 1 }) }),
      ],
      [
        'one of many in a first large document',
        dossier({
          consignments: [shipper('OLD COMPANY SA')],
          history: known({ 'desk|shipments': { before: 0, here: 300 }, 'party|old company sa': { before: 0, here: 9 } }),
        }),
      ],
      [
        'two old companies that traded once',
        dossier({
          consignments: [pair],
          history: known({ ...DESK, 'party|alpha sa': 40, 'party|beta bv': 40, 'pair|alpha sa|beta bv': 1 }),
        }),
      ],
    ],
    missing: [
      ['a name that may be a person’s', dossier({ consignments: [shipper('MARIA PEREZ')], history: known(DESK) })],
      ['a thin history', dossier({ consignments: [shipper('NEW COMPANY SA')], history: known({ 'desk|shipments': 3 }) })],
    ],
  },
  'cargo.new-goods': {
    hits: [
      [
        'wood from a company of fruit',
        dossier({ consignments: [goods('440722')], history: known({ 'party|alpha sa': 30, 'party-goods|alpha sa|08': 30 }) }),
      ],
    ],
    clear: [
      [
        'fruit once before',
        dossier({ consignments: [goods('080390')], history: known({ 'party|alpha sa': 30, 'party-goods|alpha sa|08': 1 }) }),
      ],
    ],
    missing: [
      ['a company with few shipments', dossier({ consignments: [goods('440722')], history: known({ 'party|alpha sa': 3 }) })],
      ['no code', dossier({ consignments: [shipper('ALPHA SA')], history: known({ 'party|alpha sa': 30 }) })],
    ],
  },
  'cargo.consignee-to-order': {
    hits: [
      ['to order', dossier({ consignments: [consignee('TO ORDER OF BANCO X')] })],
      ['the forwarder itself', dossier({ consignments: [consignee('Gamma Cargo BV', party('forwarder', 'GAMMA CARGO B.V.'))] })],
      ['a forwarder by its name', dossier({ consignments: [consignee('GAMMA FREIGHT FORWARDING NV')] })],
    ],
    clear: [
      ['a company with order in its name', dossier({ consignments: [consignee('BORDER FRUIT NV', party('forwarder', 'GAMMA CARGO BV'))] })],
    ],
    missing: [['no consignee', dossier({ consignments: [shipper('ALPHA SA')] })]],
  },
  'cargo.shared-address': {
    hits: [['the address of a stranger', dossier({ consignments: [at('Kaai 12, 2000 Antwerpen')], history: { tallies: ADDRESS } })]],
    clear: [
      [
        'who was always there',
        dossier({
          consignments: [at('Kaai 12, 2000 Antwerpen')],
          history: { tallies: { 'address|kaai 12 2000 antwerpen': { 'alpha sa': 30, 'delta nv': 3 } } },
        }),
      ],
      ['the next house', dossier({ consignments: [at('Kaai 13, 2000 Antwerpen')], history: { tallies: ADDRESS } })],
      [
        'a company of the same group',
        dossier({
          consignments: [at('Kaai 12, 2000 Antwerpen')],
          history: { tallies: { 'address|kaai 12 2000 antwerpen': { 'alpha sa': 3, 'alpha logistics bv': 9 } } },
        }),
      ],
      [
        'a business centre',
        dossier({
          consignments: [at('Kaai 12, 2000 Antwerpen')],
          history: {
            tallies: {
              'address|kaai 12 2000 antwerpen': Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`tenant${index} bv`, 1])),
            },
          },
        }),
      ],
    ],
    missing: [['no address', dossier({ consignments: [shipper('ALPHA SA')], history: { tallies: ADDRESS } })]],
  },
  'cargo.dormant-party': {
    hits: [
      [
        'fourteen months of silence',
        dossier({
          consignments: [shipper('ALPHA SA')],
          history: known({ 'party|alpha sa': { before: 5, here: 1, lastSeen: '2025-09-15' } }),
        }),
      ],
    ],
    clear: [
      [
        'eleven months of silence',
        dossier({
          consignments: [shipper('ALPHA SA')],
          history: known({ 'party|alpha sa': { before: 5, here: 1, lastSeen: '2025-12-25' } }),
        }),
      ],
    ],
    missing: [
      ['no earlier shipment', dossier({ consignments: [shipper('ALPHA SA')], history: known({ 'party|alpha sa': 0 }) })],
      ['a name that may be a person’s', dossier({ consignments: [shipper('MARIA PEREZ')] })],
    ],
  },
  'cargo.late-change': {
    hits: [
      [
        'another consignee after loading',
        dossier({
          sightings: [sighting('COARRI', { event: 'loaded', at: '2026-11-19T00:00:00Z' })],
          consignments: [
            bill({ parties: [party('consignee', 'A NV')], receivedAt: '2026-11-18T00:00:00Z' }),
            bill({ parties: [party('consignee', 'B BV')], receivedAt: '2026-11-22T00:00:00Z' }),
          ],
        }),
      ],
    ],
    clear: [
      [
        'another consignee before loading',
        dossier({
          sightings: [sighting('COARRI', { event: 'loaded', at: '2026-11-19T00:00:00Z' })],
          consignments: [
            bill({ parties: [party('consignee', 'A NV')], receivedAt: '2026-11-17T00:00:00Z' }),
            bill({ parties: [party('consignee', 'B BV')], receivedAt: '2026-11-18T00:00:00Z' }),
          ],
        }),
      ],
      [
        'the same in other letters',
        dossier({
          sightings: [sighting('BAPLIE')],
          consignments: [
            bill({ parties: [party('consignee', 'A NV')] }),
            bill({ parties: [party('consignee', ' a nv ')], receivedAt: '2026-11-22T00:00:00Z' }),
          ],
        }),
      ],
    ],
    missing: [['one version', dossier({ sightings: [sighting('BAPLIE')], consignments: [bill()] })]],
  },
}
