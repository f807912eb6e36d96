import type { Db } from '../book/store/db.ts'

/** What identifies this book in names used outside it. */
export async function bookUid(db: Db): Promise<string> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'uid')
    .executeTakeFirstOrThrow()
  return row.value
}
