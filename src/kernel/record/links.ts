/**
 * Relations that a record stands between without being one: a declaration has a sender and a receiver, a call two numbers, a seizure a place and a box.
 * FollowTheMoney warns that such intervals are no edges, so which of their properties become relations is declared here, one by one.
 * A link without `from` starts at the record itself. Declared links hold for schemata that extend the declaring one too.
 * Source: FollowTheMoney 3.8.4, `schema/Interval.yaml` ("Intervals are not graph edges").
 */

export interface LinkDef {
  /** Property whose values are at the start; absent = the record itself. */
  readonly from?: string
  /** Property whose values are at the end. */
  readonly to: string
  readonly isDirected: boolean
}

const between = (from: string, to: string): LinkDef => ({ from, to, isDirected: true })
const toward = (...properties: readonly string[]): readonly LinkDef[] => properties.map((to) => ({ to, isDirected: true }))

export const LINKS: Readonly<Record<string, readonly LinkDef[]>> = {
  // FollowTheMoney
  Assessment: toward('author'),
  BankAccount: toward('bank'),
  Call: [between('caller', 'receiver')],
  CallForTenders: [...toward('authority', 'tenderers'), between('authority', 'onBehalfOf')],
  Contract: toward('authority', 'project'),
  CryptoWallet: toward('holder'),
  Document: toward('parent'),
  EconomicActivity: [
    between('sender', 'receiver'),
    ...toward('sender', 'receiver', 'declarant', 'contractHolder', 'contract', 'transport', 'bankAccount', 'bankForeign', 'bankRub'),
  ],
  Email: [between('emitters', 'recipients'), ...toward('inReplyToEmail')],
  Event: toward('involved', 'organizer'),
  Identification: toward('holder'),
  Image: toward('pictured'),
  Mention: [between('document', 'resolved')],
  Message: [
    between('sender', 'recipients'),
    between('senderAccount', 'recipientAccount'),
    ...toward('inReplyToMessage', 'sender', 'recipients', 'senderAccount', 'recipientAccount'),
  ],
  Note: toward('entity'),
  Payment: [between('payerAccount', 'beneficiaryAccount')],
  Position: toward('organization'),
  RealEstate: toward('parent'),
  Sanction: toward('entity'),
  Security: toward('issuer'),
  TaxRoll: toward('taxee'),
  Thing: toward('addressEntity', 'proof'),
  Trip: toward('vehicle', 'startLocation', 'endLocation'),
  UserAccount: toward('owner'),
  Vehicle: toward('owner', 'operator'),
  // Ours
  Alert: toward('about', 'issuedBy'),
  Consignment: [
    between('shipper', 'consignee'),
    between('portOfLoading', 'portOfDischarge'),
    ...toward(
      'shipper',
      'consignee',
      'notifyParty',
      'forwarder',
      'declarant',
      'carrier',
      'containers',
      'vessel',
      'placeOfReceipt',
      'portOfLoading',
      'portOfTranshipment',
      'portOfDischarge',
    ),
  ],
  Container: toward('containerOperator'),
  ContainerRelease: [
    between('releasedBy', 'releasedTo'),
    ...toward('container', 'consignment', 'terminal', 'releasedBy', 'releasedTo', 'collectedBy', 'collectedWith', 'accessAccount'),
  ],
  CriminalNetwork: toward(
    'commandPrison',
    'legalBusinesses',
    'portsUsed',
    'facilitiesUsed',
    'moneyBrokers',
    'investigations',
    'operations',
    'seizures',
  ),
  DetentionStay: [between('detainee', 'prison'), between('detainee', 'transferredFrom')],
  FreezingOrder: toward('frozenAssets'),
  HighSpeedVessel: toward('builder'),
  LegalOrder: toward('issuingAuthority', 'executingAuthority', 'concerns', 'inCase'),
  LiaisonPost: toward('sendingAuthority', 'hostAuthority'),
  Operation: toward('leadAuthority'),
  Port: toward('portAuthority'),
  PortCall: [between('vehicle', 'port'), ...toward('port', 'terminal', 'previousPort', 'nextPort')],
  PortFacility: toward('port', 'operator'),
  PrecursorBatch: [between('supplier', 'customer'), ...toward('manufacturer', 'supplier', 'customer', 'consignment')],
  PrisonContact: toward('prison'),
  Seizure: toward('place', 'operation', 'container', 'consignment', 'vehicle', 'assetsSeized', 'seizedFrom', 'seizedBy'),
  Signal: toward('about'),
  ValueTransfer: [between('fromWallet', 'toWallet'), ...toward('broker', 'payingBroker', 'fromWallet', 'toWallet')],
  VirtualAssetAccount: toward('provider'),
}
