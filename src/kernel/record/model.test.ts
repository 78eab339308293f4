import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { MODEL_FILES, publishedModel } from '../../../tools/generate-record-model.ts'
import { recordLabels } from './labels.en.ts'
import { LINKS } from './links.ts'
import {
  captionOf,
  commonSchema,
  edgeOf,
  fallbackOf,
  isA,
  isMatchable,
  linksOf,
  propertiesOf,
  propertyOf,
  rangeOf,
  schemaOf,
  schemata,
} from './model.ts'

const published = publishedModel()
const ours = schemata.filter(({ isExtension }) => isExtension)

it.each(Object.entries(MODEL_FILES))('%s is what the published model gives', (name, build) => {
  expect(readFileSync(path.join(import.meta.dirname, name), 'utf8') === build(published)).toBe(true)
})

describe('the registry beside the published model', () => {
  it('has every schema with the same line, flags, caption, relation and time', () => {
    for (const [name, expected] of Object.entries(published.schemata)) {
      const schema = schemaOf(name)
      expect([...(schema?.ancestors ?? [])].sort(), name).toEqual([...expected.schemata].sort())
      expect(schema, name).toMatchObject({
        isAbstract: expected.abstract === true,
        isMatchable: expected.matchable === true,
        isDeprecated: expected.deprecated === true,
        isExtension: false,
        fallback: name,
        required: expected.required ?? [],
      })
      if (expected.caption !== undefined && expected.caption.length > 0) expect(schema?.caption, name).toEqual(expected.caption)
      if (expected.temporalExtent !== undefined) expect(schema?.extent, name).toEqual(expected.temporalExtent)
      expect(edgeOf(name) === undefined, name).toBe(expected.edge === undefined)
      if (expected.edge !== undefined)
        expect(edgeOf(name), name).toMatchObject({
          source: expected.edge.source,
          target: expected.edge.target,
          isDirected: expected.edge.directed,
        })
    }
  })

  it('has every property, stubs worked out from their other end, and no secret key', () => {
    for (const [name, { properties }] of Object.entries(published.schemata))
      for (const [property, expected] of Object.entries(properties)) {
        if (property === 'privateKey') continue
        expect(propertyOf(name, property), `${name}.${property}`).toMatchObject({
          owner: name,
          type: expected.type,
          isStub: expected.stub === true,
          isMatchable: expected.matchable === true,
          ...(expected.range === undefined ? {} : { range: expected.range }),
          ...(expected.format === undefined ? {} : { format: expected.format }),
        })
      }
    for (const { name } of schemata)
      expect([...propertiesOf(name).keys()].filter((each) => /privatekey|seedphrase/i.test(each))).toEqual([])
  })
})

describe('our extensions', () => {
  it('each stand on schemata that exist and name a concrete one outside', () => {
    expect(ours.length).toBeGreaterThanOrEqual(24)
    for (const schema of ours) {
      const outside = schemaOf(schema.fallback)
      expect(outside, schema.name).toMatchObject({ isExtension: false, isAbstract: false })
      for (const ancestor of schema.ancestors) expect(schemaOf(ancestor), ancestor).toBeDefined()
      for (const property of schema.properties.values())
        if (property.fallback !== undefined && property.owner === schema.name)
          expect(propertyOf(schema.fallback, property.fallback), `${schema.name}.${property.name}`).toMatchObject({ isStub: false })
    }
  })

  it('name only properties that they have, and an edge both of whose ends are required', () => {
    for (const { name, caption, featured, required, extent, edge, properties } of schemata) {
      for (const each of [...caption, ...featured, ...required, ...extent.start, ...extent.end])
        if (!published.schemata[name] || required.includes(each)) expect(properties.has(each), `${name}.${each}`).toBe(true)
      if (edge === undefined) continue
      for (const end of [edge.source, edge.target])
        expect(properties.get(end), `${name}.${end}`).toMatchObject({ type: 'entity', isStub: false })
      if (schemaOf(name)?.isExtension) expect(required).toEqual(expect.arrayContaining([edge.source, edge.target]))
    }
  })

  it('hide no inherited property behind another of the same name', () => {
    for (const { name, ancestors, properties } of ours)
      for (const ancestor of ancestors)
        for (const property of propertiesOf(ancestor).values()) {
          const own = properties.get(property.name)
          expect(own?.type, `${name}.${property.name}`).toBe(property.type)
          expect(own?.isStub, `${name}.${property.name}`).toBe(property.isStub)
          if (property.isStub) expect(own?.owner, `${name}.${property.name}`).toBe(property.owner)
        }
  })

  it('record a contact of a prisoner only with its legal basis', () => {
    expect(schemaOf('PrisonContact')?.required).toContain('lawfulBasis')
  })
})

