/** A consignment as a version of its filing, for the chain of versions. */
import type { Filing } from '#kernel/cargo-history/filing-versions.ts'
import type { DossierConsignment } from './dossier.ts'
import { grossOf, placeOf } from './statement-parts.ts'

export function filingOf({ statement, receivedAt }: Pick<DossierConsignment, 'statement' | 'receivedAt'>): Filing {
  const { at } = statement.document
  const [loading, discharge] = [placeOf(statement.places, 'loading'), placeOf(statement.places, 'discharge')]
  const [goods, gross] = [statement.goods[0], grossOf(statement)]
  return {
    source: `${at.document}:${at.start}`,
    receivedAt,
    parties: statement.parties.map(({ role, name }) => ({ role, name: name.value })),
    ...(loading === undefined ? {} : { loading: loading.value }),
    ...(discharge === undefined ? {} : { discharge: discharge.value }),
    ...(goods === undefined ? {} : { goods: goods.value }),
    ...(gross === undefined ? {} : { kilograms: gross.value }),
    ...(statement.packages === undefined ? {} : { packages: statement.packages.value }),
  }
}
