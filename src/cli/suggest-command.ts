import { distance } from 'fastest-levenshtein'
import { DELETE, GONE, NOUNS, OPTIONS, VERBS, WHOLE } from './suggest-words.ts'

/** A table's word for one that was typed: itself, or the word that it stands for. */
function meant(table: Record<string, string[]>, word: string | undefined): string | undefined {
  if (word === undefined) return undefined
  const key = word.toLowerCase()
  if (Object.hasOwn(table, key)) return key
  return Object.keys(table).find((name) => table[name]?.includes(key))
}

function isNear(typed: string, word: string): boolean {
  const letters = (text: string): string => text.split('').toSorted().join('')
  return (
    distance(typed, word) <= Math.max(1, Math.floor(typed.length / 3)) ||
    (typed.length > 3 && letters(typed) === letters(word))
  )
}

/** The known word closest to a typed one, if it is close enough. */
function nearest(typed: string, words: readonly string[]): string | undefined {
  const near = words.filter((word) => isNear(typed.toLowerCase(), word))
  return near.toSorted((a, b) => distance(typed, a) - distance(typed, b))[0]
}

/** A word as it would be typed again: in quotes if it has spaces. */
function again(words: readonly string[]): string {
  return words.map((word) => (/^[\w.,:@/+#-]+$/.test(word) ? word : `"${word}"`)).join(' ')
}

const KINDS = [
  'clients',
  'deals',
  'history',
  'interactions',
  'tasks',
  'products',
  'prices',
  'lines',
  'goals',
  'invoices',
  'payments',
  'company',
  'processes',
  'rates',
]

/** Does a word look like a file rather than a kind of record? */
function isFile(word: string): boolean {
  return word === '-' || /[./\\]/.test(word)
}

function importHint(file: string, guess: string | undefined): string {
  if (guess === 'bookings') {
    return `it is a statement of your bank: funnel bank import ${again([file])}`
  }
  const first = guess ?? 'clients'
  const others = KINDS.filter((kind) => kind !== first).join(', ')
  return `say what is in it: funnel import ${first} ${again([file])} (or ${others})`
}

function ofNoun(noun: string, verb: string | undefined, rest: string[], paths: Set<string>) {
  if (verb === undefined) return undefined
  if (paths.has(`${noun} ${verb}`)) return again(['funnel', noun, verb, ...rest])
  if (verb === 'delete') {
    // What cannot be undone is not put together for anybody to copy.
    if (rest.length === 0 || noun === 'client') return GONE[noun]
    return GONE[noun]?.replace(/\b[A-Z]+\b/, () => again([rest.join(' ')]))
  }
  if (verb === 'find') return again(['funnel', 'find', ...rest])
  if (paths.has(`${verb} ${noun}s`)) return again(['funnel', verb, `${noun}s`, ...rest])
  if (noun === 'deal' && (verb === 'win' || verb === 'lose'))
    return again(['funnel', verb, ...rest])
  if (noun === 'deal' && verb === 'done') return 'funnel win DEAL, or funnel lose DEAL'
  if (noun === 'settings' && verb === 'edit') return again(['funnel', 'settings', 'set', ...rest])
  return likeVerb(noun, verb, rest, paths)
}

/** The verb of a noun that means the same: a company is set rather than edited, and shown rather than listed. */
function likeVerb(noun: string, verb: string, rest: string[], paths: Set<string>) {
  const same = [...paths].find((path) => {
    const [head, own, ...more] = path.split(' ')
    return head === noun && more.length === 0 && meant(VERBS, own) === verb
  })
  if (same !== undefined) return again(['funnel', ...same.split(' '), ...rest])
  const other = { list: 'show', show: 'list' }[verb]
  return other !== undefined && paths.has(`${noun} ${other}`)
    ? `funnel ${noun} ${other}`
    : undefined
}

/** The command of a group within a group that was meant: `product prise add` is `product price add`. */
function ofGroup(
  noun: string,
  words: readonly string[],
  members: readonly string[],
): string | undefined {
  const [first = '', second = '', ...rest] = words
  const groups = [
    ...new Set(
      members.filter((name) => name.includes(' ')).map((name) => name.split(' ')[0] ?? ''),
    ),
  ]
  const [only = ''] = groups
  const group = nearest(first, groups)
  if (group === undefined) {
    // Where all commands are in one group, its name may be left out: `bank list`.
    const isOnly = only !== '' && members.every((name) => name.startsWith(`${only} `))
    return isOnly && first !== '' ? ofGroup(noun, [only, ...words], members) : undefined
  }
  const verbs = members
    .filter((name) => name.startsWith(`${group} `))
    .map((name) => name.slice(group.length + 1))
  const meantVerb = meant(VERBS, second) ?? second
  const verb =
    verbs.find((name) => name === meantVerb || meant(VERBS, name) === meantVerb) ??
    nearest(second, verbs)
  return verb === undefined
    ? `funnel ${noun} ${group} --help`
    : again(['funnel', noun, group, verb, ...rest])
}

/** What a group exports or imports under another form of its name: `export line`, `import price-list`. */
function ofMember(
  group: string,
  [typed, ...rest]: readonly string[],
  all: readonly string[],
): string | undefined {
  if (typed === undefined || !['export', 'import'].includes(group)) return undefined
  const plural = typed.toLowerCase().replace(/-?lists?$/, 's')
  const members = all.flatMap((path) => {
    const [head, member = '', ...more] = path.split(' ')
    return head === group && more.length === 0 ? [member] : []
  })
  const near = nearest(plural, members)
  return near && again(['funnel', group, near, ...rest])
}

/** What a noun without a verb of its own is most likely to mean. */
function alone(noun: string, rest: string[], paths: Set<string>): string | undefined {
  if (rest.length === 0) return paths.has(`${noun} list`) ? `funnel ${noun} list` : undefined
  if (noun === 'task') return `funnel task add ${again([rest.join(' ')])}, or funnel task list`
  if (noun === 'settings') return again(['funnel', 'settings', 'get', ...rest])
  if (noun === 'report') return `funnel report run ${again(rest)}, or see: funnel report --help`
  if (paths.has(`${noun} show`)) return `funnel ${noun} show ${again([rest.join(' ')])}`
  return paths.has(`${noun} list`) ? `funnel ${noun} list` : undefined
}

/**
 * The command line that a person may have meant by words that are not a command: `add client`,
 * `list deals`, `client Harbour`, `leads`, `import list.csv`.
 * @param words what was typed, without options.
 * @param all the paths of all commands: `client add`.
 * @param guess what a file that was named may hold.
 * @returns what to type; undefined if nothing is likely.
 */
export function suggestCommand(
  words: readonly string[],
  all: readonly string[],
  guess: (file: string) => string | undefined = () => undefined,
): string | undefined {
  const [first = '', second, ...rest] = words
  const paths = new Set(all)
  const heads = [...new Set(all.map((path) => path.split(' ', 1)[0] ?? ''))]
  if (meant(VERBS, first) === 'import' && second !== undefined) {
    const noun = meant(NOUNS, second)
    if (noun !== undefined && all.includes(`import ${noun}s`)) {
      return again(['funnel', 'import', `${noun}s`, ...rest])
    }
    if (/^(?:bookings?|statements?)$/i.test(second)) {
      return again(['funnel', 'bank', 'import', ...rest])
    }
    if (isFile(second)) return importHint(second, guess(second))
  }
  if (isFile(first) && words.length === 1) return importHint(first, guess(first))
  const noun = meant(NOUNS, first)
  if (noun !== undefined) {
    const members = all.flatMap((path) =>
      path.startsWith(`${noun} `) ? [path.slice(noun.length + 1)] : [],
    )
    const verb = meant(VERBS, second) ?? (second && nearest(second, members))
    const found = members.includes(second ?? '')
      ? again(['funnel', noun, second ?? '', ...rest])
      : ofNoun(noun, verb, rest, paths)
    return found ?? ofGroup(noun, words.slice(1), members) ?? alone(noun, words.slice(1), paths)
  }
  const verb = meant(VERBS, first)
  const object = meant(NOUNS, second)
  if (verb !== undefined && object !== undefined) {
    const found = ofNoun(object, verb, rest, paths)
    if (found !== undefined) return found
  }
  if (Object.hasOwn(WHOLE, first.toLowerCase())) return WHOLE[first.toLowerCase()]
  if (verb === 'delete') return DELETE
  if (verb !== undefined && (paths.has(verb) || (heads.includes(verb) && second === undefined))) {
    return again(['funnel', verb, ...words.slice(1)])
  }
  if (verb === 'add') return 'funnel client add NAME, or funnel deal add CLIENT TITLE'
  if (verb === 'list') return 'funnel client list, or funnel deal list, or funnel task list'
  if (verb === 'show') return 'funnel client show CLIENT, or funnel deal show DEAL'
  if (verb === 'edit') return 'funnel client edit CLIENT, or funnel deal edit DEAL'
  const near = nearest(first, heads)
  if (near === first) return ofMember(near, words.slice(1), all) ?? `funnel ${near} --help`
  return near && again(['funnel', near, ...words.slice(1)])
}

/** The option that an unknown one may mean, of those that the command has. */
export function suggestOption(typed: string, known: readonly string[]): string | undefined {
  const [name = ''] = typed.split('=', 1)
  const meantHere = OPTIONS[name]?.find((option) => known.includes(option.split(' ', 1)[0] ?? ''))
  return meantHere ?? nearest(name, known)
}
