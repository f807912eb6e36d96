import type { Context } from '../cli/context.ts'
import { Fault } from '../domain/fault.ts'
import { listEntries } from '../records/dictionaries.ts'
import { find, findOrNone, type Named } from '../records/lookup.ts'

/** Names the person at the keyboard, for `--mine`. */
const OWNER = 'FUNNEL_OWNER'

/**
 * The owner that `--mine` means: the one FUNNEL_OWNER names, else the only one there is.
 * @throws Fault `usage` if there is none, or several.
 */
async function me(context: Context): Promise<Named> {
  const { db } = await context.book()
  const name = context.io.env[OWNER]
  if (name) return find(db, 'owner', name)
  const owners = (await listEntries(db, 'owner')).filter(({ retired }) => !retired)
  const [only] = owners
  if (only && owners.length === 1) return only
  const message = owners.length === 0 ? 'the book has no owners' : 'the book has several owners'
  throw new Fault('usage', `whose is “mine”? ${message}`, `set ${OWNER}=NAME, or use --owner NAME`)
}

/** The owner that a list is narrowed to. @throws Fault `usage` if both ways are used. */
export async function ownerOf(
  context: Context,
  { owner, mine }: { owner?: string | undefined; mine?: boolean | undefined },
): Promise<Named | null> {
  if (owner !== undefined && mine) {
    throw new Fault('usage', '--owner and --mine cannot be used together')
  }
  if (mine) return me(context)
  return owner === undefined ? null : findOrNone((await context.book()).db, 'owner', owner)
}
