/** `breakwater officer add`: whoever administers the machine of the node adds an officer; the log keeps it. */
import { randomBytes } from 'node:crypto'
import { addOfficer } from '#modules/identity'
import { ROLES } from '#platform/access/session-facts.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { findUnit } from '#platform/link/directory.ts'
import { openNodeHome } from '../node-home.ts'
import { type CommandOutput, USAGE } from './usage.ts'

interface OfficerArgs {
  readonly account?: string | undefined
  readonly name?: string | undefined
  readonly desk?: readonly string[] | undefined
  readonly role?: readonly string[] | undefined
}

export async function officerAdd({ account, name, desk = [], role = [] }: OfficerArgs, io: CommandOutput): Promise<number> {
  const roles = ROLES.filter((each) => role.includes(each))
  if (
    account === undefined ||
    !/^[a-z0-9][a-z0-9.-]{0,39}$/.test(account) ||
    name === undefined ||
    desk.length === 0 ||
    roles.length === 0 ||
    roles.length < role.length
  ) {
    io.err(USAGE['officer add'] ?? '')
    return 2
  }
  const home = await openNodeHome(readSettings(process.env), systemClock)
  try {
    const directory = home.directories.current(systemClock.now())
    const foreign = desk.filter((each) => !home.config.orgs.includes(findUnit(directory, each)?.org.id ?? ''))
    if (foreign.length > 0) {
      io.err(`Not a desk of this node: ${foreign.join(', ')}`)
      return 1
    }
    if (new Set(desk.map((each) => findUnit(directory, each)?.org.id)).size > 1) {
      io.err('An account belongs to one organisation: add one for each.')
      return 1
    }
    const password = randomBytes(12).toString('base64url')
    const wasAdded = await addOfficer(home, {
      account,
      officer: `${home.config.nodeId}.${account}`,
      name,
      roles,
      desks: desk,
      password,
      demonstration: false,
    })
    if (!wasAdded) {
      io.err(`The account ${account} exists.`)
      return 1
    }
    io.out(`${account}  ${password}`)
    return 0
  } finally {
    await home.close()
  }
}
