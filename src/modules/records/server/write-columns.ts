/**
 * Columns of many rows as PostgreSQL takes them in its binary form: nothing is quoted here and nothing is parsed there, which is a good part of what a row costs.
 * A column is one parameter, unfolded in the statement by `unnest`. Source: PostgreSQL 16 sources, array_recv, text_send and uuid_recv.
 */
const HEADER = 20
const NULL = -1
const OID = { text: 25, int4: 23, uuid: 2950 } as const
/** Bytes of UTF-8 that a sign of UTF-16 has at most. */
const WIDEST = 3
/** By the code of a sign: the hexadecimal digit it is, and one more; 0 for what is none. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase()) + 1)

export class Column {
  #bytes: Buffer
  #used = HEADER
  #count = 0
  #hasNull = 0
  readonly #oid: number

  constructor(type: keyof typeof OID, expected = 1024) {
    this.#oid = OID[type]
    this.#bytes = Buffer.allocUnsafe(HEADER + expected * 20)
  }

  get count(): number {
    return this.#count
  }

  text(value: string | null | undefined): void {
    if (value === null || value === undefined) {
      this.#null()
      return
    }
    this.#reserve(4 + value.length * WIDEST)
    const length = this.#bytes.write(value, this.#used + 4)
    this.#bytes.writeInt32BE(length, this.#used)
    this.#used += 4 + length
    this.#count += 1
  }

  int(value: number | null | undefined): void {
    if (value === null || value === undefined) {
      this.#null()
      return
    }
    this.#reserve(8)
    this.#bytes.writeInt32BE(4, this.#used)
    this.#bytes.writeInt32BE(value, this.#used + 4)
    this.#used += 8
    this.#count += 1
  }

  uuid(value: string | null | undefined): void {
    if (value === null || value === undefined) {
      this.#null()
      return
    }
    this.#reserve(20)
    this.#bytes.writeInt32BE(16, this.#used)
    let [at, high, digits] = [this.#used + 4, 0, 0]
    for (let sign = 0; sign < value.length; sign++) {
      const digit = DIGITS[value.charCodeAt(sign)] ?? 0
      if (digit === 0) continue
      if (digits % 2 === 0) high = digit - 1
      else if (digits < 32) {
        this.#bytes[at] = (high << 4) | (digit - 1)
        at += 1
      }
      digits += 1
    }
    if (digits !== 32) throw new RangeError('The id of a fragment is a UUID.')
    this.#used += 20
    this.#count += 1
  }

  /** Of one dimension; one without elements has none. */
  parameter(): Buffer {
    const isEmpty = this.#count === 0
    this.#bytes.writeInt32BE(isEmpty ? 0 : 1, 0)
    this.#bytes.writeInt32BE(this.#hasNull, 4)
    this.#bytes.writeInt32BE(this.#oid, 8)
    this.#bytes.writeInt32BE(this.#count, 12)
    this.#bytes.writeInt32BE(1, 16)
    return this.#bytes.subarray(0, isEmpty ? 12 : this.#used)
  }

  #null(): void {
    this.#reserve(4)
    this.#bytes.writeInt32BE(NULL, this.#used)
    this.#used += 4
    this.#count += 1
    this.#hasNull = 1
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#bytes.length) return
    const longer = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + bytes))
    this.#bytes.copy(longer, 0, 0, this.#used)
    this.#bytes = longer
  }
}
