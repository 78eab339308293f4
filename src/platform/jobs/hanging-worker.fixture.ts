/** A process of its own that takes one job up and never ends it: `URL JOB`. It tells its parent when it has begun. */
import { makeLogger } from '#platform/log/logger.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import { startQueue } from './queue.ts'

const [url = '', name = ''] = process.argv.slice(2)
await startQueue({
  url,
  pool: connect({ url }).pool,
  log: makeLogger({ node: 'test', level: 'silent' }),
  services: () => ({}) as NodeServices,
  jobs: [
    {
      name,
      meaning: 'test',
      timeoutSeconds: 1800,
      retries: 3,
      run: async () => {
        process.send?.('began')
        await new Promise(() => undefined)
      },
    },
  ],
})
