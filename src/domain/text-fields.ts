import { tidyName, tidyText } from './name.ts'

/**
 * A text that a client or a deal has. Its name, one lowercase word, is that of its column in the book, its
 * option, the column of files that it is read from and exported to, and its key in JSON.
 */
export interface TextField {
  /** What cards and lists call it. */
  label: string
  /**
   * A `word` is one line that records are listed, compared and chosen by. Figures go by it, so it stays
   * when its client is erased. `prose` may have several lines; `funnel find` looks through it, and it goes
   * when its client is erased.
   */
  kind: 'word' | 'prose'
  /** One line on its option. */
  option: string
  /** One line on what a column of a file holds that is read as it. */
  column: string
  /** Several columns of a file may feed it. */
  many?: true
}

/** Fields by name. */
export type TextFields<N extends string> = Readonly<Record<N, TextField>>

/** The texts of a client. */
export const CLIENT_TEXTS = {
  region: {
    label: 'Region',
    kind: 'word',
    option: 'where it is',
    column: 'state, province or territory',
  },
  size: {
    label: 'Size',
    kind: 'word',
    option: 'how big it is',
    column: 'how large a client it is',
  },
  rating: {
    label: 'Rating',
    kind: 'word',
    option: 'how much it matters, such as A',
    column: 'how good a client it is: A, B, C; hot, warm, cold',
  },
  note: { label: 'Note', kind: 'prose', option: 'anything else', column: 'remarks', many: true },
} as const satisfies TextFields<string>

/** The texts of a deal. A note on a step of it belongs to that event. */
export const DEAL_TEXTS = {
  need: {
    label: 'Need',
    kind: 'prose',
    option: 'what the client needs',
    column: 'what the client wants',
  },
  note: { label: 'Note', kind: 'prose', option: 'anything else', column: 'remarks', many: true },
} as const satisfies TextFields<string>

type ClientText = keyof typeof CLIENT_TEXTS
type DealText = keyof typeof DEAL_TEXTS

/** The texts of a client as stored in the book; null is not known. */
export type ClientTexts = Record<ClientText, string | null>

/** The same of a deal. */
export type DealTexts = Record<DealText, string | null>

/** The names of fields, in order of declaration; only those of a kind if one is given. */
export function namesOf<N extends string>(fields: TextFields<N>, kind?: TextField['kind']): N[] {
  const names = Object.keys(fields) as N[]
  return kind === undefined ? names : names.filter((name) => fields[name].kind === kind)
}

/** Something for each field, by its name: `perField(CLIENT_TEXTS, () => null)` are texts not known. */
export function perField<N extends string, T>(
  fields: TextFields<N>,
  make: (name: NoInfer<N>, field: TextField) => T,
): Record<N, T> {
  const made = {} as Record<N, T>
  for (const name in fields) made[name] = make(name, fields[name])
  return made
}

/** The given texts as they are stored; undefined ones are left out, and null clears. */
export function givenTexts<N extends string>(
  fields: TextFields<N>,
  texts: { [name in NoInfer<N>]?: string | null | undefined },
): Partial<Record<N, string | null>> {
  const given = namesOf(fields).filter((name) => texts[name] !== undefined)
  return Object.fromEntries(
    given.map((name) => [name, tidied(fields[name], texts[name])]),
  ) as Partial<Record<N, string | null>>
}

/** A text as it is stored: a word as one line, prose with its lines; null if nothing is left. */
export function tidied({ kind }: TextField, text: string | null | undefined): string | null {
  return (kind === 'word' ? tidyName(text ?? '') : tidyText(text ?? '')) || null
}
