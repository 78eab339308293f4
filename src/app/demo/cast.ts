/** The people of the story as callers of the nodes: each signs in when first needed, and waits while the own node is being started again. */
import type { Client } from '../client.ts'
import { signedInClient } from '../client.ts'
import type { Cast } from './story.ts'
import type { NodePlan } from './world.ts'

const PURPOSE = {
  officer: 'customs-control',
  supervisor: 'customs-control',
  partner: 'port-security',
  'data-protection': 'data-protection-supervision',
  operator: 'customs-control',
} as const

export interface CastOptions {
  readonly nodes: readonly NodePlan[]
  readonly url: (node: string) => string
  readonly up: (node: string) => Promise<void>
  readonly password: (account: string) => string
}

export function castOf(options: CastOptions): Cast {
  const person = (account: string): Client => accountClient(options, account)
  return {
    guayaquil: person('guayaquil'),
    algeciras: person('algeciras'),
    antwerp: person('antwerp'),
    zeebrugge: person('zeebrugge'),
    terminal: person('terminal'),
    antwerpDpo: person('antwerp-dpo'),
  }
}

export function accountClient({ nodes, url, up, password }: CastOptions, account: string, purpose?: string): Client {
  const node = nodes.find((each) => each.officers.some((officer) => officer.account === account))
  const officer = node?.officers.find((each) => each.account === account)
  if (node === undefined || officer === undefined) throw new Error(`There is no officer ${account}.`)
  let signedIn: Promise<Client> | undefined
  const ready = async (): Promise<Client> => {
    await up(node.id)
    signedIn ??= signedInClient({
      url: url(node.id),
      account,
      password: password(account),
      desk: officer.desk,
      purpose: purpose ?? PURPOSE[officer.roles[0] ?? 'officer'],
    })
    return await signedIn
  }
  return {
    call: async (spec, input) => await (await ready()).call(spec, input),
    upload: async (spec, input, bytes) => await (await ready()).upload(spec, input, bytes),
    events: async (signal) => await (await ready()).events(signal),
    raw: async (...asked) => await (await ready()).raw(...asked),
  }
}
