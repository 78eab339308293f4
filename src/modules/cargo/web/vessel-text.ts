import { codeTranslator, translator } from '#web/i18n.ts'
import { messages } from './vessel.messages.en.ts'

export const t = translator(messages)
/** Text of a mark: `code('mark', 'signal')`. */
export const code = codeTranslator(messages)
