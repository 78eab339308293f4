/** Routes and jobs of this part of the slice, for its one server door. */
import type { OpenRoute, Route } from '#platform/http/route.ts'
import type { Job } from '#platform/module/define-module.ts'
import { findCommonRoute } from './graph-common.ts'
import { showNeighbourCountsRoute } from './graph-counts.ts'
import { expandGraphRoute } from './graph-expand.ts'
import { findPathsRoute } from './paths.ts'
import { showTimelineRoute } from './timeline.ts'

export const graphRoutes: readonly (Route | OpenRoute)[] = [
  showNeighbourCountsRoute,
  expandGraphRoute,
  findPathsRoute,
  findCommonRoute,
  showTimelineRoute,
]
export const graphJobs: readonly Job[] = []
