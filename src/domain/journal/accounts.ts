import { Fault } from '../fault.ts'

/**
 * What the accounts of a journal are for. `{client}` is the client and its number, `{account}` the bank account, and
 * `{rate}` the tax rate, or the category of what is not taxed.
 */
export const ROLES = {
  receivable: { usual: 'Assets:Receivable:{client}', about: 'what clients owe' },
  sales: { usual: 'Income:Sales', about: 'net amounts of invoices' },
  tax: { usual: 'Liabilities:Tax', about: 'tax of invoices' },
  bank: { usual: 'Assets:Bank:{account}', about: 'payments to a bank account' },
  cash: { usual: 'Assets:Cash', about: 'payments without a bank account' },
  'write-off': { usual: 'Expenses:Bad-Debts', about: 'what was written off' },
  discount: { usual: 'Expenses:Discounts', about: 'discounts that clients took' },
  fee: { usual: 'Expenses:Bank-Fees', about: 'fees that were held back' },
  exchange: { usual: 'Income:Exchange', about: 'differences between exchange rates' },
} as const satisfies Record<string, { usual: string; about: string }>

export type Role = keyof typeof ROLES

export const ROLE_NAMES = Object.keys(ROLES) as Role[]

/** The accounts that a book names; the usual ones for the rest. */
export type Accounts = Partial<Record<Role, string>>

/** The parts in braces that each role can have. */
const PARTS: Partial<Record<Role, string>> = {
  receivable: 'client',
  sales: 'rate',
  tax: 'rate',
  bank: 'account',
}

const HINT = 'write it as Income:Sales, or as a number: 4400'

/** Can this be the name of the account for a role? */
function isAccount(role: Role, text: string): boolean {
  const plain = text.replaceAll(`{${PARTS[role] ?? ''}}`, 'x')
  return (
    text.length <= 200 &&
    plain.split(':').every((part) => /^[\p{L}\p{N}](?: ?[^\p{C}\s:;"{}()[\]|*!]+)*$/u.test(part))
  )
}

/**
 * Reads the name of an account: parts with colons between them.
 * @throws Fault `usage` if journals cannot have it, or it has a part in braces that the role does not have.
 */
export function parseAccount(role: Role, text: string): string {
  const account = text.trim().replaceAll(/\s+/g, ' ')
  if (isAccount(role, account)) return account
  const brace = /\{.*\}/.exec(account)?.[0]
  if (brace !== undefined && brace !== `{${PARTS[role]}}`) {
    const own = PARTS[role]
    const hint = own === undefined ? `leave ${brace} out` : `there is {${own}}`
    throw new Fault('usage', `account-${role} has no ${brace}`, hint)
  }
  throw new Fault('usage', `“${text}” is not the name of an account`, HINT)
}

/** Reads what the book keeps of its accounts, as JSON; null if it cannot be that. */
export function keptAccounts(text: string): Accounts | null {
  try {
    const kept = JSON.parse(text) as unknown
    if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null
    const all = Object.entries(kept)
    const isRight = all.every(
      ([role, account]) =>
        Object.hasOwn(ROLES, role) &&
        typeof account === 'string' &&
        isAccount(role as Role, account),
    )
    return isRight ? Object.fromEntries(all) : null
  } catch {
    return null
  }
}
