import { messages as ofDesk } from './desk.messages.en.ts'
import { messages as ofFigures } from './figures.messages.en.ts'
import { messages as ofOutcomes } from './outcomes.messages.en.ts'
import { messages as ofRules } from './rules.messages.en.ts'
import { messages as ofScores } from './scores.messages.en.ts'
import { messages as ofWatches } from './watches.messages.en.ts'

export const messages = {
  ...ofDesk,
  ...ofFigures,
  ...ofOutcomes,
  ...ofRules,
  ...ofScores,
  ...ofWatches,
} as const
