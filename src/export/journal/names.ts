import type { Db } from '../../book/store/db.ts'

/** The names of all clients and bank accounts, by number. */
export async function journalNames(db: Db) {
  const clients = await db.selectFrom('clients').select(['id', 'name']).execute()
  const accounts = await db.selectFrom('bank_accounts').select(['id', 'name']).execute()
  const named = (rows: { id: number; name: string }[]): ((id: number) => string) => {
    const names = new Map(rows.map(({ id, name }) => [id, name]))
    return (id) => names.get(id) ?? String(id)
  }
  return { client: named(clients), account: named(accounts) }
}
