/** The carrier of tests keeps the contract of the real ones. */
import { type CarrierRig, carrierContract, plainWorld } from './carrier-contract.fixture.ts'
import { pinOf } from './link-fixture.ts'
import { memoryNetwork } from './memory-carrier.ts'

carrierContract({ name: 'memory', knowsPeer: true, mostEnvelopes: 64 }, async (): Promise<CarrierRig> => {
  const network = memoryNetwork()
  return {
    world: plainWorld(),
    receive: async (at, take) => network.attach([`org.${at}`], take),
    carrier: async (of) => network.carrier(pinOf(of)),
    stop: async () => undefined,
  }
})
