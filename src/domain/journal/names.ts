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

/** A name as a part of an account, without the signs that end one. */
function part(name: string): string {
  const plain = name.replaceAll(/[\p{C}\s]+/gu, ' ').replaceAll(/[:;"{}()[\]|*!]+/g, '-')
  return plain.trim() || 'other'
}

/** Names the accounts of postings. A client's has its number at the end, as two may have one name. */
export function accountNamer(accounts: Accounts, names: PartNames): (posting: Posting) => string {
  return ({ role, of, tax }) =>
    (accounts[role] ?? ROLES[role].usual).replaceAll(/\{(\w+)\}/g, (_, brace: string) => {
      if (brace === 'rate') return part(rateName(tax))
      if (of === null) return 'other'
      return part(brace === 'client' ? `${names.client(of)} ${of}` : names.account(of))
    })
}
