import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import { counted } from '../domain/text.ts'

/** What can be retired while something open has it. */
type Retired = 'owner' | 'source' | 'process' | 'product'

/** Open records that use what is now retired: how many, and what to type to see and change them. */
export interface StillUsed {
  /** `deals`, `tasks`, `clients`, `stages`. */
  what: string
  count: number
  /** `3 open deals; see: funnel deal list --owner "Ann"`. */
  text: string
}

interface Use {
  what: string
  /** One of them, in words. */
  one: string
  many?: string
  from: string
  see: (name: string) => string
  change: string
}

const DEALS = (noun: Retired): Use => ({
  what: 'deals',
  one: 'open deal',
  from: `deals WHERE closed_on IS NULL AND ${noun}_id`,
  see: (name) => `funnel deal list --${noun} "${name}"`,
  change: noun === 'process' ? '' : `funnel deal edit DEAL --${noun} NAME`,
})

const CLIENTS = (noun: Retired): Use => ({
  what: 'clients',
  one: 'client',
  from: `clients WHERE ${noun}_id`,
  see: (name) => `funnel client list --where "${noun}=${name}"`,
  change: `funnel client edit CLIENT --${noun} NAME`,
})

const USES: Record<Retired, Use[]> = {
  owner: [
    DEALS('owner'),
    {
      what: 'tasks',
      one: 'open task',
      from: `tasks WHERE status = 'open' AND owner_id`,
      see: (name) => `funnel task list --owner "${name}"`,
      change: '',
    },
    CLIENTS('owner'),
    {
      what: 'stages',
      one: 'stage with tasks of theirs',
      many: 'stages with tasks of theirs',
      from: 'process_stages WHERE retired = 0 AND doer_id',
      see: () => 'funnel process list',
      change: 'funnel process edit PROCESS --stage STAGE --who NAME',
    },
  ],
  source: [DEALS('source')],
  process: [DEALS('process')],
  product: [
    {
      what: 'deals',
      one: 'open deal with it',
      many: 'open deals with it',
      from: `(SELECT DISTINCT d.id, l.product_id FROM deal_lines AS l JOIN deals AS d ON d.id = l.deal_id
        WHERE d.closed_on IS NULL) WHERE product_id`,
      see: (name) => `funnel deal list --where "deal:product=${name}"`,
      change: '',
    },
  ],
}

/**
 * Open records that use an owner, source or process, and keep it when it is retired. Kinds without any have
 * the count 0.
 */
export async function stillUsed(
  db: Db,
  noun: Retired,
  { id, name }: { id: number; name: string },
): Promise<StillUsed[]> {
  const found: StillUsed[] = []
  for (const { what, one, many, from, see, change } of USES[noun]) {
    const { rows } = await sql<{ n: number }>`
      SELECT count(*) AS n FROM ${sql.raw(from)} = ${id}`.execute(db)
    const count = rows[0]?.n ?? 0
    const next = change === '' ? '' : `; to change one: ${change}`
    found.push({ what, count, text: `${counted(count, one, many)}; see: ${see(name)}${next}` })
  }
  return found
}

/** Open deals in stages that their process has retired, by stage. */
export async function dealsLeftBehind(
  db: Db,
  { id, name }: { id: number; name: string },
): Promise<{ stage: string; count: number; text: string }[]> {
  const { rows } = await sql<{ stage: string; count: number }>`
    SELECT s.name AS stage, count(*) AS count
    FROM process_stages AS ps JOIN stages AS s ON s.id = ps.stage_id
    JOIN deals AS d ON d.process_id = ps.process_id AND d.stage_id = ps.stage_id
    WHERE ps.process_id = ${id} AND ps.retired = 1 AND d.closed_on IS NULL
    GROUP BY s.id ORDER BY ps.position`.execute(db)
  return rows.map(({ stage, count }) => {
    const see = `funnel deal list --process "${name}" --stage "${stage}"`
    const text = `${counted(count, 'open deal')} in ${stage}; see: ${see}; to move one: funnel move DEAL STAGE`
    return { stage, count, text }
  })
}
