/** `breakwater audit verify`: recomputes the log of a node, running or not, against every checkpoint that was signed. */
import { logKey } from '#platform/audit/log-key.ts'
import { verifyLog } from '#platform/audit/verify-log.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { logOrigin, readNodeKeys } from '#platform/link/node-keys.ts'
import { openNodeHome } from '../node-home.ts'
import type { CommandOutput } from './usage.ts'

export async function auditVerify({ json }: { readonly json: boolean }, io: CommandOutput): Promise<number> {
  const home = await openNodeHome(readSettings(process.env), systemClock)
  try {
    const keys = readNodeKeys(home.folder)
    const report = await verifyLog(home.database, logKey(logOrigin(keys.nodeId), keys.log.jwk))
    const { checked, checkpoints, erased, unsealed, head, firstBad, because } = report
    if (json) io.out(JSON.stringify(report))
    else if (report.intact)
      io.out(
        `intact: ${checked} entries under ${checkpoints} signed checkpoints, ${erased} erased, ${unsealed} not sealed yet, head ${head}`,
      )
    else io.out(`BROKEN at entry ${firstBad ?? 0}: ${because ?? ''} (${checked} entries before it are intact)`)
    return report.intact ? 0 : 1
  } finally {
    await home.close()
  }
}
