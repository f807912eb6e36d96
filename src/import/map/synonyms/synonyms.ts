import type { FieldName, ImportKind } from '../fields.ts'

/**
 * The headers that one language or one program uses for fields, by kind of import.
 *
 * A field's headers are a text, separated by commas, best first: of two columns for one field, the
 * one whose header comes earlier gets it. A leading `~` marks a word that gives way to every word
 * without one (`Name` is the client's name only if there is no `Company`). A word may be listed under
 * several fields. Case, accents, punctuation and the number of a column need not be written
 * (`headerKey` and `bareKey` fold them).
 */
export type Synonyms = {
  readonly [K in ImportKind]?: { readonly [F in FieldName<K>]?: string }
}
