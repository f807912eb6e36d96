import type { MatchKey } from './clients/match.ts'
import type { OutcomeWords } from './deals/stated-outcome.ts'
import type { FormatWishes } from './evidence.ts'
import type { BookingAccount } from './bookings/writer.ts'
import type { ImportKind } from './map/fields.ts'
import type { Wishes } from './map/propose.ts'
import type { Creatable } from './names.ts'
import type { OnDuplicate } from './outcome.ts'

/** What to import, and how. */
export interface ImportPlan {
  kind: ImportKind
  /** The path of the file. */
  file: string
  /** What the person calls it. */
  name: string
  sheet?: string | undefined
  encoding?: string | undefined
  /** The row with the headers, counted from 1; detected by default. */
  headerRow?: number | undefined
  wishes: Wishes
  /** How words of the person's that are not the name of a field were understood. */
  understood: readonly string[]
  formats: FormatWishes
  /** Texts for fields whose cells are blank. */
  defaults: ReadonlyMap<string, string>
  /** What values of columns stand for, as typed: now, and kept by a profile. */
  values: { said: readonly string[]; kept: readonly string[] }
  create: ReadonlySet<Creatable>
  /** What clients are recognised by; null for the usual, which is careful. */
  match: readonly MatchKey[] | null
  onDuplicate: OnDuplicate
  /** The process of deals whose row names none. */
  process?: string | undefined
  words: OutcomeWords
  /** More rejected rows than this end the import; null for any number. */
  maxRejects: number | null
  /** Amounts are in the book's currency, whatever the file says of them. */
  isOwnCurrency: boolean
  /** Are clients added again that were erased from the book? */
  includeErased: boolean
  /** The account that bookings are of. */
  account?: BookingAccount | undefined
}
