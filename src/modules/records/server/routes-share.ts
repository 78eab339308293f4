/** Routes of this part of the slice, for its one server door. */
import type { OpenRoute, Route } from '#platform/http/route.ts'
import { prepareShareRoute } from './prepare-share.ts'
import { takeShareRoute } from './take-share.ts'

export const shareRoutes: readonly (Route | OpenRoute)[] = [prepareShareRoute, takeShareRoute]
