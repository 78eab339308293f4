/**
 * Ports and what lies in them, prisons, posts of liaison officers, and craft that do not call at ports.
 * Sources: UN/LOCODE (UNECE Recommendation 16); SOLAS chapter XI-2 and the ISPS Code (port facility, its number in IMO GISIS).
 */
import type { SchemaDefs } from './schema.ts'

export const PLACE_SCHEMATA = {
  Port: {
    extends: ['Thing'],
    fallback: 'Address',
    isMatchable: true,
    caption: ['name', 'unlocode'],
    featured: ['name', 'unlocode', 'country'],
    properties: {
      unlocode: { type: 'identifier', format: 'unlocode' },
      latitude: { type: 'number' },
      longitude: { type: 'number' },
      portAuthority: { type: 'entity', range: 'LegalEntity', reverse: 'portsGoverned' },
    },
  },
  PortFacility: {
    extends: ['Thing'],
    fallback: 'Address',
    isMatchable: true,
    caption: ['name', 'gisisNumber'],
    featured: ['name', 'port', 'gisisNumber', 'operator'],
    properties: {
      gisisNumber: { type: 'identifier' },
      port: { type: 'entity', range: 'Port', reverse: 'facilities' },
      operator: { type: 'entity', range: 'LegalEntity', reverse: 'facilitiesOperated' },
      securityLevel: { type: 'string' },
      complianceStatus: { type: 'string' },
      planApprovalDate: { type: 'date', isMatchable: false },
      latitude: { type: 'number' },
      longitude: { type: 'number' },
    },
  },
  Terminal: {
    extends: ['PortFacility'],
    fallback: 'Address',
    isMatchable: true,
    featured: ['name', 'port', 'operator', 'terminalCode'],
    properties: {
      terminalCode: { type: 'identifier' },
      terminalType: { type: 'string' },
      accessSystem: { type: 'string' },
    },
  },
  Prison: {
    extends: ['PublicBody'],
    fallback: 'PublicBody',
    isMatchable: true,
    featured: ['name', 'country', 'prisonRegime'],
    properties: {
      prisonRegime: { type: 'string' },
      capacity: { type: 'number' },
      signalBlocking: { type: 'string' },
    },
  },
  LiaisonPost: {
    extends: ['Position'],
    fallback: 'Position',
    isMatchable: true,
    featured: ['name', 'sendingAuthority', 'hostAuthority', 'country'],
    properties: {
      sendingAuthority: { type: 'entity', range: 'Organization', reverse: 'liaisonPostsSent', fallback: 'organization' },
      hostAuthority: { type: 'entity', range: 'Organization', reverse: 'liaisonPostsHosted' },
      accreditedCountry: { type: 'country', isMatchable: false },
      mandate: { type: 'text' },
      validUntil: { type: 'date', isMatchable: false },
    },
  },
  HighSpeedVessel: {
    extends: ['Vessel'],
    fallback: 'Vessel',
    isMatchable: true,
    featured: ['name', 'hullNumber', 'enginePower', 'hullType'],
    required: [],
    properties: {
      hullNumber: { type: 'identifier', fallback: 'registrationNumber' },
      hullType: { type: 'string' },
      hullMaterial: { type: 'string' },
      hullLength: { type: 'number' },
      hullColour: { type: 'string' },
      engineCount: { type: 'number' },
      engineMake: { type: 'string' },
      engineSerial: { type: 'identifier' },
      enginePower: { type: 'number' },
      fuelCapacity: { type: 'number' },
      builder: { type: 'entity', range: 'LegalEntity', reverse: 'craftBuilt' },
      launchPlace: { type: 'string' },
    },
  },
} as const satisfies SchemaDefs
