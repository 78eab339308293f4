import { codeTranslator, translator } from '#web/i18n.ts'
import { messages } from './messages.en.ts'

export const t = translator(messages)
/** Text of a code: `code('match.type', 'imo')`. */
export const code = codeTranslator(messages)
