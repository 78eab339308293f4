/** Routes and jobs of search, matching, kept searches and cross-references, for the one server door of the slice. */
import type { OpenRoute, Route } from '#platform/http/route.ts'
import type { Job } from '#platform/module/define-module.ts'
import { resumeCrossrefsJob, runCrossrefJob } from './crossref-run.ts'
import { cancelCrossrefRoute, listCrossrefsRoute, showCrossrefRoute, startCrossrefRoute } from './crossrefs.ts'
import { matchSubjectRoute } from './match-subject.ts'
import { endSavedSearchRoute, listSavedSearchesRoute, openSavedSearchRoute, saveSearchRoute } from './saved-searches.ts'
import { runSavedSearchesJob } from './saved-searches-run.ts'
import { searchRecordsRoute } from './search.ts'

export const searchRoutes: readonly (Route | OpenRoute)[] = [
  searchRecordsRoute,
  matchSubjectRoute,
  saveSearchRoute,
  listSavedSearchesRoute,
  openSavedSearchRoute,
  endSavedSearchRoute,
  startCrossrefRoute,
  listCrossrefsRoute,
  showCrossrefRoute,
  cancelCrossrefRoute,
]

export const searchJobs: readonly Job[] = [runSavedSearchesJob, runCrossrefJob, resumeCrossrefsJob]
