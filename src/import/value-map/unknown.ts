import type { Store } from '../../book/store/store.ts'
import { unescapeFormula } from '../../domain/csv-injection.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import type { Proposal } from '../map/target.ts'
import type { ImportPlan } from '../plan.ts'
import type { Table, TableRow } from '../recognise/table.ts'
import { isBlankWord } from '../values/blank.ts'
import { type Vocabulary, vocabularyOf } from './vocabulary.ts'

/** A value of a column that is not one of those that it may hold. */
export interface UnknownValue {
  column: Proposal
  value: string
  rows: number
  vocabulary: Vocabulary
}

/** With more of them the column is hardly what it is read as. */
const MOST = 20

const LONGEST = 200

/** Gathers the values of one column that are not known. */
function collector(column: Proposal, vocabulary: Vocabulary) {
  const values = new Map<string, UnknownValue>()
  return {
    see({ cells }: TableRow): void {
      const cell = cells[column.index] ?? ''
      if (cell.trim() === '' || cell.length > LONGEST) return
      const value = tidyName(unescapeFormula(cell))
      const key = nameKey(value)
      const known = values.get(key)
      if (known) known.rows += 1
      else if (values.size <= MOST && !isBlankWord(value) && !vocabulary.knows(value)) {
        values.set(key, { column, value, rows: 1, vocabulary })
      }
    },
    found: (): UnknownValue[] => (values.size > MOST ? [] : [...values.values()]),
  }
}

/**
 * The words of a file that are not known in columns whose words are the same in every book, and in
 * properties with choices. Reads the table once if there are such columns.
 */
export async function unknownWords(
  store: Store,
  plan: ImportPlan,
  table: Table,
  columns: readonly Proposal[],
): Promise<UnknownValue[]> {
  const watched = columns.flatMap((column) => {
    const vocabulary = vocabularyOf(store, plan, column.target)
    return vocabulary && vocabulary.creatable === null ? [collector(column, vocabulary)] : []
  })
  if (watched.length === 0) return []
  for await (const batch of table.batches()) {
    for (const row of batch) {
      if (row.reject === undefined) for (const one of watched) one.see(row)
    }
  }
  return watched.flatMap((one) => one.found())
}
