/** The pages of procedures are those of the definitions in force, whole, and say every condition as a sentence. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { Expr } from '#kernel/procedure/expression.ts'
import { diagramOf } from '../../tools/procedure-docs/diagram.ts'
import { pageOf } from '../../tools/procedure-docs/page.ts'
import { allProcedures, FOLDER, procedureDocs } from '../../tools/procedure-docs/pages.ts'
import { condition, duration, effectInWords, titlesOf } from '../../tools/procedure-docs/sentences.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const DOCS = procedureDocs()
const PROCEDURES = allProcedures()
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')

it.each(Object.entries(DOCS))('%s is fresh (npm run docs)', (file, content) => {
  expect(readFileSync(path.join(ROOT, file), 'utf8') === content, `${file} is stale: run npm run docs`).toBe(true)
})

it('keeps no page of a procedure that is gone', () => {
  expect(globSync(`${FOLDER}/**/*`, { cwd: ROOT }).filter((file) => !(file in DOCS))).toEqual([])
})

describe.each(PROCEDURES.map((definition) => [definition.id, definition] as const))('the page of %s', (_id, definition) => {
  const page = pageOf(definition)

  it('names every role, state, step, clock, field, ground, note and cited text', () => {
    const named = [
      ...Object.values(definition.roles).map(({ title }) => title),
      ...definition.states.map(({ title }) => title),
      ...definition.transitions.flatMap(({ title, official, guards = [] }) => [
        title,
        official ?? title,
        ...guards.map(({ because }) => because),
      ]),
      ...definition.clocks.map(({ title }) => title),
      ...definition.fields.flatMap(({ title, of = [] }) => [title, ...of.map((part) => part.title)]),
      ...definition.refusalGrounds.map(({ text }) => text),
      ...(definition.notes ?? []),
      ...definition.basis.map(({ act }) => act),
    ]
    expect(named.filter((each) => !page.includes(cell(each)))).toEqual([])
  })

  it('says nothing in the language of the data', () => {
    expect(page.match(/[{[]\s*"?(?:fact|all|any|not|kind)"?\s*:|undefined|\[object|NaN/g) ?? []).toEqual([])
  })

  it('draws every state and every step that leads to another', () => {
    const drawing = diagramOf(definition)
    const nodes = new Set([...drawing.matchAll(/ as (\S+)$/gm)].map((match) => match[1]))
    const ends = [...drawing.matchAll(/^ {2}(\S+) --> (\S+)/gm)].flatMap((match) => [match[1] ?? '', match[2] ?? ''])
    expect(ends.filter((end) => end !== '[*]' && !nodes.has(end))).toEqual([])
    const label = (text: string) =>
      text
        .replaceAll('"', "'")
        .replaceAll(/\s*:\s*/g, ' – ')
        .replaceAll(';', ',')
    const moving = definition.transitions.filter(({ to }) => to !== '@stay')
    expect(moving.map(({ title }) => label(title)).filter((title) => !drawing.includes(title))).toEqual([])
    // A second colon would end the label of an edge.
    expect(drawing.split('\n').filter((line) => (line.match(/:/g) ?? []).length > 1)).toEqual([])
  })
})

describe('a condition as a sentence', () => {
  const titles = titlesOf(PROCEDURES.find(({ id }) => id === 'PR-06') as ProcedureDef)
  const says = (expr: Expr) => condition(expr, titles)

  it.each<[Expr, string, string]>([
    [
      { fact: 'isNecessary', is: true },
      '“Necessary and proportionate for the purpose of the proceedings” is yes',
      '“Necessary and proportionate for the purpose of the proceedings” is not yes',
    ],
    [
      { fact: 'measures', includes: 'covert' },
      '“It is one of the following measures” includes “Covert investigation”',
      '“It is one of the following measures” does not include “Covert investigation”',
    ],
    [
      { fact: 'executingState', same: 'issuingState' },
      '“Executing State” is the same as “Issuing State”',
      '“Executing State” differs from “Issuing State”',
    ],
    [{ fact: 'executingState', in: ['DK', 'IE'] }, '“Executing State” is one of “DK” or “IE”', '“Executing State” is none of “DK” or “IE”'],
    [
      { fact: 'naturalPersons.count', atLeast: 2 },
      '“Natural person(s) concerned” has at least 2 entries',
      '“Natural person(s) concerned” has fewer than 2 entries',
    ],
    [
      { fact: 'requestedDate.inDays', atMost: 30 },
      '“Shorter or specific time limit” lies at most 30 days ahead',
      '“Shorter or specific time limit” lies more than 30 days ahead',
    ],
    [
      { fact: 'requestedDate.inHours', atLeast: 0 },
      '“Shorter or specific time limit” does not lie in the past',
      '“Shorter or specific time limit” lies in the past',
    ],
    [
      { fact: 'requestedDate', given: true },
      '“Shorter or specific time limit” is filled in',
      '“Shorter or specific time limit” is left empty',
    ],
    [{ fact: 'done.transmit', is: true }, 'the step “Issue and transmit” was taken', 'the step “Issue and transmit” was not taken'],
    [
      { fact: 'party.central', is: true },
      'somebody fills the role “Central authority of the executing State”',
      'nobody fills the role “Central authority of the executing State”',
    ],
    [{ fact: 'state', is: 'validated' }, 'the state of the case is “Validated”', 'the state of the case is not “Validated”'],
  ])('%j and its opposite', (expr, sentence, opposite) => {
    expect(says(expr)).toBe(sentence)
    expect(says({ not: expr })).toBe(opposite)
  })

  it('keeps groups apart, and turns them round when they are denied', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((fact): Expr => ({ fact, given: true })) as [Expr, Expr, Expr]
    expect(says({ any: [a, { all: [b, c] }] })).toBe('either “a” is filled in, or (“b” is filled in, and “c” is filled in)')
    expect(says({ not: { any: [a, { all: [b, c] }] } })).toBe('“a” is left empty, and (either “b” is left empty, or “c” is left empty)')
    expect(says({ all: [a, { not: { all: [b, c] } }] })).toBe('“a” is filled in, and (either “b” is left empty, or “c” is left empty)')
  })

  it('says what a step sets off, and how long things are kept', () => {
    expect(effectInWords({ kind: 'extend-clock', clock: 'decision', by: 'extensionDays' }, titles)).toMatch(
      /^extends the clock “.+” by “.+”$/,
    )
    expect(effectInWords({ kind: 'purge', fields: ['measureText'] }, titles)).toBe(
      'erases “Assistance or investigative measure(s) required” with every party',
    )
    expect(duration('P1Y6M')).toBe('1 year 6 months')
  })
})
