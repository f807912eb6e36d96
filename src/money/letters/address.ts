import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'

const AT_ONCE = 500

/**
 * The e-mail addresses that mail about money goes to, by client: its own first address, else the first of one of its
 * people. Clients without any are not in the map.
 */
export async function mailAddresses(
  db: Db,
  clients: readonly number[],
): Promise<Map<number, string>> {
  const found = new Map<number, string>()
  // A query takes only so many values.
  for (let at = 0; at < clients.length; at += AT_ONCE) {
    const rows = await db
      .selectFrom('contact_points')
      .select(['client_id', 'contact_id', 'value'])
      .where('kind', '=', 'email')
      .where('client_id', 'in', clients.slice(at, at + AT_ONCE))
      .orderBy('id')
      .execute()
    for (const isOwn of [true, false]) {
      for (const { client_id: client, contact_id: contact, value } of rows) {
        if ((contact === null) === isOwn && !found.has(client)) found.set(client, value)
      }
    }
  }
  return found
}

/** How to give a client an address. */
export const addressCommand = (client: number): string =>
  `funnel client edit ${client} --email ADDRESS`

/** The address of one client. @throws Fault `failed` if it has none, with the command that adds one. */
export async function requireAddress(db: Db, client: number): Promise<string> {
  const address = (await mailAddresses(db, [client])).get(client)
  if (address !== undefined) return address
  const { name } = await db
    .selectFrom('clients')
    .select('name')
    .where('id', '=', client)
    .executeTakeFirstOrThrow()
  const hint = `add one: ${addressCommand(client)}; or say --to ADDRESS, or --out FILE to send it yourself`
  throw new Fault('failed', `${name} has no e-mail address`, hint)
}
