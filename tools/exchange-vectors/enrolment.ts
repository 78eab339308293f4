/** A fifth organisation applies, proves its keys, is vouched for, and stands in the next directory. */
import { PIN, REQUEST } from './certificate-request.ts'
import { be, directory, es, it, keysOf, nl } from './world.ts'
import { derived, type Json, json, jwe, jws, publicPart, type TestKey } from './writer.ts'

export function enrolmentVectors(): Json {
  const application = {
    v: 1,
    org: {
      id: it.org,
      name: 'Customs of Italy',
      kind: 'customs',
      realm: 'customs',
      country: 'IT',
      thirdCountry: false,
      units: [
        {
          id: it.desk,
          name: 'Desk of Genoa',
          services: ['cargo.alert'],
          places: ['ITGOA'],
          purposes: ['customs-control'],
          zone: 'Europe/Rome',
          calendar: 'IT',
        },
      ],
    },
    node: { id: it.node, endpoint: `https://${it.node}.example:8443`, tlsSpki: PIN, certificateRequest: REQUEST },
    keys: keysOf(it),
  }
  const secret = derived('challenge', 32).toString('base64url')
  const sealed = JSON.stringify(jwe(Buffer.from(secret), [{ kid: it.enc.kid, jwk: publicPart(it.enc) }], 'challenge'))
  const payload = json({ secret, application })
  const proofs = [it.sig, it.seal, it.log].map((key) => jws('hx-enrolment+jws', payload, key))
  const voucher = jws('hx-enrolment+jws', json({ vouches: application }), be.seal)
  const proof = { v: 1, application, proofs, voucher }
  const entry = {
    id: application.node.id,
    endpoint: application.node.endpoint,
    tlsSpki: [application.node.tlsSpki],
    keys: application.keys,
  }
  const refused: readonly (readonly [string, string, Json])[] = [
    [
      'the pin of another certificate',
      'enrolment.certificate-request',
      changed({ node: { ...application.node, tlsSpki: 'A'.repeat(43) } }),
    ],
    [
      'a key that is valid for years',
      'enrolment.validity',
      changed({ keys: application.keys.map((key) => ({ ...key, until: '2036-01-01T00:00:00.000Z' })) }),
    ],
    [
      'two keys of one use',
      'enrolment.keys',
      changed({ keys: [...application.keys.slice(0, 3), { ...application.keys[3], use: 'seal' }] }),
    ],
    [
      'a desk of another organisation',
      'enrolment.desk-taken',
      changed({ org: { ...application.org, units: [{ ...application.org.units[0], id: be.desk }] } }),
    ],
    ['a key id of another node', 'enrolment.key-id-taken', renamed()],
    ['nobody vouches', 'enrolment.no-sponsor', { v: 1, application, proofs }],
    ['one key not proved', 'enrolment.key-not-proved', { ...proof, proofs: proofs.slice(0, 2) }],
    [
      'the answer to another challenge',
      'enrolment.other-challenge',
      { ...proof, proofs: [jws('hx-enrolment+jws', json({ secret: 'x', application }), it.sig), ...proofs.slice(1)] },
    ],
    [
      'a voucher for something else',
      'enrolment.other-voucher',
      { ...proof, voucher: jws('hx-enrolment+jws', json({ vouches: { ...application, v: 2 } }), be.seal) },
    ],
    ['vouched for by its own seal', 'key.unknown', { ...proof, voucher: jws('hx-enrolment+jws', json({ vouches: application }), it.seal) }],
    ['an id that another vouches for', 'enrolment.member-exists', takeover()],
  ]
  return {
    challenge: { v: 1, application, sealed },
    secret,
    proof,
    sponsor: be.org,
    admitted: { ...directory, orgs: [...(directory['orgs'] as readonly Json[]), { ...application.org, nodes: [entry], status: 'active' }] },
    refused: refused.map(([name, code, given]) => ({ name, code, proof: given })),
  }

  function proved(other: Json, keys: readonly TestKey[] = [it.sig, it.seal, it.log]): Json {
    const words = json({ secret, application: other })
    return {
      v: 1,
      application: other,
      proofs: keys.map((key) => jws('hx-enrolment+jws', words, key)),
      voucher: jws('hx-enrolment+jws', json({ vouches: other }), es.seal),
    }
  }

  function changed(part: Json): Json {
    return proved({ ...application, ...part })
  }

  /** Its own key under the name of a key that `nl.police` has. */
  function renamed(): Json {
    const own = { ...it.log, kid: nl.log.kid }
    const keys = application.keys.map((key) => (key['use'] === 'log' ? { ...key, kid: own.kid } : key))
    return proved({ ...application, keys }, [it.sig, it.seal, own])
  }

  /** `es.customs` vouches for new keys of `nl.police`, which only `nl.police` may renew. */
  function takeover(): Json {
    return changed({ org: { ...application.org, id: nl.org, units: [{ ...application.org.units[0], id: nl.desk }] } })
  }
}
