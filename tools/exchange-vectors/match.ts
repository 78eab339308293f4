/** Hit/no-hit: keys as texts, outputs of the function, rows, handles, frames. The group is that of RFC 9497, from its library; chance is fixed. */
import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { es } from './world.ts'
import { b64, derived, hex, type Json, matchFrame, matchHandle, matchRow } from './writer.ts'

const { voprf } = ristretto255_oprf

const TEXTS = [
  { type: 'container', class: 'asset', value: 'CSQU 305438-3', text: 'breakwater match 1|container|CSQU3054383' },
  { type: 'imo', class: 'asset', value: 'IMO 9074729', text: 'breakwater match 1|imo|9074729' },
  { type: 'mmsi', class: 'asset', value: '205 123 456', text: 'breakwater match 1|mmsi|205123456' },
  { type: 'call-sign', class: 'asset', value: 'ORAB', text: 'breakwater match 1|call-sign|ORAB' },
  { type: 'document', class: 'strong', value: 'ab-123.456', with: 'be', text: 'breakwater match 1|document|AB123456|BE' },
  { type: 'iban', class: 'strong', value: 'BE71 0961 2345 6769', text: 'breakwater match 1|iban|BE71096123456769' },
  { type: 'phone', class: 'strong', value: '0032 (0)2 555 12 12', text: 'breakwater match 1|phone|+3225551212' },
  { type: 'email', class: 'strong', value: ' Jan.Peeters@Example.ORG ', text: 'breakwater match 1|email|jan.peeters@example.org' },
  { type: 'company', class: 'strong', value: '0403.170.701', with: 'BE', text: 'breakwater match 1|company|0403170701|BE' },
  { type: 'vin', class: 'strong', value: '1M8GDM9AXKP042788', text: 'breakwater match 1|vin|1M8GDM9AXKP042788' },
  {
    type: 'crypto',
    class: 'strong',
    value: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
    text: 'breakwater match 1|crypto|1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
  },
  { type: 'seal', class: 'strong', value: 'ml-be 0012345', text: 'breakwater match 1|seal|MLBE0012345' },
  {
    type: 'name-birth',
    class: 'weak',
    value: 'Jürgen  Müller',
    with: '1980-02-29',
    text: 'breakwater match 1|name-birth|JURGEN MULLER|1980-02-29',
  },
  { type: 'sound-year', class: 'weak', value: 'Mueller, Juergen', with: '1980', text: 'breakwater match 1|sound-year|J625 M460|1980' },
] as const

export function matchVectors(): Json {
  const keys = voprf.deriveKeyPair(derived('epoch key', 32), Buffer.from('breakwater conformance'))
  let drawn = 0
  const chance = (size = 64) => Uint8Array.from(derived(`chance ${drawn++}`, size))
  const inputs = [TEXTS[0], TEXTS[1]].map(({ text }) => Uint8Array.from(Buffer.from(text)))
  const asked = inputs.map((input) => ({ input, ...voprf.blind(input, chance) }))
  const { evaluated, proof } = voprf.blindEvaluateBatch(
    keys.secretKey,
    keys.publicKey,
    asked.map(({ blinded }) => blinded),
    chance,
  )
  const outputs = voprf.finalizeBatch(
    asked.map((each, at) => ({ ...each, evaluated: evaluated[at] as Uint8Array })),
    keys.publicKey,
    proof,
  )
  const [hit, miss] = outputs as [Uint8Array, Uint8Array]
  const entry = '01a20000-0000-7000-8000-0000000e0001'
  const handle = matchHandle(keys.secretKey, es.desk, entry)
  const rows = [matchRow(hit, handle), ...Array.from({ length: 63 }, (_, at) => derived(`padding ${at}`, 32))].sort(Buffer.compare)
  return {
    keys: TEXTS,
    epoch: { secretKey: hex(keys.secretKey), publicKey: hex(keys.publicKey), requester: es.desk },
    asked: asked.map(({ input, blind, blinded }, at) => ({
      input: Buffer.from(input).toString(),
      blind: hex(blind),
      blinded: hex(blinded),
      evaluated: hex(evaluated[at] as Uint8Array),
      output: hex(outputs[at] as Uint8Array),
    })),
    proof: hex(proof),
    hit: { entry, handle: hex(handle), tag: hex(hit.subarray(0, 16)), row: hex(matchRow(hit, handle)) },
    set: b64(Buffer.concat(rows)),
    frames: {
      query: b64(matchFrame(asked.map(({ blinded }) => blinded))),
      answer: b64(matchFrame(evaluated, proof)),
      lookup: b64(matchFrame([hit, miss].map((output) => output.subarray(0, 16)))),
      result: b64(matchFrame([handle, Buffer.alloc(16)])),
      refusal: b64(Buffer.alloc(2114)),
    },
  }
}
