import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePort } from './free-port.ts'

it('gives each port once, and none that the kernel gives to whoever asks for any', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, async () => await freePort()))
  expect(new Set(ports).size).toBe(50)
  expect(Math.max(...ports)).toBeLessThan(32_768)
})

it('gives the wanted port while it is free, and another when it is not', async () => {
  const wanted = await freePort()
  expect(await freePort(wanted)).toBe(wanted)
  const server = createServer()
  await new Promise<void>((listening) => server.listen(wanted, '127.0.0.1', listening))
  const other = await freePort(wanted)
  expect(other).not.toBe(wanted)
  expect(other).toBeLessThan(32_768)
  await new Promise((closed) => server.close(closed))
})
