import type { Db } from '../../book/store/db.ts'
import { type Missing, missingFor } from '../../domain/firm/company.ts'
import { Fault } from '../../domain/fault.ts'
import { listAccounts } from '../../records/firm/bank-accounts.ts'
import { loadCompany } from '../../records/firm/company.ts'
import { COMPANY_TEXTS } from '../../domain/firm/company.ts'
import { perField } from '../../domain/text-fields.ts'
import type { Invoice } from './find.ts'

/** Who is billed, as an invoice keeps it. */
export interface Buyer {
  name: string
  kind: 'company' | 'person'
  street: string | null
  postcode: string | null
  town: string | null
  region: string | null
  country: string | null
  vat_id: string | null
  tax_number: string | null
  e_address: string | null
}

/** Who bills and where to pay to, as an invoice keeps it. */
export type Seller = Record<keyof typeof COMPANY_TEXTS, string | null> & {
  account: {
    name: string
    iban: string | null
    bic: string | null
    number: string | null
    sort_code: string | null
  } | null
}

/** What an invoice keeps of its client. */
export const BUYER = [
  'name',
  'kind',
  'street',
  'postcode',
  'town',
  'region',
  'country',
  'vat_id',
  'tax_number',
  'e_address',
] as const satisfies (keyof Buyer)[]

/** The client as it is now. */
export async function loadBuyer(db: Db, clientId: number): Promise<Buyer> {
  return db.selectFrom('clients').select(BUYER).where('id', '=', clientId).executeTakeFirstOrThrow()
}

/** Your company as it is now, with the account of an invoice: its own, else the default one in its currency. */
export async function loadSeller(
  db: Db,
  { bank_account_id: own, currency }: Pick<Invoice, 'bank_account_id' | 'currency'>,
): Promise<{ seller: Seller; accountId: number | null }> {
  const company = await loadCompany(db)
  const accounts = await listAccounts(db)
  const account =
    accounts.find(({ id }) => id === own) ??
    accounts.find((one) => one.currency === currency) ??
    accounts[0]
  return {
    accountId: account?.id ?? null,
    seller: {
      ...perField(COMPANY_TEXTS, (name) => company[name]),
      account: account
        ? {
            name: account.name,
            iban: account.iban,
            bic: account.bic,
            number: account.number,
            sort_code: account.sort_code,
          }
        : null,
    },
  }
}

/** What an invoice lacks of its seller and its buyer, with what to type. */
export function lackingFor(seller: Seller, buyer: Buyer, clientId: number): Missing[] {
  const own = missingFor(seller, seller.account === null ? 0 : 1).filter(
    ({ needed }) => needed === 'invoice',
  )
  const edit = (option: string, value: string): string =>
    `funnel client edit ${clientId} --${option} ${value}`
  const theirs = (['street', 'town', 'country'] as const).flatMap((part): Missing[] =>
    buyer[part] === null
      ? [
          {
            what: `the client’s ${part}`,
            needed: 'invoice',
            command: edit(part, part.toUpperCase()),
          },
        ]
      : [],
  )
  return [...own.map((lack) => ({ ...lack, what: `your ${lack.what}` })), ...theirs]
}

/** @throws Fault `failed` with all that is missing and what to type. */
export function requireComplete(lacking: readonly Missing[], name: string): void {
  const [first] = lacking
  if (!first) return
  const names = lacking.map(({ what }) => what)
  const commands = lacking.map(({ command }) => `\n  ${command}`).join('')
  throw new Fault(
    'failed',
    `${name} cannot be issued yet: it lacks ${names.join(', ')}`,
    `set what is missing, or add --incomplete to issue it without:${commands}`,
  )
}
