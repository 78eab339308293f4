import { messages as ofCases } from './cases.messages.en.ts'
import { messages as ofDocuments } from './documents.messages.en.ts'
import { messages as ofQueue } from './queue.messages.en.ts'

export const messages = {
  ...ofCases,
  ...ofDocuments,
  ...ofQueue,
} as const
