import type { Store } from '../../book/store/store.ts'
import { nameKey } from '../../domain/name.ts'
import { toPropertyType } from '../../records/properties.ts'
import type { PropertyKind } from '../../book/schema/clients.ts'
import { findField, type ImportKind } from '../map/fields.ts'
import type { Target } from '../map/target.ts'
import type { Creatable } from '../names.ts'
import type { ImportPlan } from '../plan.ts'
import { isBlankWord } from '../values/blank.ts'
import { clientKind } from '../values/client-words.ts'
import { DIRECTIONS, interactionResult, KINDS, RESULTS } from '../values/contact-words.ts'
import { readStageWords } from '../values/stage-words.ts'
import { taskStatus } from '../values/task-words.ts'
import { isTicked, statusWord, wordKey, yesNo } from '../values/words.ts'
import { EVENT_KINDS } from '../history/read-event.ts'

/** What the cells of a column may say. */
export interface Vocabulary {
  /** What they are called: `stage`, `kind`. */
  one: string
  /** What there is to choose from. */
  offered: readonly string[]
  /** Is a text one of these, in any spelling and language that is known? */
  knows: (text: string) => boolean
  /** What becomes of a row with any other text: it is rejected, or the text is kept. */
  others: 'rejected' | 'kept'
  /** What adds any other text to the book; null if nothing does. */
  creatable: Creatable | null
}

function fixed(one: string, offered: readonly string[], knows: Vocabulary['knows']): Vocabulary {
  return { one, offered, knows, others: 'rejected', creatable: null }
}

const YES_OR_NO = (text: string): boolean => yesNo(text) !== null || isTicked(text)

/** Words that do not depend on the book, by field. */
const FIXED: Partial<Record<ImportKind, Record<string, Vocabulary>>> = {
  clients: {
    kind: fixed('kind', ['company', 'person'], (text) => clientKind(text) !== null),
    consent: fixed(
      'consent',
      ['yes', 'no', 'unknown'],
      (text) => yesNo(text) !== null || nameKey(text) === 'unknown',
    ),
  },
  history: {
    event: fixed('event', EVENT_KINDS, (text) =>
      EVENT_KINDS.some((kind) => kind === nameKey(text)),
    ),
  },
  interactions: {
    kind: fixed('kind', [...new Set(KINDS.values())], (text) => KINDS.has(wordKey(text))),
    direction: fixed('direction', ['in', 'out'], (text) => DIRECTIONS.has(wordKey(text))),
    result: fixed('result', RESULTS, (text) => interactionResult(text) !== null),
  },
  tasks: {
    // A cell may have the day on which the task was done.
    status: fixed(
      'status',
      ['open', 'done', 'dropped'],
      (text) => taskStatus(text) !== null || /\d/.test(text),
    ),
  },
}

const DICTIONARIES: Record<string, { one: string; table: Creatable }> = {
  owner: { one: 'owner', table: 'owners' },
  source: { one: 'source', table: 'sources' },
  reason: { one: 'reason', table: 'reasons' },
  process: { one: 'process', table: 'processes' },
}

function namesOf(store: Store, table: Creatable): string[] {
  return store.prepare(`SELECT name FROM ${table} ORDER BY name_key`).pluck().all() as string[]
}

/** Names of a dictionary of the book, which take others if the import may add them. */
function dictionary(store: Store, one: string, table: Creatable, plan: ImportPlan): Vocabulary {
  const names = namesOf(store, table)
  const keys = new Set(names.map(nameKey))
  return {
    one,
    offered: names,
    knows: (text) => keys.has(nameKey(text)),
    others: plan.create.has(table) ? 'kept' : 'rejected',
    creatable: table,
  }
}

function stages(store: Store, plan: ImportPlan): Vocabulary {
  const known = dictionary(store, 'stage', 'stages', plan)
  return {
    ...known,
    knows: (text) => known.knows(text) || readStageWords(text, plan.words, []) !== null,
  }
}

function outcomes({ words }: ImportPlan): Vocabulary {
  return fixed('outcome', ['open', 'won', 'lost'], (text) => {
    const says = statusWord(text, words) ?? readStageWords(text, words, [])?.says
    return says !== undefined || isBlankWord(text)
  })
}

/** The choices of a property; null for one that takes any text. */
function choices(store: Store, name: string): Vocabulary | null {
  const row = store
    .prepare('SELECT kind, choices FROM properties WHERE name_key = ?')
    .get(nameKey(name)) as { kind: PropertyKind | null; choices: string | null } | undefined
  const type = row ? toPropertyType(row.kind, row.choices) : null
  if (type?.kind !== 'choice') return null
  const keys = new Set(type.choices.map(nameKey))
  const knows = (text: string): boolean => keys.has(nameKey(text))
  return { one: name, offered: type.choices, knows, others: 'kept', creatable: null }
}

/** What the cells of a column may say, by what it is read as; null if they may say anything. */
export function vocabularyOf(store: Store, plan: ImportPlan, target: Target): Vocabulary | null {
  if (target.to === 'nothing') return null
  if (target.to === 'property') return choices(store, target.name)
  const { field } = target
  const own = FIXED[plan.kind]?.[field]
  if (own) return own
  if (field === 'stage' || field === 'from-stage') {
    return plan.kind === 'tasks' ? dictionary(store, 'stage', 'stages', plan) : stages(store, plan)
  }
  if (field === 'outcome') return outcomes(plan)
  const names = DICTIONARIES[field]
  if (names) return dictionary(store, names.one, names.table, plan)
  const type = findField(plan.kind, field)?.type
  return type === 'yesno' ? fixed(field, ['yes', 'no'], YES_OR_NO) : null
}
