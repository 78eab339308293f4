/** `breakwater node init`: founds a coalition from a plan of organisations and nodes. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { systemClock } from '#platform/clock/clock.ts'
import { endpointSchema } from '#platform/link/endpoint.ts'
import { foundCoalition, type PlannedOrg } from '../coalition.ts'
import { NODES, ORGS } from '../demo/world.ts'
import type { CommandOutput } from './usage.ts'
import { USAGE } from './usage.ts'

const id = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/, 'small letters, digits, dots and hyphens')

const unit = z.strictObject({
  id,
  name: z.string().min(1).max(120),
  services: z.array(z.string()).default([]),
  places: z.array(z.string().regex(/^[A-Z]{2}[A-Z2-9]{3}$/)).default([]),
  purposes: z.array(z.string()).min(1),
  zone: z.string().min(1),
  calendar: z.string().min(1),
  backup: id.optional(),
})

const planSchema = z.strictObject({
  name: z.string().min(1).max(80),
  orgs: z
    .array(
      z.strictObject({
        id,
        name: z.string().min(1).max(120),
        kind: z.string(),
        realm: z.string(),
        country: z.string().regex(/^[A-Z]{2}$/),
        thirdCountry: z.boolean(),
        units: z.array(unit).min(1),
      }),
    )
    .min(1),
  nodes: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
        title: z.string().min(1).max(120),
        orgs: z.array(id).min(1),
        endpoint: endpointSchema,
      }),
    )
    .min(1),
})

export async function nodeInit(
  args: { readonly plan: readonly string[]; readonly out: string; readonly example: boolean },
  io: CommandOutput,
): Promise<number> {
  if (args.example) {
    const nodes = NODES.map(({ id: node, title, orgs }) => ({ id: node, title, orgs, endpoint: `https://${node}.example.org:8801` }))
    io.out(JSON.stringify({ name: 'example', orgs: ORGS, nodes }, null, 2))
    return 0
  }
  const [file] = args.plan
  if (file === undefined || args.plan.length > 1) {
    io.err(USAGE['node init'] ?? '')
    return 2
  }
  const parsed = planSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!parsed.success) {
    for (const issue of parsed.error.issues) io.err(`${file}: ${issue.path.join('.')}: ${issue.message}`)
    return 1
  }
  const plan = parsed.data
  const unknown = plan.nodes.flatMap((node) => node.orgs).filter((org) => !plan.orgs.some((each) => each.id === org))
  if (unknown.length > 0) {
    io.err(`${file}: a node speaks for organisations that the plan does not have: ${unknown.join(', ')}`)
    return 1
  }
  const out = path.resolve(args.out)
  if (existsSync(out)) {
    io.err(`${out} exists: keys are never overwritten.`)
    return 1
  }
  mkdirSync(out, { recursive: true, mode: 0o700 })
  const nodes = plan.nodes.map((node) => ({ ...node, home: path.join(out, node.id) }))
  const founded = await foundCoalition({
    name: plan.name,
    orgs: plan.orgs as PlannedOrg[],
    nodes,
    now: systemClock.now(),
    demonstration: false,
  })
  // One file for each steward: they go to different persons.
  for (const [index, steward] of founded.stewards.entries())
    writeFileSync(path.join(out, `steward-${index + 1}.json`), JSON.stringify(steward), { mode: 0o600 })
  writeFileSync(path.join(out, 'authority.json'), JSON.stringify(founded.authority), { mode: 0o600 })
  for (const node of nodes) io.out(`${node.id}: ${node.home}`)
  io.out(`The steward files go to three persons, of whom two must sign; authority.json to a safe. Keep them apart from every node.`)
  io.out(`The directory expires on ${founded.directory.expires}: renew it before with directory draft, sign and accept.`)
  return 0
}
