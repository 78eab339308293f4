import { codeTranslator, translator } from '#web/i18n.ts'
import { messages } from './messages.en.ts'

export const t = translator(messages)
/** Text of a code that comes from the node: `code('stratum', 'random')`. */
export const code = codeTranslator(messages)
