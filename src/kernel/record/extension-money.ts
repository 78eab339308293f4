/**
 * Money that moves outside or beside banks: brokers, transfers of value, accounts for virtual assets.
 * Sources: FATF, "The Role of Hawala and Other Similar Service Providers" (2013); Regulation (EU) 2023/1113 (information that accompanies transfers).
 * No secret key and no seed phrase has a place here: an account is named by its address or by its number at a provider.
 */
import type { SchemaDefs } from './schema.ts'

export const MONEY_SCHEMATA = {
  MoneyBroker: {
    extends: ['LegalEntity'],
    fallback: 'LegalEntity',
    isMatchable: true,
    featured: ['name', 'brokerType', 'country', 'settlementMethod'],
    properties: {
      brokerType: { type: 'string' },
      settlementMethod: { type: 'string' },
      commissionRate: { type: 'string' },
      corridor: { type: 'string' },
      currencyHandled: { type: 'string' },
      authorisationStatus: { type: 'string' },
    },
  },
  ValueTransfer: {
    extends: ['Payment'],
    fallback: 'Payment',
    featured: ['payer', 'beneficiary', 'amount', 'currency', 'date', 'broker'],
    required: ['payer', 'beneficiary'],
    edge: { source: 'payer', target: 'beneficiary', isDirected: true, caption: ['amount', 'date', 'transferMethod'] },
    properties: {
      transferMethod: { type: 'string' },
      broker: { type: 'entity', range: 'MoneyBroker', reverse: 'transfersBrokered' },
      payingBroker: { type: 'entity', range: 'MoneyBroker', reverse: 'transfersPaidOut' },
      token: { type: 'identifier', isMatchable: false },
      fromWallet: { type: 'entity', range: 'CryptoWallet', reverse: 'transfersOut' },
      toWallet: { type: 'entity', range: 'CryptoWallet', reverse: 'transfersIn' },
      transactionHash: { type: 'identifier', fallback: 'transactionNumber' },
      blockchain: { type: 'string' },
      settledBy: { type: 'string' },
    },
  },
  VirtualAssetAccount: {
    extends: ['CryptoWallet'],
    fallback: 'CryptoWallet',
    isMatchable: true,
    caption: ['publicKey', 'accountNumber', 'name'],
    featured: ['publicKey', 'blockchain', 'provider', 'holder'],
    properties: {
      accountNumber: { type: 'identifier' },
      blockchain: { type: 'string' },
      provider: { type: 'entity', range: 'LegalEntity', reverse: 'virtualAssetAccounts' },
      accountType: { type: 'string' },
      firstSeen: { type: 'date', isMatchable: false },
      lastSeen: { type: 'date', isMatchable: false },
    },
  },
} as const satisfies SchemaDefs
