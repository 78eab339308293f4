/** `breakwater start --demo`: the coalition of the first story on this machine, until it is told to stop. */
import path from 'node:path'
import { systemClock } from '#platform/clock/clock.ts'
import { buildWeb } from '../demo/build-web.ts'
import { openDemonstration, type RunningDemonstration } from '../demo/demonstration.ts'
import type { CommandOutput } from './usage.ts'

const FOLDER = path.resolve('.breakwater/demo')

export async function startDemo(args: { readonly fresh: boolean }, io: CommandOutput): Promise<number> {
  const begun = performance.now()
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  let isStopping = false
  const tell = (line: string) => io.out(`${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${line}`)
  await buildWeb(tell)
  const demonstration = await openDemonstration({ folder: FOLDER, fresh: args.fresh, now: systemClock.now(), tell })
  tell('Up. Ctrl-C stops it.')
  for (const line of describe(demonstration)) io.out(line)
  const { port } = demonstration
  if (port.state === 'filling')
    port.filled.then(
      () => tell('The targeting desk and the alliance of Antwerp are filled.'),
      (error: unknown) => {
        // Whoever stops in the middle of it knows why.
        if (!isStopping) io.err(`The desks of the port were not filled: ${error instanceof Error ? error.message : String(error)}`)
      },
    )
  await stopped
  isStopping = true
  io.out('Stopping')
  await demonstration.stop()
  return 0
}

function describe({ nodes, accounts, port }: RunningDemonstration): readonly string[] {
  if (accounts === undefined)
    return [
      '',
      ...nodes.map(({ title, url }) => `  ${url}  ${title}`),
      '',
      'The accounts and passwords were printed on the first start. `npm start -- --fresh` makes a new demonstration with new ones.',
      ...(port.state === 'cut-off' ? ['The first start was stopped before the targeting desk and the alliance were filled.'] : []),
    ]
  return [
    '',
    'Everything in this demonstration is generated. Accounts, with passwords that are printed only now:',
    ...nodes.flatMap(({ title, url }) => [
      '',
      `  ${url}  ${title}`,
      ...accounts.filter((each) => each.url === url).map(({ account, password, name }) => `    ${account.padEnd(18)} ${password}  ${name}`),
    ]),
    '',
    'Begin in Antwerp as `antwerp`: an alert from Guayaquil waits in the queue. Its targeting desk and the alliance fill within a minute.',
  ]
}
