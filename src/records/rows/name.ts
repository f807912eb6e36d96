import { nameKey } from '../../domain/name.ts'

/** A name and its key: all that most dictionaries, categories and properties are. */
export function nameRow(name: string): { name: string; name_key: string } {
  return { name, name_key: nameKey(name) }
}
