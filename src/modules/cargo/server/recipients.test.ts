import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Directory, DirectoryOrg } from '#platform/link/directory.ts'
import { deriveRecipients } from './recipients.ts'

const now = new Date('2026-11-24T10:00:00Z')

function org(id: string, country: string, desks: readonly [string, string][], thirdCountry = false): DirectoryOrg {
  return {
    id,
    name: id,
    kind: 'customs',
    realm: 'customs',
    country,
    thirdCountry,
    units: desks.map(([name, place]) => ({
      id: `${id}.${name}`,
      name,
      services: ['cargo.alert'],
      places: [place],
      purposes: ['customs-control'],
      zone: 'Europe/Brussels',
      calendar: country,
    })),
    nodes: [],
    status: 'active',
  }
}

const directory: Directory = {
  v: 1,
  coalition: 'test',
  version: 1,
  issued: '2026-11-01T00:00:00Z',
  expires: '2026-12-31T00:00:00Z',
  prevDigest: null,
  steering: [],
  threshold: 1,
  orgs: [
    org('ec.pcu', 'EC', [['guayaquil', 'ECGYE']], true),
    org('es.customs', 'ES', [['algeciras', 'ESALG']]),
    org('be.customs', 'BE', [
      ['antwerp', 'BEANR'],
      ['zeebrugge', 'BEZEE'],
    ]),
    org('it.customs', 'IT', [['genoa', 'ITGOA']]),
  ],
}

const viaAlgeciras = [
  { role: 'loading' as const, place: 'ECGYE' },
  {
    role: 'transhipment' as const,
    place: 'ESALG',
    eta: '2026-12-04T06:00:00Z',
  },
  { role: 'discharge' as const, place: 'BEANR', eta: '2026-12-09T06:00:00Z' },
]

it('offers an alert via Algeciras to Antwerp to exactly these two desks, Algeciras responsible', () => {
  const { recipients, uncovered } = deriveRecipients(viaAlgeciras, 'ec.pcu.guayaquil', { directory, now })
  expect(recipients.map(({ desk, role }) => [desk, role])).toEqual([
    ['es.customs.algeciras', 'responsible'],
    ['be.customs.antwerp', 'involved'],
  ])
  expect(uncovered).toEqual([])
})

it('leaves out ports already passed and names ports nobody answers for', () => {
  const legs = [
    {
      role: 'transhipment' as const,
      place: 'ESALG',
      eta: '2026-11-20T06:00:00Z',
    },
    {
      role: 'transhipment' as const,
      place: 'MAPTM',
      eta: '2026-12-03T06:00:00Z',
    },
    { role: 'discharge' as const, place: 'BEANR', eta: '2026-12-09T06:00:00Z' },
  ]
  const { recipients, uncovered } = deriveRecipients(legs, 'ec.pcu.guayaquil', {
    directory,
    now,
  })
  expect(recipients.map(({ desk, role }) => [desk, role])).toEqual([['be.customs.antwerp', 'responsible']])
  expect(uncovered.map(({ place }) => place)).toEqual(['MAPTM'])
})

it('addresses a suspended authority and the originator itself never', () => {
  const suspended: Directory = {
    ...directory,
    orgs: directory.orgs.map((each) => (each.id === 'es.customs' ? { ...each, status: 'suspended' } : each)),
  }
  expect(
    deriveRecipients(viaAlgeciras, 'be.customs.antwerp', {
      directory: suspended,
      now,
    }).recipients,
  ).toEqual([])
})

it('derives only desks of ports ahead, one responsible at most, whatever the itinerary', () => {
  const place = fc.constantFrom('ECGYE', 'ESALG', 'BEANR', 'BEZEE', 'ITGOA', 'MAPTM')
  const leg = fc.record({
    role: fc.constantFrom('loading' as const, 'transhipment' as const, 'discharge' as const),
    place,
    eta: fc
      .date({
        min: new Date('2026-11-01'),
        max: new Date('2027-01-01'),
        noInvalidDate: true,
      })
      .map((date) => date.toISOString()),
  })
  fc.assert(
    fc.property(fc.array(leg, { minLength: 1, maxLength: 8 }), (legs) => {
      const { recipients, uncovered } = deriveRecipients(legs, 'ec.pcu.guayaquil', { directory, now })
      const ahead = new Set<string>(
        legs.filter((each) => each.role !== 'loading' && each.eta > now.toISOString()).map((each) => each.place),
      )
      expect(recipients.every((each) => ahead.has(each.place))).toBe(true)
      expect(uncovered.every((each) => ahead.has(each.place))).toBe(true)
      expect(recipients.filter((each) => each.role === 'responsible').length).toBeLessThanOrEqual(1)
      expect(new Set(recipients.map((each) => each.desk)).size).toBe(recipients.length)
    }),
  )
})
