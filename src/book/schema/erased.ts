import type { Generated } from 'kysely'
import type { Day } from '../../domain/day.ts'

/** A detail of an erased client: a keyed hash, never the text. */
export interface ErasedKeysTable {
  id: Generated<number>
  kind: 'ref' | 'name' | 'email' | 'phone'
  /** HMAC-SHA-256 of kind and key under the book's own secret, in hex. */
  hash: string
  erased_on: Day
}
