/**
 * Addresses and transaction hashes of the public chains, checked as far as their own check sums go: a request about a mistyped one reaches the wrong person.
 * Nothing is corrected or completed. Sources: BIP 173 and BIP 350 (bech32, bech32m), Base58Check as in Bitcoin's reference client, EIP-55 (capitals as check sum).
 */
import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { Address, NETWORK } from '@scure/btc-signer'

/** Longest that BIP 173 allows. */
const LONGEST_BITCOIN_ADDRESS = 90
const OTHER_NETWORK = /^(?:tb1|bcrt1|[mn2])/i

export function bitcoinAddressProblem(text: string): string | undefined {
  if (text.length > LONGEST_BITCOIN_ADDRESS || !/^[0-9A-Za-z]{14,}$/.test(text))
    return 'a Bitcoin address has 26 to 62 letters and digits, without blanks and never shortened.'
  try {
    Address(NETWORK).decode(text)
    return undefined
  } catch {
    if (OTHER_NETWORK.test(text)) return 'not an address of the Bitcoin main network.'
    return 'the check sum does not match, or Bitcoin knows no such kind of address: copy it again from the source.'
  }
}

/** Without capitals an address has no check sum at all: it is asked for again, not taken on trust. */
export function evmAddressProblem(text: string): string | undefined {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) return 'an address of Ethereum and its kin is 0x and 40 hexadecimal digits, never shortened.'
  const digits = text.slice(2)
  if (digits === withCapitals(digits.toLowerCase())) return undefined
  if (digits === digits.toLowerCase() || digits === digits.toUpperCase())
    return 'written without its check sum (EIP-55): copy it with its capital and small letters, as wallets and explorers show it.'
  return 'the check sum in its capital letters (EIP-55) does not match: copy it again from the source.'
}

/** A hash has no check digit: only its length shows that something is missing. */
export function transactionHashProblem(text: string): string | undefined {
  if (/^(?:0x)?[0-9a-fA-F]{64}$/.test(text)) return undefined
  if (/\.\.|…/.test(text)) return 'shortened: the full hash is needed, 64 hexadecimal digits.'
  return 'a transaction hash is 64 hexadecimal digits, with or without 0x in front.'
}

/** EIP-55: a letter is a capital where the digit of the hash in the same place is 8 or more. */
function withCapitals(digits: string): string {
  const hash = bytesToHex(keccak_256(utf8ToBytes(digits)))
  return [...digits].map((digit, index) => (Number.parseInt(hash[index] ?? '0', 16) >= 8 ? digit.toUpperCase() : digit)).join('')
}
