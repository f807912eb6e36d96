import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey } from '../domain/name.ts'
import type { Named } from './lookup.ts'

/** The owner who runs commands by this name; capitals make no difference. */
export async function ownerOfUser(db: Db, user: string): Promise<Named | null> {
  const linked = await db
    .selectFrom('owners')
    .select(['id', 'name', 'user'])
    .where('user', 'is not', null)
    .execute()
  const found = linked.find((owner) => nameKey(owner.user ?? '') === nameKey(user))
  return found ? { id: found.id, name: found.name } : null
}

/**
 * A user can be one owner only.
 * @param user null takes the link away.
 * @throws Fault `usage` if another owner is this user.
 */
export async function requireFreeUser(
  db: Db,
  user: string | null | undefined,
  owner?: number,
): Promise<void> {
  if (user === null || user === undefined) return
  const other = await ownerOfUser(db, user)
  if (!other || other.id === owner) return
  throw new Fault(
    'usage',
    `${other.name} is ${user} already`,
    `unlink them first: funnel owner edit ${other.id} --user none`,
  )
}
