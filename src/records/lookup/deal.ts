import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { contains } from '../../book/store/sql.ts'
import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { CANDIDATES, missing, type Named, numberIn } from './places.ts'

/** The deals that a command can do something with. */
export type Wanted = 'open' | 'closed'

/** What is known of a deal before it is named. */
interface Expected {
  wanted?: Wanted
  /** The client whose deal it is. */
  clientId?: number
}

/** A deal found; `others` is how many of the other status also matched and were passed over. */
export interface FoundDeal extends Named {
  client: string
  others: number
}

interface Candidate extends Named {
  client: string
  stage: string | null
  status: string
}

const TITLE = sql.ref('d.title_key')
const CLIENT = sql.ref('c.name_key')

/** A deal in whose title, or in whose client's name or earlier names, a folded word stands. */
function holdsWord(word: string): RawBuilder<SqlBool> {
  return sql`(${contains(TITLE, word)} OR ${contains(CLIENT, word)} OR c.id IN (
    SELECT client_id FROM client_aliases WHERE kind = 'name' AND ${contains(sql.ref('key'), word)}))`
}

/** The words of a text, folded; a colon or comma between client and title does not count. */
function wordsIn(text: string): string[] {
  return nameKey(text)
    .split(/\s+/)
    .map((word) => word.replace(/[:,;]+$/, ''))
    .filter((word) => /[\p{L}\p{N}\p{S}]/u.test(word))
}

/**
 * A test of deals `d` of clients `c`: each word stands in the title or in the name of the client. Undefined
 * if there are no words.
 */
export function dealWords(text: string): RawBuilder<SqlBool> | undefined {
  const words = wordsIn(text)
  return words.length === 0 ? undefined : sql`(${sql.join(words.map(holdsWord), sql` AND `)})`
}

/** `Harbour Foods: Cold store` at any of its colons: part of the client's name, part of the title. */
function clientAndTitle(key: string): RawBuilder<SqlBool> | undefined {
  const cuts = [...key.matchAll(/:/g)].flatMap(({ index }) => {
    const [client, title] = [key.slice(0, index).trim(), key.slice(index + 1).trim()]
    if (client === '' || title === '') return []
    return [sql`(${contains(CLIENT, client)} AND ${contains(TITLE, title)})`]
  })
  return cuts.length === 0 ? undefined : sql`(${sql.join(cuts, sql` OR `)})`
}

/** How a text may name a deal, the surest first. */
function readings(text: string): RawBuilder<SqlBool>[] {
  const key = nameKey(text)
  const number = numberIn(key)
  const all: (RawBuilder<SqlBool> | undefined | false)[] = [
    number !== undefined && sql<SqlBool>`d.id = ${Number(number)}`,
    sql`d.ref = ${text.trim()}`,
    key !== '' && sql<SqlBool>`d.title_key = ${key}`,
    // A number that no deal has must not match a title that happens to contain it.
    ...(key === '' || number !== undefined
      ? []
      : [contains(TITLE, key), clientAndTitle(key), dealWords(text)]),
  ]
  return all.filter((reading) => reading !== undefined && reading !== false)
}

async function candidates(db: Db, fits: RawBuilder<SqlBool>, wanted: Wanted): Promise<Candidate[]> {
  const last = wanted === 'open' ? sql`d.closed_on IS NOT NULL` : sql`d.closed_on IS NULL`
  const { rows } = await sql<Candidate>`
    SELECT d.id, d.title AS name, c.name AS client, s.name AS stage, d.status
    FROM deals AS d JOIN clients AS c ON c.id = d.client_id
    LEFT JOIN stages AS s ON s.id = d.stage_id
    WHERE ${fits} ORDER BY ${last}, d.title_key, d.id LIMIT ${CANDIDATES + 1}`.execute(db)
  return rows
}

function lineOf({ id, name, client, stage, status }: Candidate): string {
  return `  ${id}  ${client}: ${name} (${stage === null ? '' : `${stage}, `}${status})`
}

function severalFit(text: string, found: Candidate[]): Fault {
  const lines = found.slice(0, CANDIDATES).map(lineOf)
  if (found.length > CANDIDATES) lines.push('  …')
  const message = `“${text}” fits more than one deal:\n${lines.join('\n')}`
  return new Fault('not-found', message, 'give its number, or client and title: "CLIENT: TITLE"')
}

/**
 * Finds a deal by its number (`7` or `#7`), its reference in another system, its title, a part of the
 * title, client and title (`Harbour Foods: Cold store`), or words of both in any order.
 *
 * If several match in the same way and the command wants an open (or a closed) one, the only such deal among
 * them is meant. A number, a reference or a whole title that only one deal has means that deal, whatever its
 * status.
 * @throws Fault `not-found` if none or several match; the message lists the candidates, those that are wanted
 *   first, else open ones.
 */
export async function findDeal(
  db: Db,
  text: string,
  { wanted, clientId }: Expected = {},
): Promise<FoundDeal> {
  const whose = clientId === undefined ? sql<SqlBool>`true` : sql<SqlBool>`c.id = ${clientId}`
  for (const reading of readings(text)) {
    const found = await candidates(db, sql`${reading} AND ${whose}`, wanted ?? 'open')
    const fitting = found.filter(
      ({ status }) => wanted === undefined || (status === 'open') === (wanted === 'open'),
    )
    const [only] = found.length === 1 ? found : fitting.length === 1 ? fitting : []
    if (only) {
      const { id, name, client } = only
      return { id, name, client, others: found.length - 1 }
    }
    if (found.length > 1) throw severalFit(text, found)
  }
  // Entries about another client's deal are refused when they are saved.
  if (clientId !== undefined) return findDeal(db, text, wanted === undefined ? {} : { wanted })
  throw await missing(db, 'deal', text)
}
