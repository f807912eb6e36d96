import type { Db } from '../book/store/db.ts'
import type { ImportKind } from '../book/schema/imports.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey, tidyName } from '../domain/name.ts'
import { columnKeys } from './map/header.ts'
import { fits, type Profile } from './map/profile.ts'

const hint = 'see: funnel profile list'

function parse(row: { name: string; kind: ImportKind; profile: string }): Profile {
  const kept = JSON.parse(row.profile) as Omit<Profile, 'name' | 'kind'>
  return { name: row.name, kind: row.kind, ...kept }
}

/** Every mapping that the book keeps, by name. */
export async function listProfiles(db: Db, kind?: ImportKind): Promise<Profile[]> {
  let query = db.selectFrom('import_profiles').select(['name', 'kind', 'profile'])
  if (kind) query = query.where('kind', '=', kind)
  return (await query.orderBy('name_key').execute()).map(parse)
}

/** A mapping by its name. @throws Fault `not-found` if the book has none of that name. */
export async function findProfile(db: Db, name: string): Promise<Profile> {
  const row = await db
    .selectFrom('import_profiles')
    .select(['name', 'kind', 'profile'])
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst()
  if (row) return parse(row)
  throw new Fault('not-found', `there is no profile “${name}”`, hint)
}

/** Names that `--profile` reads differently: `none`, and the name of a file. */
function isReserved(name: string): boolean {
  return nameKey(name) === 'none' || /\.json$/i.test(name)
}

/** Keeps a mapping, replacing one of the same name. */
export async function saveProfile(db: Db, profile: Profile): Promise<void> {
  const { name: text, kind, ...kept } = profile
  const name = tidyName(text)
  if (name === '') throw new Fault('usage', 'the profile has no name', 'write --save-profile NAME')
  if (isReserved(name)) {
    const message = `a profile cannot be called “${name}”: --profile takes that to mean something else`
    throw new Fault('usage', message, 'write --save-profile with another name')
  }
  const row = { name, kind, profile: JSON.stringify(kept) }
  const key = nameKey(name)
  const existing = await db
    .updateTable('import_profiles')
    .set(row)
    .where('name_key', '=', key)
    .executeTakeFirst()
  if (existing.numUpdatedRows > 0n) return
  await db
    .insertInto('import_profiles')
    .values({ ...row, name_key: key })
    .execute()
}

/** Forgets a mapping. @throws Fault `not-found` if the book has none of that name. */
export async function deleteProfile(db: Db, name: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('import_profiles')
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new Fault('not-found', `there is no profile “${name}”`, hint)
}

function isAnswerFor({ answered, headers }: Profile, others: readonly string[]): boolean {
  if (answered === undefined) return false
  const keys = (texts: readonly string[]): string => JSON.stringify(columnKeys(texts).toSorted())
  return keys(headers) === keys(others)
}

/** What a person last answered about the columns of a file with these headers, in any order. */
export function findAnswers(
  profiles: readonly Profile[],
  headers: readonly string[],
): Profile | undefined {
  return profiles.find((profile) => isAnswerFor(profile, headers))
}

/** Forgets what was answered about files with these headers. */
export async function forgetAnswers(
  db: Db,
  { kind, headers }: Pick<Profile, 'kind' | 'headers'>,
): Promise<void> {
  const profiles = await listProfiles(db, kind)
  for (const profile of profiles) {
    if (isAnswerFor(profile, headers)) await deleteProfile(db, profile.name)
  }
}

/** Keeps what a person answered about the columns of a file, replacing earlier answers. */
export async function keepAnswers(db: Db, profile: Profile): Promise<void> {
  await forgetAnswers(db, profile)
  await saveProfile(db, profile)
}

/** The profile that was made for such a file: all its headers are there; the longest one wins. */
export function recogniseProfile(
  profiles: readonly Profile[],
  headers: readonly string[],
): Profile | undefined {
  return profiles
    .filter((profile) => profile.answered === undefined && fits(profile, headers) === 1)
    .toSorted((a, b) => b.headers.length - a.headers.length)[0]
}
