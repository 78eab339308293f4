import { messages as ofGraph } from './graph.messages.en.ts'
import { messages as ofImports } from './imports.messages.en.ts'
import { messages as ofMatches } from './matches.messages.en.ts'
import { messages as ofRecord } from './record.messages.en.ts'
import { messages as ofSearch } from './search.messages.en.ts'

export const messages = {
  ...ofGraph,
  ...ofImports,
  ...ofMatches,
  ...ofRecord,
  ...ofSearch,
} as const
