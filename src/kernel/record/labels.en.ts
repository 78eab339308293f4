/** English names of record kinds, properties, relations, types and codes, to be spread into a catalogue of texts. */
import { extensionLabels } from './extension-labels.en.ts'
import { ftmLabels } from './ftm-labels.en.ts'

export const recordLabels = { ...ftmLabels, ...extensionLabels } as const
