/** What passes between a node and the threads that evaluate rules: plain data and columns in shared memory. */
import type { ColumnBlock } from '#kernel/risk/column-block.ts'
import type { Tally } from '#kernel/risk/expression-columns.ts'
import type { Resolved } from '#kernel/risk/expression-resolve.ts'
import type { WhatIfQuestion, WhatIfTally } from '#kernel/risk/what-if.ts'

export type RuleWork =
  | { readonly kind: 'tally'; readonly expressions: readonly Resolved[] }
  | { readonly kind: 'what-if'; readonly question: WhatIfQuestion }

export interface RuleAnswers {
  readonly tally: readonly Tally[]
  readonly 'what-if': WhatIfTally
}

export type RuleRequest = { readonly kind: 'rows'; readonly block: ColumnBlock } | { readonly kind: 'end' }
export type RuleReply =
  | { readonly kind: 'taken' }
  | { readonly kind: 'sum'; readonly sum: RuleAnswers[keyof RuleAnswers] }
  | { readonly kind: 'failed'; readonly because: string }
