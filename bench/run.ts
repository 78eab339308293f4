/** `npm run bench [-- NAME…]`: every figure beside a peer in the same run. Figures are printed, never asserted: a busy machine is no defect. */
import type { BenchRow } from './bench-row.ts'
import { watchMachine } from './machine.ts'

const SUITES: Readonly<Record<string, () => Promise<BenchRow[]>>> = {
  edifact: async () => await (await import('./edifact.ts')).benchEdifact(),
  hop: async () => await (await import('./hop.ts')).benchHop(),
  'alert-latency': async () => await (await import('./alert-latency.ts')).benchAlertLatency(),
  'table-page': async () => await (await import('./table-page.ts')).benchTablePage(),
  audit: async () => await (await import('./audit.ts')).benchAudit(),
  oprf: async () => await (await import('./oprf.ts')).benchOprf(),
  'due-dates': async () => await (await import('./due-dates.ts')).benchDueDates(),
  'work-queue': async () => await (await import('./work-queue.ts')).benchWorkQueue(),
  sweep: async () => await (await import('./sweep.ts')).benchSweep(),
  transition: async () => await (await import('./transition.ts')).benchTransition(),
  'form-open': async () => await (await import('./form-open.ts')).benchFormOpen(),
  graph: async () => await (await import('./graph.ts')).benchGraph(),
  names: async () => await (await import('./names.ts')).benchNames(),
  linkage: async () => await (await import('./linkage.ts')).benchLinkage(),
  candidates: async () => await (await import('./candidates.ts')).benchCandidates(),
  slips: async () => await (await import('./slips.ts')).benchSlips(),
  'record-search': async () => await (await import('./record-search.ts')).benchRecordSearch(),
  crossref: async () => await (await import('./crossref.ts')).benchCrossref(),
  merge: async () => await (await import('./merge.ts')).benchMerge(),
  import: async () => await (await import('./import.ts')).benchImport(),
  board: async () => await (await import('./board.ts')).benchBoard(),
  'container-history': async () => await (await import('./container-history.ts')).benchContainerHistory(),
  'container-states': async () => await (await import('./container-states.ts')).benchContainerStates(),
  intake: async () => await (await import('./intake.ts')).benchIntake(),
  stowage: async () => await (await import('./stowage.ts')).benchStowage(),
  rules: async () => await (await import('./rules.ts')).benchRules(),
  scorecard: async () => await (await import('./scorecard.ts')).benchScorecard(),
  ens: async () => await (await import('./ens.ts')).benchEns(),
  'demo-start': async () => await (await import('./demo-start.ts')).benchDemoStart(),
}
/** Most of an hour and much of a disk: only when it is named. */
const LARGE = new Set(['container-states'])

const wanted = process.argv.slice(2)
const show = (value: number | undefined) =>
  value === undefined ? '–' : value.toLocaleString('en-GB', { maximumFractionDigits: value < 10 ? 2 : 0 })

const print = (row: BenchRow) =>
  process.stdout.write(`| ${row.name} | ${show(row.ours)} | ${show(row.peer)} | ${row.unit} | ${show(row.ratio)} | ${row.target ?? ''} |\n`)

process.stdout.write('| figure | ours | peer | unit | ratio | target |\n| --- | --- | --- | --- | --- | --- |\n')
const machine = watchMachine()
for (const [name, suite] of Object.entries(SUITES)) {
  if (wanted.length > 0 ? !wanted.includes(name) : LARGE.has(name)) continue
  for (const row of await suite()) print(row)
}
for (const row of machine()) print(row)
process.exit(0)
