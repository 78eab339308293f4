/** Recall and precision of every indicator on a generated world with planted faults, as docs/indicators.md states them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type GeneratedWorld, generateWorld } from '../generator/world.ts'
import { detectors } from './index.ts'
import { figuresOf, INDICATORS, type IndicatorFigures, indicatorsPage, WORLD_OPTIONS } from './indicator-table.fixture.ts'

let world: GeneratedWorld
let figures: readonly IndicatorFigures[]

beforeAll(() => {
  world = generateWorld(WORLD_OPTIONS)
  figures = figuresOf(world)
})

describe('on a generated world', () => {
  it('every indicator has faults of its own', () => {
    expect(figures.filter(({ planted }) => planted < 10)).toEqual([])
  })
  it.each(detectors.map(({ code }) => code))('%s finds at least nine in ten of its faults', (code) => {
    const figure = figures.find((each) => each.code === code)
    expect((figure?.found ?? 0) / (figure?.planted ?? 1)).toBeGreaterThanOrEqual(0.9)
  })
  it('stands in docs/indicators.md as it is', () => {
    const page = indicatorsPage(world, figures)
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(INDICATORS, page)
    expect(readFileSync(INDICATORS, 'utf8')).toBe(page)
  })
})
