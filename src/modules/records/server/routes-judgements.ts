/** Routes and jobs of this part of the slice, for its one server door. */
import type { OpenRoute, Route } from '#platform/http/route.ts'
import type { Job } from '#platform/module/define-module.ts'
import { compareRoute } from './compare.ts'
import { listDuplicatesRoute } from './duplicates.ts'
import { judgeRoute, revokeJudgementRoute } from './judge.ts'
import { listJudgementsRoute } from './judgement-list.ts'

export const judgementsRoutes: readonly (Route | OpenRoute)[] = [
  compareRoute,
  judgeRoute,
  revokeJudgementRoute,
  listJudgementsRoute,
  listDuplicatesRoute,
]
export const judgementsJobs: readonly Job[] = []
