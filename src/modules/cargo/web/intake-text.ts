import { codeTranslator, translator } from '#web/i18n.ts'
import { messages } from './intake.messages.en.ts'

export const t = translator(messages)
/** Text of a code of intake: `code('refusal', 'replaced')`. */
export const code = codeTranslator(messages)
