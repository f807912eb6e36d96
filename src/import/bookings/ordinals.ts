import { createHash } from 'node:crypto'
import type { Store } from '../../book/store/store.ts'
import type { BookingValues, Ordinal } from '../../records/rows/bank-line.ts'
import { KeyTable } from '../clients/key-table.ts'

/** 132 bits: no two of a billion different bookings have the same key. */
const KEY_LENGTH = 22

/** A text as it is compared: banks break and space it differently in each kind of file. */
function squeezed(text: string | null): string {
  return (text ?? '').toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '')
}

/**
 * What two bookings of an account share that are alike: a hash of day, amount, currency, the other account, the text
 * without blanks and signs, and the bank's reference.
 */
function bookingKey(booking: BookingValues): string {
  const { bookedOn, amount, currency, partyAccount, text, bankRef } = booking
  const parts = [bookedOn, amount, currency, partyAccount, squeezed(text), bankRef]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, KEY_LENGTH)
}

/** Bookings that are alike: how many the book had, the highest number of one, and how many the file has so far. */
interface Alike {
  book: number
  highest: number
  file: number
}

/**
 * Counts the bookings of a file that are alike, to add only those that the book lacks: max(0, in the file − in the
 * book). Two coffees of one price on one day are both kept; files that overlap add nothing twice.
 * @example the book has one; a file with three adds two, the same file again none, a file with one none.
 */
export function ordinals(store: Store, accountId: number) {
  const inBook = store.prepare(
    `SELECT count(*) AS book, coalesce(max(nth), 0) AS highest FROM bank_lines
     WHERE bank_account_id = ? AND dedup_key = ?`,
  )
  const wasEmpty =
    store.prepare('SELECT 1 FROM bank_lines WHERE bank_account_id = ? LIMIT 1').get(accountId) ===
    undefined
  const places = new KeyTable()
  const [books, files, highests] = [new Counts(), new Counts(), new Counts()]
  let known = 0
  const alikeOf = (key: string): number => {
    const place = places.get(key)
    if (place !== undefined) return place
    known += 1
    places.add(key, known)
    if (!wasEmpty) {
      const { book, highest } = inBook.get(accountId, key) as Omit<Alike, 'file'>
      books.set(known, book)
      highests.set(known, highest)
    }
    return known
  }
  return {
    wasEmpty,
    /** Takes the next booking of the file. @returns its number if the book lacks it; null if the book has it. */
    next(booking: BookingValues): Ordinal | null {
      const key = bookingKey(booking)
      const alike = alikeOf(key)
      const inFile = files.get(alike) + 1
      files.set(alike, inFile)
      const beyond = inFile - books.get(alike)
      return beyond <= 0 ? null : { key, nth: highests.get(alike) + beyond }
    },
  }
}

/** Small numbers by place, in four bytes each. */
class Counts {
  #numbers = new Int32Array(1 << 10)

  get(place: number): number {
    return this.#numbers[place] ?? 0
  }

  set(place: number, count: number): void {
    if (place >= this.#numbers.length) {
      const larger = new Int32Array(Math.max(place + 1, this.#numbers.length * 2))
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    this.#numbers[place] = count
  }
}
