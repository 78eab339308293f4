import { translator } from './i18n.ts'
import { messages } from './messages.en.ts'

export const t = translator(messages)
