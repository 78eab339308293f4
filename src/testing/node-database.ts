/** Databases with the tables of a node, each a copy of one that is made once in a process: making the tables is most of what a coalition needs to start. */

import { assemble } from '#platform/module/assemble.ts'
import { connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { modules } from '../app/modules.ts'
import { nodeMigrations } from '../app/node-home.ts'
import { type FreshDatabase, freshDatabase } from './postgres.ts'

let pattern: Promise<FreshDatabase> | undefined

export async function nodeDatabase(): Promise<FreshDatabase> {
  pattern ??= makePattern()
  return await freshDatabase(await pattern)
}

async function makePattern(): Promise<FreshDatabase> {
  const made = await freshDatabase()
  const { pool, close } = connect({ url: made.url })
  await migrate(pool, nodeMigrations(assemble(modules)))
  await close()
  return made
}
