/** All business rules of the entry summary declaration. */
import type { EnsRule } from '../rule.ts'
import { DECLARATION_RULES } from './declaration-rules.ts'
import { GOODS_RULES } from './goods-rules.ts'
import { HEADER_RULES } from './header-rules.ts'
import { PACKAGE_RULES } from './package-rules.ts'
import { PARTY_RULES } from './party-rules.ts'

export const ENS_RULES: readonly EnsRule[] = [...DECLARATION_RULES, ...HEADER_RULES, ...PARTY_RULES, ...GOODS_RULES, ...PACKAGE_RULES]
