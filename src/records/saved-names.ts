import type { Db } from '../book/store/db.ts'
import { parseCondition } from '../domain/condition.ts'
import { Fault } from '../domain/fault.ts'
import { find, type Noun } from './lookup.ts'
import { inProfile } from './saved-profiles.ts'

/** What saved conditions and reports name, and what may get another name. */
export type SavedNoun = Extract<
  Noun,
  'owner' | 'source' | 'reason' | 'stage' | 'process' | 'product' | 'segment' | 'property'
>

/** Saved texts in which names can be replaced: conditions of a segment, words of a report, a profile as JSON. */
interface Saved {
  table: 'segments' | 'report_variants' | 'import_profiles'
  id: number
  texts: string[]
}

/** Names of an entry that is about to be renamed, or merged into another. */
export interface SavedMentions {
  /** Puts the name of what is now meant wherever the old one no longer finds it. */
  follow: (id: number) => Promise<void>
}

async function loadSaved(db: Db): Promise<Saved[]> {
  const segments = await db.selectFrom('segments').select(['id', 'conditions as texts']).execute()
  const reports = await db.selectFrom('report_variants').select(['id', 'words as texts']).execute()
  const read = (table: Saved['table'], rows: readonly { id: number; texts: string }[]): Saved[] =>
    rows.map(({ id, texts }) => ({ table, id, texts: JSON.parse(texts) as string[] }))
  const profiles = await db.selectFrom('import_profiles').select(['id', 'profile']).execute()
  return [
    ...read('segments', segments),
    ...read('report_variants', reports),
    ...profiles.map(({ id, profile }): Saved => ({
      table: 'import_profiles',
      id,
      texts: [profile],
    })),
  ]
}

async function store(db: Db, { table, id, texts }: Saved): Promise<void> {
  if (table === 'import_profiles') {
    const [profile = ''] = texts
    await db.updateTable('import_profiles').set({ profile }).where('id', '=', id).execute()
    return
  }
  const text = JSON.stringify(texts)
  if (table === 'segments') {
    await db.updateTable('segments').set({ conditions: text }).where('id', '=', id).execute()
  } else await db.updateTable('report_variants').set({ words: text }).where('id', '=', id).execute()
}

/** The record that a text names; undefined if none or several fit. */
async function meant(db: Db, noun: SavedNoun, text: string): Promise<number | undefined> {
  try {
    return (await find(db, noun, text)).id
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/** Reads a text as a condition; undefined if it is none. */
function conditionIn(text: string): ReturnType<typeof parseCondition> | undefined {
  try {
    return parseCondition(text)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

type Replace = (name: string) => string | undefined

const inList = (name: string): string => (name.includes(',') ? `"${name}"` : name)

/** The property that a condition names. */
const PROPERTY = /^property:\s*(?:"[^"]+"|[^=!<>~"]+)/i

const propertyWord = (name: string): string =>
  `property:${/[=!<>~]/.test(name) ? `"${name}"` : name}`

/** `owner=Bo,Cy` and `deal:owner!=Bo` with other names; `~` asks for a part of a name and stays. */
function inCondition(text: string, noun: SavedNoun, replace: Replace): string {
  const [, prefix = '', bare = ''] = /^(\s*(?:deal:\s*)?)(.*)$/is.exec(text) ?? []
  const condition = conditionIn(bare)
  if (noun === 'property') {
    const now = condition?.property === undefined ? undefined : replace(condition.property)
    return now === undefined ? text : `${prefix}${bare.replace(PROPERTY, () => propertyWord(now))}`
  }
  if (condition?.field !== noun || !['=', '!='].includes(condition.operator)) return text
  const { operator, values } = condition
  if (!values.some((value) => replace(value) !== undefined)) return text
  const names = new Set(values.map((value) => inList(replace(value) ?? value)))
  return `${prefix}${noun}${operator}${[...names].join(',')}`
}

/** The words of a saved report: its conditions, and the options that name an entry. */
function inWords(words: readonly string[], noun: SavedNoun, replace: Replace): string[] {
  return words.map((word, at) => {
    const [, option, value = ''] = /^(--[a-z-]+)=(.*)$/is.exec(word) ?? []
    const name = option ?? words[at - 1]
    const text = option === undefined ? word : value
    const now =
      name === `--${noun}`
        ? (replace(text) ?? text)
        : name === '--where'
          ? inCondition(text, noun, replace)
          : text
    return option === undefined ? now : `${option}=${now}`
  })
}

function withNames(saved: Saved, noun: SavedNoun, replace: Replace): Saved {
  const { table, texts } = saved
  if (table === 'report_variants') return { ...saved, texts: inWords(texts, noun, replace) }
  const within = table === 'segments' ? inCondition : inProfile
  return { ...saved, texts: texts.map((text) => within(text, noun, replace)) }
}

/**
 * Finds the names of an entry in segments, saved reports and profiles of imports, before it is renamed, or merged and gone.
 * A name is any text that finds this entry, such as a part of its name.
 */
export async function savedMentions(db: Db, noun: SavedNoun, id: number): Promise<SavedMentions> {
  const saved = await loadSaved(db)
  const asked = new Set<string>()
  const collect: Replace = (text) => (asked.add(text), undefined)
  for (const one of saved) withNames(one, noun, collect)
  const names = new Set<string>()
  for (const text of asked) if ((await meant(db, noun, text)) === id) names.add(text)
  return {
    async follow(now) {
      const lost = new Set<string>()
      for (const text of names) if ((await meant(db, noun, text)) !== now) lost.add(text)
      if (lost.size === 0) return
      const { name } = await find(db, noun, `#${now}`)
      const replace: Replace = (text) => (lost.has(text) ? name : undefined)
      for (const one of saved) {
        const changed = withNames(one, noun, replace)
        if (JSON.stringify(changed.texts) !== JSON.stringify(one.texts)) await store(db, changed)
      }
    },
  }
}

/** Renames an entry with `rename`; what names it in segments, saved reports and profiles follows. */
export async function renaming(
  db: Db,
  noun: SavedNoun,
  id: number,
  rename: () => Promise<unknown>,
): Promise<void> {
  const saved = await savedMentions(db, noun, id)
  await rename()
  await saved.follow(id)
}
