import { codeTranslator, translator } from '#web/i18n.ts'
import { messages } from './life.messages.en.ts'

export const t = translator(messages)
/** Text of a code of the life of a container: `code('kind', 'loaded')`. */
export const code = codeTranslator(messages)
