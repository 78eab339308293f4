/** The calendars of a node, and whether the desks of its own authorities stand in ones that are known: no deadline is counted by a guess. */
import { openCalendars } from '#platform/clock/calendars.ts'
import type { Calendars } from '#platform/clock/holiday-calendar.ts'
import { knownZone } from '#platform/clock/zone-rules.ts'
import type { Directory } from '#platform/link/directory.ts'
import type { NodeHome } from './node-home.ts'

/** Throws with every fault of the files in `<home>/calendars`, and of the zones and calendars of the node's own desks. */
export async function nodeCalendars(home: Pick<NodeHome, 'folder' | 'config'>, directory: Directory): Promise<Calendars> {
  const { calendars, problems } = await openCalendars(home.folder)
  const faults = problems.map(({ file, at, message }) => `${file}: ${at}: ${message}`)
  for (const { units } of directory.orgs.filter(({ id }) => home.config.orgs.includes(id)))
    for (const { id, calendar, zone } of units) {
      if (!calendars.known(calendar))
        faults.push(`${id}: the calendar ${calendar} is not known; list its holidays in ${home.folder}/calendars.`)
      if (!knownZone(zone)) faults.push(`${id}: the time zone ${zone} is not known.`)
    }
  if (faults.length > 0)
    throw new Error(`The node does not start; its calendars are broken:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  return calendars
}
