import { containsText, listed, valuesAt } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { fold } from '../../domain/fold.ts'

/** Shorter texts occur in too many commands by chance. */
const SHORTEST = 3

/** Every operation that added or changed an owned row, except the current one. */
const TOUCHED = `
  SELECT operation_id FROM journal AS j
  JOIN owned AS o ON o.table_name = j.table_name AND o.row_id = j.row_id
  WHERE operation_id <> :operation
  UNION
  SELECT operation_id FROM operation_inserts AS i
  JOIN owned AS o ON o.table_name = i.table_name AND o.row_id BETWEEN i.first_id AND i.last_id
  WHERE operation_id <> :operation`

interface Line {
  id: number
  command: string
  summary: string
  touched: number
}

/** An operation on many clients: its command names a file or a number, but no particular client. */
function isBulk({ command }: Line): boolean {
  return /^funnel (?:.* )?(?:import|undo)\b/.test(command)
}

function scrubLines(store: Store, telling: readonly string[], operation: number): void {
  const words = telling.map((text) => fold(text)).filter((text) => text.length >= SHORTEST)
  const lines = store.prepare(
    `SELECT id, command, summary, id IN (${TOUCHED}) AS touched FROM operations
     WHERE id <> :operation`,
  )
  const scrub = store.prepare("UPDATE operations SET command = ?, summary = 'erased' WHERE id = ?")
  for (const line of lines.all({ operation }) as Line[]) {
    const text = fold(`${line.command} ${line.summary}`)
    const isNamed = words.some((word) => text.includes(word))
    if (!isNamed && (line.touched === 0 || isBulk(line))) continue
    const [, word] = /^funnel ([a-z]+)\b/.exec(line.command) ?? []
    scrub.run(word === undefined ? 'funnel …' : `funnel ${word} …`, line.id)
  }
}

// What a merge wrote into another client, and its undo took out again: the name as an alias, and lines of the
// note that name the merged client (`src/records/merge-values.ts`).
const KEPT_BY_OTHERS = `
  SELECT j.id FROM journal AS j WHERE
    (j.table_name = 'client_aliases' AND j.before ->> 'value' IN ${valuesAt(':telling')})
    OR (j.table_name = 'clients' AND EXISTS (SELECT 1 FROM owned AS o
      WHERE o.table_name = 'clients'
        AND ${containsText("j.before ->> 'note'", "' of client ' || o.row_id || ' ('")}))`

/** Blanks journal entries of other clients that mention this one; those operations become final. */
function blankOthers(store: Store, telling: readonly string[]): void {
  const rows = store
    .prepare(KEPT_BY_OTHERS)
    .pluck()
    .all({ telling: listed(telling) })
  const ids = listed(rows as number[])
  const among = `IN ${valuesAt('?')}`
  store
    .prepare(
      `UPDATE operations SET final = 1
       WHERE id IN (SELECT operation_id FROM journal WHERE id ${among})`,
    )
    .run(ids)
  store.prepare(`UPDATE journal SET before = NULL WHERE id ${among}`).run(ids)
}

/**
 * Takes a client out of the history: earlier values go from the journal, names from the command
 * lines, and no operation that touched the client can be undone or done again.
 * @param telling texts that the client is known by.
 * @param operation the erasure itself.
 */
export function eraseHistory(store: Store, telling: readonly string[], operation: number): void {
  scrubLines(store, telling, operation)
  store
    .prepare(`UPDATE operations SET final = 1 WHERE id = :operation OR id IN (${TOUCHED})`)
    .run({ operation })
  store
    .prepare(
      `DELETE FROM journal WHERE operation_id <> ? AND EXISTS (SELECT 1 FROM owned AS o
         WHERE o.table_name = journal.table_name AND o.row_id = journal.row_id)`,
    )
    .run(operation)
  blankOthers(store, telling)
  store.prepare('UPDATE journal SET before = NULL WHERE operation_id = ?').run(operation)
}
