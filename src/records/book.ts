import type { Db } from '../book/store/db.ts'

/** What tells this book from every other, in names that leave it. */
export async function bookUid(db: Db): Promise<string> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'uid')
    .executeTakeFirstOrThrow()
  return row.value
}
