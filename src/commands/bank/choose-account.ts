import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import { ibanProblem, ibanText } from '../../domain/firm/iban.ts'
import { isSameAccount } from '../../domain/firm/same-account.ts'
import { quoted } from '../../domain/plain-text.ts'
import type { BookingAccount } from '../../import/bookings/writer.ts'
import type { StatementHead } from '../../money/bank/balance.ts'
import { listAccounts } from '../../records/firm/bank-accounts.ts'
import { shellWord } from '../../cli/shell-word.ts'
import { find } from '../../records/lookup.ts'

const SEE = 'see: funnel bank account list'

async function accountsIn(db: Db): Promise<BookingAccount[]> {
  const accounts = await listAccounts(db)
  return accounts.map(({ id, name, iban, number, sort_code: sortCode, currency }) => ({
    id,
    name,
    iban,
    number,
    sortCode,
    currency,
  }))
}

function numberOf({ iban, number }: BookingAccount): string {
  return iban === null ? (number ?? '') : ibanText(iban)
}

/** How an account with such a number is added. */
function optionFor(number: string): string {
  const iban = number.replaceAll(/\s/g, '').toUpperCase()
  if (ibanProblem(iban) === null) return `--iban ${iban}`
  const [bank, own] = number.split('/')
  return own === undefined
    ? `--number ${shellWord(number)}`
    : `--number ${shellWord(own)} --sort-code ${shellWord(bank ?? '')}`
}

/** The different accounts that a file says it is of. */
function accountsOf(heads: readonly StatementHead[]): string[] {
  return [...new Set(heads.flatMap(({ account }) => account ?? []))]
}

/** @throws Fault `usage` if no statement of the file is of the account, or all are in another currency. */
function requireStatement(
  name: string,
  account: BookingAccount,
  heads: readonly StatementHead[],
): void {
  const named = accountsOf(heads)
  const own = heads.filter(({ account: one }) => one === null || isSameAccount(one, account))
  if (named.length > 0 && own.length === 0) {
    const of = named
      .slice(0, 3)
      .map((one) => quoted(one))
      .join(', ')
    throw new Fault(
      'usage',
      `${name} is a statement of ${of}, and not of ${account.name} (${numberOf(account)})`,
      `if it is the same one, add the number: funnel bank account edit "${account.name}" --number ${named[0]}`,
    )
  }
  const currency = own[0]?.currency
  if (
    currency &&
    own.every((head) => head.currency === currency) &&
    currency !== account.currency
  ) {
    throw new Fault(
      'usage',
      `${name} is in ${currency}, and ${account.name} in ${account.currency}`,
      `if that is wrong: funnel bank account edit "${account.name}" --currency ${currency}`,
    )
  }
}

/** The account of the book that a file is of, by what it says itself. */
function ofFile(
  name: string,
  accounts: readonly BookingAccount[],
  named: readonly string[],
): BookingAccount {
  const own = accounts.filter((account) => named.some((one) => isSameAccount(one, account)))
  const [only, other] = own
  if (only && !other) return only
  const which = named
    .slice(0, 3)
    .map((one) => quoted(one))
    .join(', ')
  if (only) {
    const names = own.map((account) => account.name).join(', ')
    throw new Fault(
      'usage',
      `${name} may be of several accounts: ${names}`,
      'name one with --account',
    )
  }
  throw new Fault(
    'usage',
    `${name} is a statement of ${which}, which is not an account of the book`,
    `add it: funnel bank account add NAME ${optionFor(named[0] ?? '')}; or say which it is with --account`,
  )
}

/**
 * The account that the bookings of a file are of: the one named, else the one that the file names, else the only one
 * of the book.
 * @throws Fault `usage` if the file is of another one, or nothing says which.
 */
export async function chooseAccount(
  context: Context,
  name: string,
  { heads, isWhole }: { heads: readonly StatementHead[]; isWhole: boolean },
  wanted: string | undefined,
): Promise<BookingAccount> {
  const { db } = await context.book()
  const accounts = await accountsIn(db)
  if (accounts.length === 0) {
    const hint = 'add it first: funnel bank account add NAME --iban IBAN'
    throw new Fault('usage', 'the book has no bank account', hint)
  }
  const named = accountsOf(heads)
  const chosen = async (): Promise<BookingAccount> => {
    if (wanted !== undefined) {
      const { id } = await find(db, 'bank-account', wanted)
      return accounts.find((one) => one.id === id) as BookingAccount
    }
    if (named.length > 0) return ofFile(name, accounts, named)
    const [only, other] = accounts
    if (only && !other) return only
    throw new Fault(
      'usage',
      `${name} does not say of which account it is`,
      `name it with --account; ${SEE}`,
    )
  }
  const account = await chosen()
  // The first rows of a table do not say what the others are of.
  if (isWhole) requireStatement(name, account, heads)
  return account
}
