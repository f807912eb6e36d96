import type { Selectable, Updateable } from 'kysely'
import type { DocumentKind, TemplatesTable } from '../../book/schema/documents.ts'
import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { documentLanguage } from '../../domain/language.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { quoted } from '../../domain/plain-text.ts'
import { counted } from '../../domain/text.ts'
import { nameTaken, nothingToChange } from '../../records/dictionaries.ts'
import { readTemplate, type TemplateBody, type TemplateFormat, templateBytes } from './read.ts'

/** A template as the book has it, without its file. */
export type StoredTemplate = Omit<Selectable<TemplatesTable>, 'body'>

const COLUMNS = ['id', 'name', 'name_key', 'kind', 'language', 'format', 'is_default'] as const

/** All templates of the book, by kind and name. */
export function listTemplates(db: Db): Promise<StoredTemplate[]> {
  return db.selectFrom('templates').select(COLUMNS).orderBy('kind').orderBy('name_key').execute()
}

/** Finds a template by its name, a part of it or its number. @throws Fault `not-found` if there is not exactly one. */
export async function findTemplate(db: Db, text: string): Promise<StoredTemplate> {
  const all = await listTemplates(db)
  const key = nameKey(text)
  const exact = all.find(({ name_key: name, id }) => name === key || String(id) === key)
  if (exact) return exact
  const some = key === '' ? [] : all.filter(({ name_key: name }) => name.includes(key))
  const [only, other] = some
  if (only && !other) return only
  if (other) {
    const names = some.map(({ name }) => name).join(', ')
    throw new Fault('not-found', `${quoted(text)} fits more than one template: ${names}`)
  }
  const hint = 'see: funnel template list; built in are invoice-en, letter-de and the like'
  throw new Fault('not-found', `there is no template ${quoted(text)}`, hint)
}

/** The file of a template. @throws Fault `failed` if it cannot be read any more. */
export async function templateBody(db: Db, { id, name }: StoredTemplate): Promise<TemplateBody> {
  const { body } = await db
    .selectFrom('templates')
    .select('body')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  try {
    return readTemplate(Buffer.from(body, 'base64'), name)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const hint = `give its file again: funnel template edit ${id} --file FILE; or do without it: funnel template edit ${id} --not-default`
    const message = `the template ${name} in the book cannot be used: ${error.message}`
    throw new Fault('failed', message, hint, error)
  }
}

/** What is set of a template. */
export interface TemplateValues {
  name: string
  kind: DocumentKind
  language: string | null
  isDefault: boolean
  body: TemplateBody
}

const bodyColumns = (body: TemplateBody) => ({
  format: body.format,
  body: Buffer.from(templateBytes(body)).toString('base64'),
})

function nameColumns(name: string) {
  const tidy = tidyName(name)
  if (tidy === '') throw new Fault('usage', 'a template needs a name', 'give one with --name')
  return { name: tidy, name_key: nameKey(tidy) }
}

/** Lets one template be the default of its kind, language and format, and no other. */
async function settleDefault(db: Db, id: number): Promise<void> {
  const { kind, language, format } = await db
    .selectFrom('templates')
    .select(['kind', 'language', 'format'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const others = db
    .updateTable('templates')
    .set({ is_default: 0 })
    .where('kind', '=', kind)
    .where('format', '=', format)
    .where('id', '!=', id)
    .where('is_default', '=', 1)
  await (
    language === null
      ? others.where('language', 'is', null)
      : others.where('language', '=', language)
  ).execute()
  await db.updateTable('templates').set({ is_default: 1 }).where('id', '=', id).execute()
}

/** Adds a template. Returns its number. @throws Fault `usage` if another one has the name. */
export async function addTemplate(db: Db, values: TemplateValues): Promise<number> {
  const { name, kind, language, isDefault, body } = values
  const columns = nameColumns(name)
  try {
    const { id } = await db
      .insertInto('templates')
      .values({ ...columns, kind, language, is_default: 0, ...bodyColumns(body) })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (isDefault) await settleDefault(db, id)
    return id
  } catch (error) {
    throw nameTaken(error, 'template', columns.name)
  }
}

/** What is to change of a template; undefined stays. */
type TemplateEdit = {
  [Name in keyof Omit<TemplateValues, 'kind'>]?: TemplateValues[Name] | undefined
}

/** Changes a template; what is undefined stays. @throws Fault `usage` if nothing changes, or a name is taken. */
export async function editTemplate(
  db: Db,
  { id, is_default: wasDefault }: StoredTemplate,
  { name, language, isDefault, body }: TemplateEdit,
): Promise<void> {
  const set: Updateable<TemplatesTable> = {
    ...(name === undefined ? {} : nameColumns(name)),
    ...(language === undefined ? {} : { language }),
    ...(isDefault === false ? { is_default: 0 as const } : {}),
    ...(body === undefined ? {} : bodyColumns(body)),
  }
  if (Object.keys(set).length === 0 && isDefault === undefined) throw nothingToChange('template')
  try {
    if (Object.keys(set).length > 0) {
      await db.updateTable('templates').set(set).where('id', '=', id).execute()
    }
  } catch (error) {
    throw nameTaken(error, 'template', name ?? '')
  }
  // With another language it is the default of that one.
  const stays = isDefault ?? (wasDefault === 1 && language !== undefined)
  if (stays) await settleDefault(db, id)
}

/** Removes a template. @throws Fault `usage` if proposals were made with it. */
export async function dropTemplate(db: Db, { id, name }: StoredTemplate): Promise<void> {
  const { count } = await db
    .selectFrom('proposals')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('template_id', '=', id)
    .executeTakeFirstOrThrow()
  if (count > 0) {
    const message = `${counted(count, 'proposal')} ${count === 1 ? 'was' : 'were'} made with the template ${name}`
    const hint = `keep it, and let it be used no more: funnel template edit ${id} --not-default`
    throw new Fault('usage', message, hint)
  }
  await db.deleteFrom('templates').where('id', '=', id).execute()
}

/**
 * The default template of a kind and a format for a language tag: that of the tag itself, else that of its language,
 * else that of any language; undefined if there is none.
 */
export function defaultTemplate(
  all: readonly StoredTemplate[],
  kind: DocumentKind,
  format: TemplateFormat,
  tag: string,
): StoredTemplate | undefined {
  const some = all.filter(
    (one) => one.is_default === 1 && one.kind === kind && one.format === format,
  )
  const wanted = [tag, documentLanguage(tag) ?? tag, null]
  return wanted
    .map((language) => some.find((one) => one.language === language))
    .find((one) => one !== undefined)
}
