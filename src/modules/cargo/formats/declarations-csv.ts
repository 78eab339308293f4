/**
 * Customs declarations as a table with a header row: one row per container of a declaration. Neighbouring rows of the same declaration
 * and bill of lading make one statement.
 * Pointers: row and column from 1, the header being row 1; bytes are those of the whole row, because a quoted cell has no bytes of its own
 * that equal its value.
 */
import { type Info, type Parser, parse } from 'csv-parse'
import { decodeBytes } from '#kernel/edifact/charset.ts'
import { DECLARATION_COLUMNS, type DeclarationColumn, type DeclarationMapping } from '../contract/declaration-mappings.ts'
import type { IntakeProblem, PartyRole, PlaceRole, Stated, StatedAmount, StatedSeal } from '../model.ts'
import { ConsignmentDraft } from './consignment-draft.ts'
import { ContainerTally } from './container-tally.ts'
import { headerKey } from './declaration-mapping.ts'
import { type CargoEvent, type ReadOptions, WARNINGS_TOLD } from './events.ts'

type Column = DeclarationColumn

const PARTIES: readonly (readonly [Column & PartyRole, PartyRole])[] = [
  ['consignor', 'consignor'],
  ['consignee', 'consignee'],
  ['notify', 'notify'],
]
const PLACES: readonly (readonly [Column, PlaceRole])[] = [
  ['pol', 'loading'],
  ['pod', 'discharge'],
  ['delivery', 'delivery'],
]
const ADDRESSES: ReadonlySet<PartyRole> = new Set<PartyRole>(['consignor', 'consignee'])
const CURRENCY = /^[A-Z]{3}$/
const LIST = /[;|,\s]+/
const ROW_BYTES = 64 * 1024

/** The separator of a header row that names a declaration and a container, or undefined when the text is no such row. */
export function declarationDelimiter(head: string): string | undefined {
  const line = head.split(/[\r\n]/, 1)[0] ?? ''
  return [',', ';', '\t'].find((delimiter) => {
    const names = new Set(line.split(delimiter).map(headerKey))
    return names.has('container') && (names.has('declaration') || names.has('bill_of_lading'))
  })
}

export class DeclarationReader {
  #events: CargoEvent[] = []
  readonly #document: string
  readonly #mapping: DeclarationMapping | undefined
  readonly #parser: Parser
  readonly #tally = new ContainerTally()
  readonly #warnings: IntakeProblem[] = []
  #untold = 0
  #columns = new Map<Column, number>()
  #row = 0
  #rowStart: number
  #rowEnd: number
  #draft: ConsignmentDraft | undefined
  #draftKey = ''
  #consignments = 0
  #bytes = 0
  #refused: IntakeProblem | undefined

