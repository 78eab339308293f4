/** Routes and jobs of this part of the slice, for its one server door. */
import type { OpenRoute, Route } from '#platform/http/route.ts'
import type { Job } from '#platform/module/define-module.ts'
import { eraseJob } from './erase.ts'
import { liftHoldRoute, placeHoldRoute } from './holds.ts'
import { showInventoryRoute } from './inventory.ts'
import { restrictRecordRoute } from './restrict.ts'
import { answerReviewRoute, listReviewsRoute } from './reviews.ts'

export const rightsRoutes: readonly (Route | OpenRoute)[] = [
  listReviewsRoute,
  answerReviewRoute,
  placeHoldRoute,
  liftHoldRoute,
  restrictRecordRoute,
  showInventoryRoute,
]
export const rightsJobs: readonly Job[] = [eraseJob]
