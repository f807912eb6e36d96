import type { Database } from 'better-sqlite3'
import { nameKey } from '../domain/name.ts'
import type { AddClient } from './client-names.ts'
import type { ErasedGuard } from './erased.ts'

/** Adds clients that rows of other kinds name and the book lacks. */
export function addClientNamed(raw: Database, erased: ErasedGuard): AddClient {
  const insert = raw.prepare(
    `INSERT INTO clients (ref, name, name_key, added_on, import_id, import_row)
     VALUES (?, ?, ?, ?, ?, ?)`,
  )
  return ({ ref, name }, { today, importId, row }) => {
    erased.check({ ref, names: [name], points: [] }, row)
    const values = [ref, name, nameKey(name), today, importId(), row]
    return Number(insert.run(values).lastInsertRowid)
  }
}
