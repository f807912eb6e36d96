import type { FieldName } from '../fields.ts'

/** A header that means something else next to a column for another field. */
export interface NamePair {
  headers: string
  nextTo: FieldName<'clients'>
  reads: readonly FieldName<'clients'>[]
}

// A list with `Vorname` and `Name`, or `Prénom` and `Nom`, has last names in the second; one
// with first and last names and a `Name` has the whole name there. `Nombre` next to `Apellidos`
// and `Имя` next to `Фамилия` are first names. Separate columns for these fields come first.
export const NAME_PAIRS: readonly NamePair[] = [
  { headers: 'name, nom', nextTo: 'first-name', reads: ['last-name', 'contact'] },
  { headers: 'name, nombre, имя, ชื่อ', nextTo: 'last-name', reads: ['first-name'] },
]
