import { expect, it } from 'vitest'
import { findUnit } from './directory.ts'
import { seenBy } from './directory-view.ts'
import { linkFixture } from './link-fixture.ts'

const { directory } = linkFixture()
const [a, b, c] = directory.orgs
if (a === undefined || b === undefined || c === undefined) throw new Error('The fixture has three organisations.')
const deskOf = (org: typeof a) => org.units[0]?.id ?? ''
const hidden = {
  ...directory,
  orgs: [a, { ...b, visibleTo: [a.id] }, c],
  groups: [
    { id: 'both', name: 'Both', units: [deskOf(b), deskOf(c)] },
    { id: 'secret', name: 'Secret', units: [deskOf(b)] },
  ],
}

it('(L9) hides an authority, its desks and the groups of such desks alone from whoever is not named', () => {
  const view = seenBy(hidden, c.id)
  expect(view.orgs.map(({ id }) => id)).toEqual([a.id, c.id])
  expect(findUnit(view, deskOf(b))).toBeUndefined()
  expect(view.groups).toEqual([{ id: 'both', name: 'Both', units: [deskOf(c)] }])
  expect(JSON.stringify(view)).not.toContain(b.id)
})

it('shows it to those who are named, and to itself', () => {
  for (const viewer of [a.id, b.id]) {
    const view = seenBy(hidden, viewer)
    expect(findUnit(view, deskOf(b))?.org.id).toBe(b.id)
    expect(view.groups).toHaveLength(2)
  }
})

it('is made once for each version, and has no organisation that was suspended', () => {
  expect(seenBy(hidden, c.id)).toBe(seenBy(hidden, c.id))
  expect(seenBy({ ...hidden, orgs: [a, b, { ...c, status: 'suspended' as const }] }, a.id).orgs.map(({ id }) => id)).toEqual([a.id, b.id])
})
