import { expect, it } from 'vitest'
import { openMessageBox } from './message-box.ts'

const box = openMessageBox(Buffer.alloc(32, 7))

it('gives back what was sealed, under a new key each time', () => {
  const one = box.seal('Héctor «15 kg»')
  const two = box.seal('Héctor «15 kg»')
  expect(box.open(one)).toBe('Héctor «15 kg»')
  expect(one.key).not.toBe(two.key)
  expect(one.content).not.toBe(two.content)
})

it('opens nothing with another key, another node, or a changed sign', () => {
  const one = box.seal('content')
  expect(() => box.open({ ...one, key: box.seal('other').key })).toThrow()
  expect(() => openMessageBox(Buffer.alloc(32, 8)).open(one)).toThrow()
  const changed = Buffer.from(one.content, 'base64')
  changed[14] = (changed[14] ?? 0) ^ 1
  expect(() => box.open({ ...one, content: changed.toString('base64') })).toThrow()
})
