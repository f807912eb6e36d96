import type { Store } from './store/store.ts'
import { counted } from '../domain/text.ts'

/** A later operation that added again what an undo brings back. */
export interface Reimport {
  id: number
  command: string
  file: string
}

/** Rows that the undo `:undoing` has brought back: it journals each as a row without an earlier state. */
const BROUGHT_BACK = `SELECT row_id FROM journal
  WHERE operation_id = :undoing AND table_name = :table AND before IS NULL`

/** The operation since `:target` that added the row `since` of `:table`, or brought it back. */
const CAME_BY = `(SELECT min(operation_id) FROM (
  SELECT operation_id FROM operation_inserts
  WHERE table_name = :table AND since.id BETWEEN first_id AND last_id
  UNION ALL SELECT operation_id FROM journal
  WHERE table_name = :table AND row_id = since.id AND before IS NULL AND operation_id < :undoing)
  WHERE operation_id > :target)`

/**
 * The import since `target` of a file whose earlier import the undo has just brought back, exactly the same.
 * Both would give the book every record twice.
 */
export function reimportedSince(
  store: Store,
  target: number,
  undoing: number,
): Reimport | undefined {
  return store
    .prepare(
      `SELECT o.id AS id, o.command AS command, back.file AS file
       FROM imports back
       JOIN imports since ON since.what = back.what AND since.sha256 = back.sha256
         AND coalesce(since.sheet, '') = coalesce(back.sheet, '') AND since.id <> back.id
       JOIN operations o ON o.id = ${CAME_BY}
       WHERE back.id IN (${BROUGHT_BACK}) ORDER BY o.id LIMIT 1`,
    )
    .get({ target, undoing, table: 'imports' }) as Reimport | undefined
}

/** What two rows of a table have in common if they look the same. */
const ALIKE = {
  clients: 'since.name_key = back.name_key',
  deals: 'since.client_id = back.client_id AND since.title_key = back.title_key',
}

function alike(store: Store, table: keyof typeof ALIKE, target: number, undoing: number): number {
  return store
    .prepare(
      `SELECT count(*) FROM ${table} AS back WHERE back.id IN (${BROUGHT_BACK}) AND EXISTS (
         SELECT 1 FROM ${table} AS since
         WHERE ${ALIKE[table]} AND since.id <> back.id AND ${CAME_BY} IS NOT NULL)`,
    )
    .pluck()
    .get({ target, undoing, table }) as number
}

/** Lines about records brought back by an undo that look like others added since. */
export function duplicateNotes(store: Store, target: number, undoing: number): string[] {
  const clients = alike(store, 'clients', target, undoing)
  const deals = alike(store, 'deals', target, undoing)
  return [
    ...(clients > 0
      ? [
          `brought back ${counted(clients, 'client')} of the name of one that came since; ` +
            'see: funnel client duplicates',
        ]
      : []),
    ...(deals > 0
      ? [`brought back ${counted(deals, 'deal')} of the client and title of one that came since`]
      : []),
  ]
}
