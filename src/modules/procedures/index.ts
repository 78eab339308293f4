/**
 * The one server door of the slice `procedures`: cases pinned to their definition, clocks, the work queue.
 * Other slices declare procedures as data and drive their cases through these functions; nobody writes case tables directly.
 */
export { openCase, type OpenCase } from './server/open-case.ts'
export { transition, applyRemote, type TransitionRequest, type TransitionResult } from './server/transition.ts'
export { loadCases, type CaseView, type ClockView } from './server/case-view.ts'
export { procedures } from './server/module.ts'
