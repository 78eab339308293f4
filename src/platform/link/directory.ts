/** The coalition directory as slices read it (already verified). Signing, versions and expiry: `directory-store.ts`. */
import type { AuthorityId, DeskId, Realm } from '#platform/access/session-facts.ts'
import { indexOf } from './directory-index.ts'

export const AUTHORITY_KINDS = [
  'port-control-unit',
  'customs',
  'police',
  'spoc',
  'prosecutor',
  'court',
  'investigating-judge',
  'central-authority',
  'prison-service',
  'municipality',
  'administrative-authority',
  'fiu',
  'asset-recovery-office',
  'terminal',
  'carrier',
  'service-provider',
  'vasp',
  'ministry',
  'commission',
  'eurojust',
  'maritime-authority',
  'chemicals-authority',
  'liaison-office',
  'data-protection',
] as const
export type AuthorityKind = (typeof AUTHORITY_KINDS)[number]

export interface DirectoryUnit {
  readonly id: DeskId
  readonly name: string
  /** `cargo.alert` = takes cargo alerts. */
  readonly services: readonly string[]
  /** UN/LOCODEs this desk answers for. */
  readonly places: readonly string[]
  readonly purposes: readonly string[]
  /** The desk that is told when this one stays silent. */
  readonly backup?: DeskId
  /** IANA zone, for the clocks this desk is obliged by. */
  readonly zone: string
  /** Holiday calendar, ISO 3166 country with optional region: `BE`, `ES-AN`. */
  readonly calendar: string
}

export interface DirectoryKey {
  readonly kid: string
  readonly use: 'node-sig' | 'seal' | 'enc' | 'log'
  readonly jwk: Readonly<Record<string, unknown>>
  readonly from: string
  readonly until: string
  readonly revokedAt?: string
}

export interface DirectoryNode {
  readonly id: string
  readonly endpoint: string
  /** SHA-256 of the subject public key info of the node's TLS certificate, base64url. */
  readonly tlsSpki: readonly string[]
  readonly keys: readonly DirectoryKey[]
}

export interface DirectoryOrg {
  readonly id: AuthorityId
  readonly name: string
  readonly kind: AuthorityKind
  readonly realm: Realm
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** Member of the Union's customs territory: decides the third-country gate. */
  readonly thirdCountry: boolean
  readonly units: readonly DirectoryUnit[]
  readonly nodes: readonly DirectoryNode[]
  readonly status: 'active' | 'suspended' | 'left'
  /** Since when, where it is not active: what it said before stays verifiable. */
  readonly statusFrom?: string
  /** Authorities that may see it; absent = all members. Enforced by `directory-view.ts`. */
  readonly visibleTo?: readonly AuthorityId[]
}

/** A named list of desks, for addressing; expanded into its desks when something is released, never later. */
export interface DirectoryGroup {
  readonly id: string
  readonly name: string
  readonly units: readonly DeskId[]
}

export interface Directory {
  readonly v: 1
  readonly coalition: string
  readonly version: number
  readonly issued: string
  readonly expires: string
  readonly prevDigest: string | null
  /** Ed25519 public keys of the stewards and how many must have signed. */
  readonly steering: readonly {
    readonly kid: string
    readonly jwk: Readonly<Record<string, unknown>>
  }[]
  readonly threshold: number
  /** How the stewards came to be these: each step signed by those before and those after it (`stewardship.ts`). */
  readonly successions?: readonly string[]
  /** Pins of the authorities that issue the link's certificates. */
  readonly authorities?: readonly string[]
  readonly orgs: readonly DirectoryOrg[]
  readonly groups?: readonly DirectoryGroup[]
}

export function findUnit(directory: Directory, unit: DeskId): { readonly org: DirectoryOrg; readonly unit: DirectoryUnit } | undefined {
  return indexOf(directory).units.get(unit)
}
