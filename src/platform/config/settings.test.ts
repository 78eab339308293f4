import { expect, it } from 'vitest'
import { readSettings, SETTINGS, settingDocs } from './settings.ts'

it('reads defaults that are valid themselves, and values from the environment', () => {
  expect(readSettings({})).toMatchObject({ webPort: 8701, home: '.breakwater/node', logLevel: 'info' })
  expect(readSettings({ BREAKWATER_WEB_PORT: '0', BREAKWATER_LOG: 'error' })).toMatchObject({ webPort: 0, logLevel: 'error' })
})

it('stops at a wrong value and names the variable', () => {
  expect(() => readSettings({ BREAKWATER_WEB_PORT: 'eighty' })).toThrow('BREAKWATER_WEB_PORT')
  expect(() => readSettings({ BREAKWATER_LOG: 'loud' })).toThrow('BREAKWATER_LOG')
})

it('documents each setting once', () => {
  const variables = settingDocs().map((setting) => setting.env)
  expect(new Set(variables).size).toBe(Object.keys(SETTINGS).length)
})
