import { messages as ofCodes } from './codes.messages.en.ts'
import { messages as ofIncidents } from './incidents.messages.en.ts'
import { messages as ofIntegrity } from './integrity.messages.en.ts'
import { messages as ofLedger } from './ledger.messages.en.ts'
import { messages as ofPartners } from './partners.messages.en.ts'
import { messages as ofRights } from './rights.messages.en.ts'

export const messages = {
  ...ofCodes,
  ...ofIncidents,
  ...ofIntegrity,
  ...ofLedger,
  ...ofPartners,
  ...ofRights,
} as const
