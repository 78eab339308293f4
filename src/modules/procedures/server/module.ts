/** The slice as data. It declares no procedure of its own: it runs what other slices declare. */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from '../contract.ts'
import { migrations } from '../migrations.ts'
import { listWorkRoute } from './queue.ts'
import { sweepClocks } from './sweep.ts'

export const procedures = defineModule({
  id: 'procedures',
  title: 'Procedures, clocks and the work queue',
  measures: [1, 8, 9],
  permissions,
  auditEvents,
  errors,
  migrations,
  routes: [listWorkRoute],
  jobs: [
    {
      name: 'procedures.sweep',
      meaning: 'Fires what the clocks have reached',
      schedule: '* * * * *',
      timeoutSeconds: 300,
      retries: 0,
      run: async (_data, services) => {
        await sweepClocks(services)
      },
    },
  ],
  stories: {
    1: 'test/stories/measure-01-suspicious-cargo.story.test.ts',
    8: 'test/stories/measure-01-suspicious-cargo.story.test.ts',
    9: 'test/stories/measure-01-suspicious-cargo.story.test.ts',
  },
})
