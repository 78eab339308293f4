/** `breakwater audit verify`: recomputes the chain of the log of a node, running or not. */
import { verifyChain } from '#platform/audit/audit-log.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { openNodeHome } from '../node-home.ts'
import type { CommandOutput } from './usage.ts'

export async function auditVerify({ json }: { readonly json: boolean }, io: CommandOutput): Promise<number> {
  const home = await openNodeHome(readSettings(process.env), systemClock)
  try {
    const report = await verifyChain(home.database)
    if (json) io.out(JSON.stringify(report))
    else if (report.intact) io.out(`intact: ${report.checked} sealed entries, ${report.unsealed} not sealed yet, head ${report.head}`)
    else io.out(`BROKEN at entry ${report.firstBad ?? 0}: ${report.because ?? ''} (${report.checked} entries before it are intact)`)
    return report.intact ? 0 : 1
  } finally {
    await home.close()
  }
}
