/** Arguments of the commands by which a coalition is kept: enrolment, rotation, the signed directory, its stewards. Each is loaded when it is asked for. */
import { parseArgs } from 'node:util'
import type { CommandOutput } from './usage.ts'
import { COALITION_USAGE } from './usage-coalition.ts'

const text = { type: 'string' } as const
const list = { type: 'string', multiple: true, default: [] as string[] } as const
const json = { type: 'boolean', default: false } as const
const MOST_DAYS = 366

type Command = (args: string[]) => Promise<number>

/** Exactly one word beside the options, where a command wants one. */
function sole(positionals: readonly string[]): string | undefined {
  return positionals.length === 1 ? positionals[0] : undefined
}

export function coalitionCommands(io: CommandOutput): Readonly<Record<string, Command>> {
  const misused = (name: string): number => {
    io.err(COALITION_USAGE[name] ?? '')
    return 2
  }
  return {
    'node new': async (args) => {
      const { values } = parseArgs({ args, options: { id: text, title: text, org: list, endpoint: text, json } })
      const { id, title, org, endpoint } = values
      if (id === undefined || title === undefined || org.length === 0 || endpoint === undefined) return misused('node new')
      return await (await import('./node-new.ts')).nodeNew({ id, title, orgs: org, endpoint, json: values.json }, io)
    },
    'node rotate': async (args) => {
      const { values } = parseArgs({ args, options: { endpoint: text, json } })
      return await (await import('./node-new.ts')).nodeRotate(values, io)
    },
    'node join': async (args) => {
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { directory: text, anchor: text, json } })
      const welcome = sole(positionals)
      return welcome === undefined ? misused('node join') : await (await import('./node-new.ts')).nodeJoin({ ...values, welcome }, io)
    },
    'node apply': async (args) => {
      const { values } = parseArgs({ args, options: { org: text, as: text, out: text, json } })
      const { out } = values
      if ((values.org === undefined) === (values.as === undefined) || out === undefined) return misused('node apply')
      return await (await import('./node-enrol.ts')).nodeApply({ ...values, out }, io)
    },
    'node answer': async (args) => {
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { out: text, json } })
      const challenge = sole(positionals)
      const { out } = values
      if (challenge === undefined || out === undefined) return misused('node answer')
      return await (await import('./node-enrol.ts')).nodeAnswer({ challenge, out, json: values.json }, io)
    },
    'node vouch': async (args) => {
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { as: text, out: text, json } })
      const proof = sole(positionals)
      const { as, out } = values
      if (proof === undefined || as === undefined || out === undefined) return misused('node vouch')
      return await (await import('./node-enrol.ts')).nodeVouch({ proof, as, out, json: values.json }, io)
    },
    'directory draft': async (args) => {
      const { values } = parseArgs({
        args,
        options: {
          from: text,
          out: text,
          days: { type: 'string', default: '10' },
          suspend: list,
          resume: list,
          leave: list,
          revoke: list,
          at: text,
          succession: text,
          json,
        },
      })
      const { from, out } = values
      const days = Number(values.days)
      if (from === undefined || out === undefined || !(days > 0 && days <= MOST_DAYS)) return misused('directory draft')
      return await (await import('./directory-draft.ts')).directoryDraft({ ...values, from, out, days }, io)
    },
    'directory show': async (args) => {
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { against: text, json } })
      const file = sole(positionals)
      return file === undefined
        ? misused('directory show')
        : await (await import('./directory-show.ts')).directoryShow({ ...values, file }, io)
    },
    'directory anchor': async (args) => {
      const { values } = parseArgs({ args, options: { from: text, out: text, json } })
      const { from, out } = values
      if (from === undefined || out === undefined) return misused('directory anchor')
      return await (await import('./directory-show.ts')).directoryAnchor({ from, out, json: values.json }, io)
    },
    'directory sign': async (args) => {
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { steward: text, out: text, json } })
      const file = sole(positionals)
      const { steward, out } = values
      if (file === undefined || steward === undefined || out === undefined) return misused('directory sign')
      return await (await import('./directory.ts')).directorySign({ file, steward, out, json: values.json }, io)
    },
    'directory accept': async (args) => {
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json } })
      const file = sole(positionals)
      return file === undefined
        ? misused('directory accept')
        : await (await import('./directory.ts')).directoryAccept({ ...values, file }, io)
    },
    'directory challenge': async (args) => {
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { out: text, secret: text, json } })
      const application = sole(positionals)
      const { out, secret } = values
      if (application === undefined || out === undefined || secret === undefined) return misused('directory challenge')
      return await (await import('./directory-admit.ts')).directoryChallenge({ application, out, secret, json: values.json }, io)
    },
    'directory admit': async (args) => {
      const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: { out: text, secret: text, draft: text, authority: text, welcome: text, json },
      })
      const proof = sole(positionals)
      const { out, secret, draft, authority, welcome } = values
      if (proof === undefined || out === undefined || secret === undefined || draft === undefined) return misused('directory admit')
      if (authority === undefined || welcome === undefined) return misused('directory admit')
      const asked = { proof, secret, draft, out, authority, welcome, json: values.json }
      return await (await import('./directory-admit.ts')).directoryAdmit(asked, io)
    },
    'directory succeed': async (args) => {
      const { values } = parseArgs({ args, options: { from: text, steward: list, threshold: text, out: text, json } })
      const { from, steward, out } = values
      const threshold = Number(values.threshold)
      if (from === undefined || out === undefined || steward.length === 0 || !Number.isInteger(threshold) || threshold < 1)
        return misused('directory succeed')
      const asked = { from, stewards: steward, threshold, out, json: values.json }
      return await (await import('./stewards.ts')).directorySucceed(asked, io)
    },
    'steward new': async (args) => {
      const { values } = parseArgs({ args, options: { name: text, out: text, json } })
      const { name, out } = values
      if (name === undefined || out === undefined) return misused('steward new')
      return await (await import('./stewards.ts')).stewardNew({ name, out, json: values.json }, io)
    },
  }
}
