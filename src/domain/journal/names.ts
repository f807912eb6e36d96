import { percentText } from '../lines/scaled.ts'
import { type Accounts, ROLES } from './accounts.ts'
import type { Posting } from './entry.ts'

/** What the parts in braces of accounts become. */
interface PartNames {
  client: (id: number) => string
  account: (id: number) => string
}

function rateName(tax: Posting['tax']): string {
  if (tax === null) return 'other'
  return tax.category === 'S' ? percentText(tax.rate) : tax.category
}

/** The longest name in an account, in characters. */
const LONGEST = 200

/** A name as a part of an account, without the signs that end one. */
function part(name: string): string {
  const plain = name.replaceAll(/[\p{C}\s]+/gu, ' ').replaceAll(/[:;"{}()[\]|*!]+/g, '-')
  const short = plain.length > LONGEST ? Array.from(plain).slice(0, LONGEST).join('') : plain
  return short.trim() || 'other'
}

/** A name as it stands in a pattern for names. */
const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** Is it an account of this client or bank account, under this or another name? */
function isOf(account: string, template: string, of: number): boolean {
  const named = template
    .split(/(\{\w+\})/)
    .map((each) =>
      each === '{client}' ? `[^:]* ${of}` : each === '{account}' ? '[^:]*' : literally(each),
    )
  return new RegExp(`^${named.join('')}$`, 'u').test(account)
}

/**
 * Names the accounts of postings. A client's has its number at the end, as two may have one name.
 * @param earlier the account to which something was posted before, if any: it stays, whatever its name is now, unless the
 *   accounts of the book have changed.
 */
export function accountNamer(
  accounts: Accounts,
  names: PartNames,
  earlier: (posting: Posting) => string | undefined = () => undefined,
): (posting: Posting) => string {
  return (posting) => {
    const { role, of, tax } = posting
    const template = accounts[role] ?? ROLES[role].usual
    const before = of === null ? undefined : earlier(posting)
    if (before !== undefined && of !== null && isOf(before, template, of)) return before
    return template.replaceAll(/\{(\w+)\}/g, (_, brace: string) => {
      if (brace === 'rate') return part(rateName(tax))
      if (of === null) return 'other'
      // The number of a client is never cut off.
      return brace === 'client' ? `${part(names.client(of))} ${of}` : part(names.account(of))
    })
  }
}
