import { authorOf } from '../cli/author.ts'
import type { Context } from '../cli/context.ts'
import { shellWord } from '../cli/shell-word.ts'
import { Fault } from '../domain/fault.ts'
import { listEntries } from '../records/dictionaries.ts'
import { ownerOfUser } from '../records/owner-user.ts'
import { find, findOrNone, type Named } from '../records/lookup.ts'

/** Names the person at the keyboard, for `--mine`. */
const OWNER = 'FUNNEL_OWNER'

/**
 * The owner that `--mine` means: the one FUNNEL_OWNER names, else the one linked to who runs this, else the
 * only one there is.
 * @throws Fault `usage` if there is none, or several.
 */
async function me(context: Context): Promise<Named> {
  const { db } = await context.book()
  const name = context.io.env[OWNER]
  if (name) return find(db, 'owner', name)
  const author = authorOf(context.io)
  const linked = await ownerOfUser(db, author)
  if (linked) return linked
  const owners = (await listEntries(db, 'owner')).filter(({ retired }) => !retired)
  const [only] = owners
  if (only && owners.length === 1) return only
  const message = owners.length === 0 ? 'the book has no owners' : 'the book has several owners'
  throw new Fault(
    'usage',
    `whose is “mine”? ${message}`,
    `link yourself: funnel owner edit NAME --user ${shellWord(author)} (or use --owner NAME)`,
  )
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
