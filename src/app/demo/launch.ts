/**
 * Launches a coalition of node processes on this machine: one PostgreSQL with a database for each node, one process for each node.
 * The nodes share nothing but the server program; a real node has its own machine.
 */
import { rmSync } from 'node:fs'
import path from 'node:path'
import { addOfficer } from '#modules/identity'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { removeEmbeddedServer, startEmbeddedServer } from '#platform/store/embedded-server.ts'
import type { PlannedNode } from '../coalition.ts'
import { openNodeHome } from '../node-home.ts'
import { freePort } from './free-port.ts'
import { type KeptUp, keepUp } from './keep-up.ts'
import { type NodeProcess, type NodeProcessPlan, nodeProcess } from './node-process.ts'
import { NODES, type NodePlan } from './world.ts'

export interface LaunchedNode extends NodePlan {
  readonly home: string
  readonly webPort: number
  readonly linkPort: number
}

/** The nodes of the demonstration under a folder, on any free ports. */
export async function planNodes(folder: string): Promise<(LaunchedNode & PlannedNode)[]> {
  const nodes = []
  for (const node of NODES) {
    const [webPort, linkPort] = [await freePort(), await freePort()]
    nodes.push({ ...node, home: path.join(folder, node.id), webPort, linkPort, endpoint: `https://127.0.0.1:${linkPort}` })
  }
  return nodes
}

export interface Launched {
  process(id: string): NodeProcess
  databaseUrl(id: string): string
  /** Adds the officers of the plan, each with the password given for the account. */
  addOfficers(password: (account: string) => string): Promise<void>
  stop(): Promise<void>
}

const serverFolder = (folder: string): string => path.join(folder, 'postgresql')

/** The folder of a coalition that was stopped, with the data of its server, which may lie elsewhere. */
export async function removeLaunched(folder: string): Promise<void> {
  await removeEmbeddedServer(serverFolder(folder))
  rmSync(folder, { recursive: true, force: true })
}

/** `tell`: given where a node that ends by itself is to be started again. */
export async function launch(folder: string, nodes: readonly LaunchedNode[], tell?: (line: string) => void): Promise<Launched> {
  const server = await startEmbeddedServer(serverFolder(folder))
  const urls = new Map<string, string>()
  const processes = new Map<string, NodeProcess>()
  const kept: KeptUp[] = []
  const stop = async (): Promise<void> => {
    for (const each of kept) each.stop()
    await Promise.all([...processes.values()].map(async (each) => await each.stop()))
    await server.stop()
  }
  try {
    for (const node of nodes) {
      const databaseUrl = await server.database(node.id.replaceAll('-', '_'))
      urls.set(node.id, databaseUrl)
      processes.set(
        node.id,
        tell === undefined ? nodeProcess({ ...node, databaseUrl }) : keptProcess({ ...node, databaseUrl }, { kept, tell }),
      )
    }
    await Promise.all([...processes.values()].map(async (each) => await each.start()))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    process: (id) => {
      const found = processes.get(id)
      if (found === undefined) throw new Error(`There is no node ${id} here.`)
      return found
    },
    databaseUrl: (id) => urls.get(id) ?? '',
    addOfficers: async (password) => {
      for (const node of nodes) {
        const home = await openNodeHome(readSettings({ BREAKWATER_HOME: node.home, DATABASE_URL: urls.get(node.id) }), systemClock)
        try {
          for (const officer of node.officers)
            await addOfficer(home, {
              account: officer.account,
              officer: `${node.id}.${officer.account}`,
              name: officer.name,
              roles: officer.roles,
              desks: [officer.desk],
              password: password(officer.account),
              demonstration: true,
            })
        } finally {
          await home.close()
        }
      }
    },
    stop,
  }
}

interface Keeping {
  readonly kept: KeptUp[]
  readonly tell: (line: string) => void
}

function keptProcess(plan: NodeProcessPlan & { readonly title: string }, { kept, tell }: Keeping): NodeProcess {
  const running: NodeProcess = nodeProcess(plan, () => up.died())
  const up = keepUp({ title: plan.title, start: running.start, tell })
  kept.push(up)
  return running
}
