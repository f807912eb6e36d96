import type { Entry } from '../../domain/journal/entry.ts'
import { amountText, type Journal, newAccounts, plain } from './shape.ts'

/** What differs between hledger and ledger, which write entries alike. */
interface Dialect {
  commodity: (currency: Journal['currency']) => string
  /** The line of an entry after its day, and its notes. */
  head: (entry: Entry, client: string) => string
}

/** What ends a description, or a code. */
const SIGNS = /[;|]/g

const described = (text: string): string => plain(text, SIGNS) || '-'

/** The code and the client; an empty code where a name in brackets would be taken for one. */
function about({ document }: Entry, client: string): string {
  const name = described(client)
  if (document !== null) return `(${plain(document, /[;|()]/g)}) ${name}`
  return name.startsWith('(') ? `() ${name}` : name
}

/** What programs find an entry by. */
const tags = ({ clientId, dueOn, uid }: Entry): [string, string][] => [
  ['client', String(clientId)],
  ...(dueOn === null ? [] : [['due', dueOn] as [string, string]]),
  ['uid', uid],
]

const HLEDGER: Dialect = {
  // A currency without decimals is written with the point that would be before them.
  commodity: ({ code: own, digits }) => `commodity 1000.${'0'.repeat(digits)} ${own}\n`,
  head: (entry, client) => {
    const notes = tags(entry).map(([key, value]) => `${key}:${value}`)
    return `${about(entry, client)} | ${described(entry.text)}  ; ${notes.join(', ')}`
  },
}

const LEDGER: Dialect = {
  commodity: ({ code: own, digits }) =>
    `commodity ${own}\n    format 1000${digits === 0 ? '' : `.${'0'.repeat(digits)}`} ${own}\n\n` +
    'tag client\ntag due\ntag uid\n',
  head: (entry, client) =>
    [
      about(entry, client),
      // A word with a colon would be a tag.
      described(entry.text).replaceAll(':', '-'),
      ...tags(entry).map(([key, value]) => `${key}: ${value}`),
    ].join('\n    ; '),
}

async function* journal(of: Journal, { commodity, head }: Dialect): AsyncGenerator<string> {
  yield `${commodity(of.currency)}\n`
  // Each file declares what it uses, as hledger asks for it.
  const accounts = await newAccounts({ ...of, declared: new Set() })
  yield accounts.map((account) => `account ${account}\n`).join('')
  for await (const entry of of.entries()) {
    const postings = entry.postings.map(
      (one) => `    ${of.account(one)}    ${amountText(one.amount, of.currency)}\n`,
    )
    yield `\n${entry.day} * ${head(entry, of.client(entry.clientId))}\n${postings.join('')}`
  }
}

/** A journal for hledger (`hledger check -s` takes it). */
export function hledgerJournal(of: Journal): AsyncGenerator<string> {
  return journal(of, HLEDGER)
}

/** A journal for ledger (`ledger --pedantic` takes it). */
export function ledgerJournal(of: Journal): AsyncGenerator<string> {
  return journal(of, LEDGER)
}
