/**
 * Columns of many rows as PostgreSQL takes them in its binary form: nothing is quoted here and nothing is parsed there, which is a good part of what a row costs.
 * A column is one parameter, unfolded in the statement by `unnest`. Source: PostgreSQL 16 sources, array_recv, text_send, uuid_recv and tsvectorrecv.
 */
const HEADER = 20
const NULL = -1
const OID = { text: 25, int4: 23, uuid: 2950, tsvector: 3614 } as const
/** Bytes of UTF-8 that a sign of UTF-16 has at most. */
const WIDEST = 3
/** A text of so many signs at most is written sign by sign, which is quicker than asking the platform for it. */
const SHORT = 64
/** More bytes are not kept for the next rows. */
const MOST_KEPT = 8 * 1024 * 1024
/** By the code of a sign: the hexadecimal digit it is, and one more; 0 for what is none. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase()) + 1)

export class Column {
  #bytes: Buffer
  #used = HEADER
  #count = 0
  #hasNull = 0
  readonly #oid: number
  readonly #expected: number

  constructor(type: keyof typeof OID, expected = 1024) {
    this.#oid = OID[type]
    this.#expected = HEADER + expected * 20
    this.#bytes = Buffer.allocUnsafe(this.#expected)
  }

  /** Without rows, for others. What `parameter` gave before must not be needed any more. */
  clear(): void {
    if (this.#bytes.length > MOST_KEPT) this.#bytes = Buffer.allocUnsafe(this.#expected)
    this.#used = HEADER
    this.#count = 0
    this.#hasNull = 0
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
    const at = this.#used + 4
    const length = value.length <= SHORT && this.#ascii(value, at) ? value.length : this.#bytes.write(value, at)
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

  /** As text or as its 16 bytes. */
  uuid(value: string | Readonly<Uint8Array> | null | undefined): void {
    if (value === null || value === undefined) {
      this.#null()
      return
    }
    this.#reserve(20)
    this.#bytes.writeInt32BE(16, this.#used)
    if (typeof value !== 'string') {
      if (value.length !== 16) throw new RangeError('The id of a fragment is a UUID.')
      for (let at = 0; at < 16; at++) this.#bytes[this.#used + 4 + at] = value[at] ?? 0
      this.#used += 20
      this.#count += 1
      return
    }
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

  /** Distinct words of ASCII as a `tsvector` without places, with the same signs in front of each. */
  words(before: string, words: ReadonlySet<string>): void {
    let length = 4
    for (const word of words) length += before.length + word.length + 3
    this.#reserve(4 + length)
    this.#bytes.writeInt32BE(length, this.#used)
    this.#bytes.writeInt32BE(words.size, this.#used + 4)
    let at = this.#used + 8
    for (const word of words) {
      if (!this.#ascii(before, at) || !this.#ascii(word, at + before.length)) throw new RangeError('A word that is searched is of ASCII.')
      at += before.length + word.length
      this.#bytes.fill(0, at, at + 3)
      at += 3
    }
    this.#used = at
    this.#count += 1
  }

  /** What was added to a column of texts. */
  texts(): (string | null)[] {
    const texts: (string | null)[] = []
    for (let at = HEADER; at < this.#used; ) {
      const length = this.#bytes.readInt32BE(at)
      at += 4
      texts.push(length === NULL ? null : this.#bytes.toString('utf8', at, at + length))
      at += Math.max(0, length)
    }
    return texts
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

  /** False when the text has other signs. */
  #ascii(text: string, at: number): boolean {
    for (let sign = 0; sign < text.length; sign++) {
      const code = text.charCodeAt(sign)
      if (code > 127) return false
      this.#bytes[at + sign] = code
    }
    return true
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
