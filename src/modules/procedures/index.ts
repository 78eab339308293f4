/**
 * The one server door of the slice `procedures`: cases pinned to their definition, clocks, the work queue.
 * Other slices declare procedures as data and drive their cases through these functions; nobody writes case tables directly.
 */
export { type CaseView, loadCases } from './server/case-view.ts'
export { dueIfStarted } from './server/clocks.ts'
export { loadProcedures } from './server/load-procedures.ts'
export { migrateCases } from './server/migrate-cases.ts'
export { procedures } from './server/module.ts'
export { openCase } from './server/open-case.ts'
export { parseDefinition } from './server/read-definition.ts'
export { sweepClocks } from './server/sweep.ts'
export {
  applyRemote,
  transition,
} from './server/transition.ts'
export { widenAudience } from './server/widen-audience.ts'
