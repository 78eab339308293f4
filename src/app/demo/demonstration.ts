/**
 * The demonstration: the coalition of the first story and the port around it on this machine, kept between starts. The first start founds it, makes accounts with
 * random passwords, brings in the generated documents and issues one alert; the desks of the port are filled while the nodes are in use already.
 * Later starts find all that and only renew the directory.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { systemClock } from '#platform/clock/clock.ts'
import { type Client, openClient } from '../client.ts'
import { foundCoalition, type PlannedNode, renewDirectory } from '../coalition.ts'
import { accountClient, type CastOptions, castOf } from './cast.ts'
import { eventually, withinMinutes } from './eventually.ts'
import { freePort } from './free-port.ts'
import { type Launched, type LaunchedNode, launch, removeLaunched } from './launch.ts'
import { DEMONSTRATION_NODES, DEMONSTRATION_ORGS, PORT_NODE } from './port-community.ts'
import { seedDemonstration } from './seed.ts'
import { seedPort } from './seed-port.ts'

export interface Account {
  readonly node: string
  readonly url: string
  readonly account: string
  readonly name: string
  readonly password: string
}

export interface RunningDemonstration {
  readonly nodes: readonly { readonly title: string; readonly url: string }[]
  /** Told once, on the first start: passwords are not kept. */
  readonly accounts: readonly Account[] | undefined
  /** `filling`: the desks of the port are being filled. `cut-off`: an earlier start was stopped in the middle of that. */
  readonly port: { readonly state: 'filled' | 'cut-off' } | { readonly state: 'filling'; readonly filled: Promise<void> }
  stop(): Promise<void>
}

interface Ports {
  readonly [node: string]: { readonly web: number; readonly link: number }
}

const FIRST_WEB_PORT = 8701
const FIRST_LINK_PORT = 8801

export async function openDemonstration(options: {
  readonly folder: string
  readonly fresh: boolean
  readonly now: Date
  readonly tell: (line: string) => void
}): Promise<RunningDemonstration> {
  const { folder, now, tell } = options
  const done = path.join(folder, 'seeded')
  const filled = path.join(folder, 'filled')
  // A first start that was cut off begins anew: its passwords were never told.
  if (options.fresh || !existsSync(done)) {
    await removeLaunched(folder)
  }
  const isFirst = !existsSync(done)
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const ports = await choosePorts(path.join(folder, 'ports.json'))
  const nodes = DEMONSTRATION_NODES.map((node): LaunchedNode & PlannedNode => {
    const { web, link } = ports[node.id] ?? { web: 0, link: 0 }
    return { ...node, home: path.join(folder, node.id), webPort: web, linkPort: link, endpoint: `https://127.0.0.1:${link}` }
  })
  const stewards = path.join(folder, 'stewards.json')
  if (isFirst) {
    const founded = await foundCoalition({ name: 'demonstration', orgs: DEMONSTRATION_ORGS, nodes, now, demonstration: true })
    writeFileSync(stewards, JSON.stringify(founded.stewards), { mode: 0o600 })
  } else {
    await renewDirectory({ nodes, now, stewards: JSON.parse(readFileSync(stewards, 'utf8')) })
  }
  tell('Starting three nodes')
  const launched = await launch(folder, nodes, tell)
  try {
    const people = isFirst ? await seed(launched, nodes, options) : undefined
    if (isFirst) writeFileSync(done, now.toISOString())
    return {
      nodes: nodes.map((node) => ({ title: node.title, url: launched.process(node.id).url })),
      accounts: people === undefined ? undefined : accountsOf(people),
      port:
        people === undefined
          ? { state: existsSync(filled) ? 'filled' : 'cut-off' }
          : { state: 'filling', filled: fillPort(people, filled) },
      stop: launched.stop,
    }
  } catch (error) {
    await launched.stop()
    throw error
  }
}

async function seed(
  launched: Launched,
  nodes: readonly LaunchedNode[],
  { now, tell }: { readonly now: Date; readonly tell: (line: string) => void },
): Promise<CastOptions> {
  const passwords = new Map(nodes.flatMap((node) => node.officers.map(({ account }) => [account, randomBytes(9).toString('base64url')])))
  const password = (account: string): string => passwords.get(account) ?? ''
  await launched.addOfficers(password)
  const people = {
    nodes,
    url: (id: string) => launched.process(id).url,
    up: async (id: string) => await launched.process(id).up(),
    password,
  }
  const spain = accountClient(people, 'spain-spoc', 'criminal-investigation')
  await seedDemonstration(castOf(people), { now, tell, spain })
  return people
}

function accountsOf({ nodes, url, password }: CastOptions): readonly Account[] {
  return nodes.flatMap(({ id, title, officers }) =>
    officers.map(({ account, name }) => ({ node: title, url: url(id), account, name, password: password(account) })),
  )
}

async function fillPort(people: CastOptions, mark: string): Promise<void> {
  const clients = new Map<string, Client>()
  const person = (account: string): Client => {
    const client = clients.get(account) ?? accountClient(people, account)
    clients.set(account, client)
    return client
  }
  const now = () => systemClock.now()
  await seedPort({ person, anybody: openClient(people.url(PORT_NODE)), now, eventually, withinMinutes })
  writeFileSync(mark, now().toISOString())
}

/** The ports of the last start where they are still free, so that a bookmark and a signed directory stay right. */
async function choosePorts(file: string): Promise<Ports> {
  const before: Ports = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const chosen: Record<string, { web: number; link: number }> = {}
  for (const [index, { id }] of DEMONSTRATION_NODES.entries())
    chosen[id] = {
      web: await freePort(before[id]?.web ?? FIRST_WEB_PORT + index),
      link: await freePort(before[id]?.link ?? FIRST_LINK_PORT + index),
    }
  writeFileSync(file, JSON.stringify(chosen))
  return chosen
}
