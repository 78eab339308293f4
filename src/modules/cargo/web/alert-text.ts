import { codeTranslator, translator } from '#web/i18n.ts'
import { messages } from './alert.messages.en.ts'

export const t = translator(messages)
/** Text of a mark: `code('overdue', 'action')`. */
export const code = codeTranslator(messages)
