/** Routes and jobs of this part of the slice, for its one server door. */
import type { OpenRoute, Route } from '#platform/http/route.ts'
import type { Job } from '#platform/module/define-module.ts'
import { createCollectionRoute, listCollectionsRoute } from './collections.ts'
import { correctStatementRoute } from './correct-statement.ts'
import { enterRecordRoute } from './enter-record.ts'
import { exportCollectionRoute } from './export-collection.ts'
import { exportImportReportRoute } from './export-report.ts'
import { runImport } from './import-run.ts'
import { RUN_IMPORT } from './import-running.ts'
import { cancelImportRoute, listImportsRoute, showImportRoute } from './imports.ts'
import { startImportRoute, uploadImportRoute } from './imports-start.ts'
import { listMappingsRoute } from './mappings.ts'
import { showRecordRoute } from './show-record.ts'
import { withdrawCollectionRoute } from './withdraw-collection.ts'

export const intakeRoutes: readonly (Route | OpenRoute)[] = [
  createCollectionRoute,
  listCollectionsRoute,
  exportCollectionRoute,
  withdrawCollectionRoute,
  uploadImportRoute,
  startImportRoute,
  cancelImportRoute,
  listImportsRoute,
  showImportRoute,
  exportImportReportRoute,
  listMappingsRoute,
  enterRecordRoute,
  showRecordRoute,
  correctStatementRoute,
]

export const intakeJobs: readonly Job[] = [
  {
    name: RUN_IMPORT,
    meaning: 'Checks a file, or reads it into its collection, and goes on where it was stopped',
    // A run leaves off by itself long before; only one whose node was killed is waited for so long.
    timeoutSeconds: 300,
    retries: 20,
    run: runImport,
  },
]
