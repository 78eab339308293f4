/** Routes and jobs of this part of the slice, for its one server door. */
import type { OpenRoute, Route } from '#platform/http/route.ts'
import type { Job } from '#platform/module/define-module.ts'
import { prepareShareRoute } from './prepare-share.ts'
import { shareNotesJob } from './share-notes.ts'
import { takeShareRoute } from './take-share.ts'

export const shareRoutes: readonly (Route | OpenRoute)[] = [prepareShareRoute, takeShareRoute]
export const shareJobs: readonly Job[] = [shareNotesJob]
