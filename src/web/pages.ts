/** All pages of the application, in one list: a slice is shown by adding its line here. */
import { pages as alliance } from '#modules/alliance/pages'
import { pages as cargo } from '#modules/cargo/pages'
import { pages as exchange } from '#modules/exchange/pages'
import { pages as matching } from '#modules/matching/pages'
import { pages as oversight } from '#modules/oversight/pages'
import { pages as procedures } from '#modules/procedures/pages'
import { pages as records } from '#modules/records/pages'
import { pages as targeting } from '#modules/targeting/pages'
import type { Page } from './page.ts'

export const pages: readonly Page[] = [
  ...procedures,
  ...records,
  ...cargo,
  ...targeting,
  ...alliance,
  ...exchange,
  ...matching,
  ...oversight,
]
