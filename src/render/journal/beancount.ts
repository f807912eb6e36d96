import { Fault } from '../../domain/fault.ts'
import type { Posting } from '../../domain/journal/entry.ts'
import { amountText, type Journal, newAccounts, plain } from './shape.ts'

/** What every account of beancount begins with. */
const ROOTS = ['Assets', 'Liabilities', 'Equity', 'Income', 'Expenses']

/** A part of an account: letters, digits and dashes, with a capital or a digit at its beginning. */
function part(name: string): string {
  const slug = name.replaceAll(/[^\p{L}\p{M}\p{Nd}]+/gu, '-').replaceAll(/^-|-$/g, '')
  const capital = slug.charAt(0).toUpperCase() + slug.slice(1)
  return /^[\p{Lu}\p{Nd}]/u.test(capital) ? capital : `A-${capital}`
}

/** An account as beancount spells it. */
const spelled = (name: string): string => {
  const [root = '', ...parts] = name.split(':')
  return [root, ...parts.map(part)].join(':')
}

/** @throws Fault `usage` if the account has a beginning that beancount does not know. */
function accountOf(posting: Posting, name: string): string {
  const [root = '', ...parts] = name.split(':')
  if (!ROOTS.includes(root) || parts.length === 0) {
    const message = `“${name}” is not an account of beancount: those begin with ${ROOTS.join(':, ')}:`
    const hint = `rename it: funnel settings set account-${posting.role} Assets:…`
    throw new Fault('usage', message, hint)
  }
  return spelled(name)
}

const quoted = (text: string): string =>
  `"${plain(text, /(?!)/g).replaceAll(/["\\]/g, String.raw`\$&`)}"`

const link = (number: string): string => `^${number.replaceAll(/[^A-Za-z0-9\-_/.]+/g, '-')}`

/** Accounts are open from the beginning, as a later file may have earlier entries. */
const OPENED = '1970-01-01'

/** A journal for beancount (`bean-check` takes it). */
export async function* beancountJournal(journal: Journal): AsyncGenerator<string> {
  const { currency, entries, client } = journal
  const account = (posting: Posting): string => accountOf(posting, journal.account(posting))
  yield `option "operating_currency" "${currency.code}"\n\n`
  const accounts = await newAccounts({
    ...journal,
    account,
    declared: new Set([...journal.declared].map(spelled)),
  })
  yield accounts.map((name) => `${OPENED} open ${name} ${currency.code}\n`).join('')
  for await (const { day, clientId, document, dueOn, text, uid, postings } of entries()) {
    const head = [day, '*', quoted(client(clientId)), quoted(text)]
    if (document !== null) head.push(link(document))
    const lines = [
      head.join(' '),
      `  client: "${clientId}"`,
      ...(dueOn === null ? [] : [`  due: ${dueOn}`]),
      `  uid: "${uid}"`,
      ...postings.map((one) => `  ${account(one)}  ${amountText(one.amount, currency)}`),
    ]
    yield `\n${lines.join('\n')}\n`
  }
}
