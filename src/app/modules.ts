/** The slices of a node, in the order of their migrations. Adding a slice adds one line here. */

import { alliance } from '#modules/alliance'
import { cargo } from '#modules/cargo'
import { exchange } from '#modules/exchange'
import { identity } from '#modules/identity'
import { matching } from '#modules/matching'
import { oversight } from '#modules/oversight'
import { procedures } from '#modules/procedures'
import { records } from '#modules/records'
import { targeting } from '#modules/targeting'
import type { ModuleDefinition } from '#platform/module/define-module.ts'

export const modules: readonly ModuleDefinition[] = [
  identity,
  exchange,
  procedures,
  records,
  cargo,
  targeting,
  alliance,
  matching,
  oversight,
]