describe('relations', () => {
  it('run between properties that name records', () => {
    for (const [name, links] of Object.entries(LINKS))
      for (const { from, to } of links)
        for (const property of from === undefined ? [to] : [from, to])
          expect(propertyOf(name, property), `${name}.${property}`).toMatchObject({ type: 'entity', isStub: false })
  })

  it('are declared for every property that names a record, but those left out by name', () => {
    const leftOut = schemata.flatMap(({ name, edge, links, properties }) =>
      [...properties.values()]
        .filter(({ type, isStub, owner }) => type === 'entity' && !isStub && owner === name)
        .filter((property) => property.name !== edge?.source && property.name !== edge?.target)
        .filter((property) => !links.some(({ from, to }) => from === property.name || to === property.name))
        .map((property) => `${name}.${property.name}`),
    )
    expect(leftOut).toEqual([
      'ContractAward.callForTenders',
      'Document.ancestors',
      'LegalEntity.parent',
      'Page.document',
      'Payment.contract',
      'Payment.project',
      'Post.holder',
      'Similar.candidate',
      'Similar.match',
    ])
  })

  it('are inherited, and their name is that of the property where it was declared', () => {
    expect(linksOf('PortCall')).toContainEqual({ to: 'vehicle', isDirected: true, label: 'record.property.Trip.vehicle' })
    expect(linksOf('Nothing')).toEqual([])
  })
})

describe('names', () => {
  it('are there for every schema, property and relation, and for nothing else', () => {
    const keys = new Set(
      schemata.flatMap(({ label, plural, edge, properties }) => [
        label,
        plural,
        ...(edge === undefined ? [] : [edge.label]),
        ...[...properties.values()].map((property) => property.label),
      ]),
    )
    const named = Object.keys(recordLabels).filter((key) => !/^record\.(?:type|topic|gender)\./.test(key))
    expect(named.filter((key) => !keys.has(key))).toEqual([])
    expect([...keys].filter((key) => !Object.hasOwn(recordLabels, key))).toEqual([])
  })

  it('take the first value of the first caption that has one', () => {
    expect(captionOf('Container', { name: ['box'], containerNumber: ['MSKU1234565'] })).toBe('MSKU1234565')
    expect(captionOf('Container', { name: ['box'] })).toBe('box')
    expect(captionOf('Container', { containerNumber: [''] })).toBe('')
    expect(captionOf('constructor', { name: ['x'] })).toBe('')
  })
})

it('answers what a schema is, and of two the more special', () => {
  expect(isA('HighSpeedVessel', 'Asset')).toBe(true)
  expect(isA('Asset', 'HighSpeedVessel')).toBe(false)
  expect(isA('__proto__', 'Thing')).toBe(false)
  expect(commonSchema('LegalEntity', 'Company')).toBe('Company')
  expect(commonSchema('Person', 'Company')).toBeUndefined()
  expect(rangeOf('Ownership', 'owner')).toBe('LegalEntity')
  expect(fallbackOf('Consignment')).toBe('EconomicActivity')
  expect(isMatchable('Vessel')).toBe(true)
  expect(propertyOf('Person', 'hasOwnProperty')).toBeUndefined()
})
