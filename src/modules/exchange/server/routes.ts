/** Handler of the directory as officers read it. */
import { handle } from '#platform/http/route.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { listDirectory } from '../contract.ts'

export const listDirectoryRoute = handle(listDirectory, async (_input, context) => {
  const directory = seenBy(context.services.directory(), context.facts.authority)
  return {
    version: directory.version,
    expires: new Date(directory.expires).toISOString(),
    units: directory.orgs.flatMap((org) =>
      org.units
        .filter((unit) => !unit.services.includes('oversight'))
        .map((unit) => ({
          id: unit.id,
          name: unit.name,
          authority: org.id,
          country: org.country,
          thirdCountry: org.thirdCountry,
          kind: org.kind,
          places: [...unit.places],
          takesAlerts: unit.services.includes('cargo.alert'),
        })),
    ),
    groups: (directory.groups ?? []).map(({ id, name, units }) => ({ id, name, units: [...units] })),
  }
})
