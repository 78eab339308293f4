/** Routes and jobs of this part of the slice, for its one server door. */
import type { OpenRoute, Route } from '#platform/http/route.ts'
import type { Job } from '#platform/module/define-module.ts'
import { exportBoardRoute } from './board-export.ts'
import { listBoardsRoute, saveBoardRoute, showBoardRoute } from './boards.ts'

export const boardsRoutes: readonly (Route | OpenRoute)[] = [saveBoardRoute, listBoardsRoute, showBoardRoute, exportBoardRoute]
export const boardsJobs: readonly Job[] = []