  /** `mark`: bytes of the byte order mark, which the caller has taken off. Without a mapping the headers are the columns' own names. */
  constructor(delimiter: string, mark: number, options: ReadOptions & { readonly mapping?: DeclarationMapping }) {
    this.#mapping = options.mapping
    this.#document = options.document ?? ''
    this.#rowStart = mark
    this.#rowEnd = mark
    // Latin-1 keeps one sign per byte, so that counted signs are counted bytes; cells are decoded one by one.
    this.#parser = parse({
      delimiter,
      encoding: 'latin1',
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: ROW_BYTES,
    })
    this.#parser.on('error', (error) => this.#refuse(error))
    this.#parser.on('skip', (error) => this.#skipped(error))
    this.#parser.on('data', (row: { record: string[]; info: Info }) => this.#take(row.record, mark + row.info.bytes))
    this.#tell({ kind: 'message-started', message: 1, type: 'CSV', directory: '', reference: '' })
    this.#tell({ kind: 'voyage', message: 1, voyage: { places: [] } })
  }

  get isRefused(): boolean {
    return this.#refused !== undefined
  }

  async push(chunk: Uint8Array): Promise<CargoEvent[]> {
    this.#bytes += chunk.length
    if (!this.#parser.write(chunk)) await new Promise<void>((resolve) => this.#onceFree(resolve))
    return this.#takeEvents()
  }

  async finish(): Promise<CargoEvent[]> {
    if (this.#refused === undefined) {
      const ended = new Promise<void>((resolve) => {
        this.#parser.once('end', resolve)
        this.#parser.once('error', () => resolve())
      })
      this.#parser.end()
      await ended
    }
    this.#close()
    return this.#takeEvents()
  }

  #onceFree(resolve: () => void): void {
    this.#parser.once('drain', resolve)
    this.#parser.once('error', () => resolve())
  }

  #close(): void {
    this.#flush()
    const { containers, distinctContainers, badCheckDigit, notIso } = this.#tally
    const outcome = this.#refused !== undefined ? 'quarantined' : this.#warnings.length > 0 ? 'warned' : 'accepted'
    if (this.#untold > 0) this.#warnings.push({ code: 'warnings.more', at: 'row 1', text: `${this.#untold} more warnings are not listed.` })
    const counts = { containers, distinctContainers, badCheckDigit, notIso, equipment: 0, consignments: this.#consignments }
    this.#tell({
      kind: 'message',
      message: 1,
      result: {
        type: 'CSV',
        directory: '',
        reference: '',
        segments: this.#row,
        outcome,
        voyage: { places: [] },
        warnings: this.#warnings,
        ...counts,
      },
    })
    const outcomes = { accepted: 0, warned: 0, quarantined: 0, [outcome]: 1 }
    const warnings = this.#warnings.length + this.#untold
    const summary = {
      format: 'csv',
      bytes: this.#bytes,
      interchanges: 0,
      messages: 1,
      outcomes,
      equipment: 0,
      consignments: this.#consignments,
      warnings,
    } as const
    this.#tell({ kind: 'end', summary: this.#refused === undefined ? summary : { ...summary, refused: this.#refused } })
  }

  #take(record: string[], end: number): void {
    this.#row++
    this.#rowStart = this.#rowEnd
    this.#rowEnd = end
    if (this.#row === 1) return this.#header(record)
    const declaration = this.#cell(record, 'declaration')
    const bill = this.#cell(record, 'bill_of_lading')
    if (declaration === undefined && bill === undefined)
      return this.#warn('row.no-document', 'The row names neither a declaration nor a bill of lading; it is not used.')
    if (record.length !== this.#columnCount)
      this.#warn('row.columns', `The row has ${record.length} cells, the header ${this.#columnCount}.`)
    const key = JSON.stringify([declaration?.value, bill?.value])
    if (this.#draft === undefined || key !== this.#draftKey) {
      this.#flush()
      this.#draftKey = key
      this.#draft = new ConsignmentDraft()
      this.#draft.name(bill, 2)
      this.#draft.name(declaration, 1)
      if (declaration !== undefined) this.#draft.references.push({ code: 'ABT', number: declaration })
      if (bill !== undefined) this.#draft.references.push({ code: 'BM', number: bill })
      const booking = this.#cell(record, 'booking')
      if (booking !== undefined) this.#draft.references.push({ code: 'BN', number: booking })
      for (const [column, role] of PARTIES) {
        const name = this.#cell(record, column)
        const address = ADDRESSES.has(role) ? this.#cell(record, `${role as 'consignor' | 'consignee'}_address`) : undefined
        if (name !== undefined) this.#draft.addParty(address === undefined ? { role, name } : { role, name, address })
      }
      for (const [column, role] of PLACES) {
        const place = this.#cell(record, column)
        if (place !== undefined) this.#draft.places.push({ role, place })
      }
    }
    this.#addRow(this.#draft, record)
  }

  #addRow(draft: ConsignmentDraft, record: string[]): void {
    const container = this.#cell(record, 'container')
    if (container === undefined) this.#warn('equipment.no-number', 'The row names no container.', 'container')
    else this.#addContainer(draft, container, record)
    const hs = this.#cell(record, 'hs')
    if (hs !== undefined && !draft.hsCodes.some(({ value }) => value === hs.value)) draft.hsCodes.push(hs)
    const description = this.#cell(record, 'description')
    if (description !== undefined && !draft.goods.some(({ value }) => value === description.value)) draft.goods.push(description)
    const gross = this.#weight(record, 'gross_kg')
    if (gross !== undefined) draft.weights.push({ kind: 'goods-gross', kilograms: gross })
    const verified = this.#weight(record, 'vgm_kg')
    if (verified !== undefined) draft.weights.push({ kind: 'verified-gross', kilograms: verified })
    draft.addPackages(this.#number(record, 'packages'))
    draft.addFreight(this.#amount(record, 'freight'))
    draft.addCustomsValue(this.#amount(record, 'customs_value'), 'item')
  }

  #addContainer(draft: ConsignmentDraft, container: Stated, record: string[]): void {
    const finding = this.#tally.addText(container.value)
    const shown = JSON.stringify(container.value.slice(0, 20))
    if (finding === 'check-digit') this.#warn('container-number.check-digit', `The check digit of ${shown} does not fit.`, 'container')
    if (finding === 'format') this.#warn('container-number.format', `${shown} has not the shape of a container number.`, 'container')
    const seals = this.#cell(record, 'seals')
    const numbers = seals === undefined ? [] : seals.value.split(LIST).filter((number) => number !== '')
    draft.addContainer(
      container,
      numbers.map((value): StatedSeal => ({ number: { value, at: (seals as Stated).at }, issuer: 'unknown' })),
    )
  }

  get #columnCount(): number {
    return this.#headerLength
  }
  #headerLength = 0

  #header(record: string[]): void {
    this.#headerLength = record.length
    const mapped = this.#mapping === undefined ? undefined : columnsByHeader(this.#mapping)
    for (const [index, cell] of record.entries()) {
      const name = headerKey(this.#decode(cell, index + 1))
      const column = mapped === undefined ? DECLARATION_COLUMNS.find((known) => known === name) : mapped.get(name)
      // Whoever made the mapping left the other columns out.
      if (column === undefined && mapped !== undefined) continue
      if (column === undefined)
        this.#warn('column.unknown', `Column ${JSON.stringify(name.slice(0, 40))} is not known and not read.`, index + 1)
      else if (this.#columns.has(column)) this.#warn('column.twice', `Column ${column} stands twice; the first is read.`, index + 1)
      else this.#columns.set(column, index)
    }
  }

  #cell(record: string[], column: Column): Stated | undefined {
    const index = this.#columns.get(column)
    const raw = index === undefined ? undefined : record[index]?.trim()
    if (index === undefined || raw === undefined || raw === '') return undefined
    const at = { document: this.#document, segment: this.#row, element: index + 1, component: 1, start: this.#rowStart, end: this.#rowEnd }
    return { value: this.#decode(raw, index + 1), at }
  }

  #decode(raw: string, column: number): string {
    if (/^[\0-\x7f]*$/.test(raw)) return raw
    const bytes = Uint8Array.from(raw, (sign) => sign.charCodeAt(0))
    const text = decodeBytes(bytes, 0, bytes.length, 'guess')
    if (text.length === raw.length) this.#warn('charset.windows-1252', 'A cell is not UTF-8; read as Windows-1252.', column)
    return text
  }

  #number(record: string[], column: Column): Stated<number> | undefined {
    const text = this.#cell(record, column)
    if (text === undefined) return undefined
    if (/^[0-9]{1,12}(?:[.,][0-9]{1,6})?$/.test(text.value)) return { value: Number(text.value.replace(',', '.')), at: text.at }
    this.#warn('value.not-a-number', `${JSON.stringify(text.value.slice(0, 20))} is not a number; it is not used.`, column)
    return undefined
  }

  #amount(record: string[], column: Column): StatedAmount | undefined {
    const amount = this.#number(record, column)
    const currency = this.#cell(record, 'currency')?.value.toUpperCase()
    return amount === undefined || currency === undefined || !CURRENCY.test(currency) ? amount : { ...amount, currency }
  }

  #weight(record: string[], column: Column): Stated<number> | undefined {
    const stated = this.#number(record, column)
    return stated === undefined || this.#mapping?.inTonnes !== true ? stated : { value: stated.value * 1000, at: stated.at }
  }

  #flush(): void {
    const statement = this.#draft?.statement()
    this.#draft = undefined
    if (statement === undefined) return
    this.#consignments++
    this.#tell({ kind: 'consignment', message: 1, statement })
  }

  #warn(code: string, text: string, column?: Column | number): void {
    if (this.#warnings.length >= WARNINGS_TOLD) {
      this.#untold++
      return
    }
    const ordinal = typeof column === 'string' ? (this.#columns.get(column) ?? -1) + 1 : (column ?? 0)
    const warning = { code, at: ordinal === 0 ? `row ${this.#row}` : `row ${this.#row}, column ${ordinal}`, text }
    this.#warnings.push(warning)
    this.#tell({ kind: 'warning', message: 1, warning })
  }

  #skipped(error: Error & { code?: string }): void {
    // An open quote swallows rows until the limit; where the next row begins cannot be told any more.
    if (error.code === 'CSV_MAX_RECORD_SIZE') return this.#refuse(error)
    this.#row++
    this.#warn('row.not-read', `The row is not a row of cells: ${error.message.slice(0, 120)}`)
  }

  #refuse(error: Error): void {
    this.#refused ??= { code: 'csv.not-read', at: `row ${this.#row + 1}`, text: error.message.slice(0, 200) }
  }

  #tell(event: CargoEvent): void {
    this.#events.push(event)
  }

  #takeEvents(): CargoEvent[] {
    const events = this.#events
    this.#events = []
    return events
  }
}

function columnsByHeader({ columns }: DeclarationMapping): ReadonlyMap<string, Column> {
  const byHeader = new Map<string, Column>()
  for (const column of DECLARATION_COLUMNS) {
    const header = columns[column]
    if (header !== undefined) byHeader.set(headerKey(header), column)
  }
  return byHeader
}
