import type { Selectable } from 'kysely'
import type { ProposalsTable } from '../../book/schema/documents.ts'
import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { quoted } from '../../domain/plain-text.ts'
import { type ProposalStatus, proposalStatus } from '../../domain/proposals/status.ts'

/** A version of a proposal as the book has it. */
export type Proposal = Selectable<ProposalsTable>

/** What a version is called where it must be told from others: `P-2026-0001/2`. */
export function versionName({ number, version }: Pick<Proposal, 'number' | 'version'>): string {
  return `${number}/${version}`
}

/** What people call it: `proposal P-2026-0001/2`. */
export function proposalName(of: Pick<Proposal, 'number' | 'version'>): string {
  return `proposal ${versionName(of)}`
}

/** All versions of a number, the first one first. */
export function versionsOf(db: Db, numberKey: string): Promise<Proposal[]> {
  return db
    .selectFrom('proposals')
    .selectAll()
    .where('number_key', '=', numberKey)
    .orderBy('version')
    .execute()
}

/** The number that a text names: its whole text, or the count in it, such as `1` for P-2026-0001. */
async function numberNamed(db: Db, text: string): Promise<string | null> {
  const key = nameKey(text)
  const whole = await db
    .selectFrom('proposals')
    .select('number_key')
    .where('number_key', '=', key)
    .limit(1)
    .executeTakeFirst()
  if (whole) return whole.number_key
  if (!/^#?\d{1,9}$/.test(key)) return null
  const found = await db
    .selectFrom('proposals')
    .select(({ fn }) => ['number_key', fn.max('number').as('number')])
    .where('serial', '=', Number(key.replace('#', '')))
    .groupBy('number_key')
    .execute()
  const [only, second] = found
  if (only && second) {
    const names = found
      .map(({ number }) => number)
      .toSorted()
      .join(', ')
    throw new Fault('not-found', `${quoted(text)} may be any of ${names}`, 'give the whole number')
  }
  return only?.number_key ?? null
}

const VERSION = /^(?<number>.*\S)\s*(?:\/\s*v?|[-\s]v)(?<version>\d{1,6})$/i

/**
 * Finds a proposal by its number, `P-2026-0001`, or by the count in it, `1`: the latest version, or the one that is
 * named, `P-2026-0001/1`.
 * @throws Fault `not-found` if there is none, or a count is in several numbers.
 */
export async function findProposal(db: Db, text: string): Promise<Proposal> {
  const none = () =>
    new Fault('not-found', `there is no proposal ${quoted(text)}`, 'see: funnel proposal list')
  const whole = await numberNamed(db, text)
  if (whole !== null) {
    const latest = (await versionsOf(db, whole)).at(-1)
    if (latest) return latest
  }
  const parts = VERSION.exec(text.trim())?.groups
  const key = parts?.number === undefined ? null : await numberNamed(db, parts.number)
  if (key === null) throw none()
  const versions = await versionsOf(db, key)
  const found = versions.find(({ version }) => version === Number(parts?.version))
  if (found) return found
  const [first] = versions
  const known = versions.map(({ version }) => version).join(', ')
  const message = `${first?.number ?? ''} has no version ${parts?.version}`
  throw new Fault('not-found', message, `it has: ${known}`)
}

/** The latest version of the same number. */
export async function latestVersion(db: Db, { number_key: key }: Proposal): Promise<Proposal> {
  const latest = (await versionsOf(db, key)).at(-1)
  if (!latest) throw new Fault('not-found', 'the proposal is gone')
  return latest
}

/** The version of the same number that was accepted, in whose place no other can be; undefined if none was. */
export async function acceptedVersion(
  db: Db,
  { number_key: key }: Proposal,
): Promise<Proposal | undefined> {
  return (await versionsOf(db, key)).find(({ decision }) => decision === 'accepted')
}

/** The status of a version at the end of a day. */
export async function statusOf(db: Db, proposal: Proposal, on: Day): Promise<ProposalStatus> {
  return proposalStatus(proposal, await versionsOf(db, proposal.number_key), on)
}
