import type { Db } from '../../book/store/db.ts'
import { COMPANY_TEXTS, type CompanyTexts } from '../../domain/firm/company.ts'
import type { LogoKind } from '../../domain/firm/logo.ts'
import type { Terms } from '../../domain/firm/terms.ts'
import type { TaxCategory } from '../../domain/firm/tax-category.ts'
import { percentText, type Portion } from '../../domain/lines/scaled.ts'
import { nameKey } from '../../domain/name.ts'
import { perField } from '../../domain/text-fields.ts'
import { type AccountValues, addAccount, editAccount, listAccounts } from './bank-accounts.ts'
import { type CompanyValues, loadCompany, setCompany } from './company.ts'
import { addTax, editTax, listTaxes, type TaxValues } from './taxes.ts'
import { addTerms, editTerms, listTerms } from './terms.ts'

/** Your company with all that invoices are made of, as its file has it; rates are percentages: `19%`. */
export interface FirmFile {
  company: CompanyTexts & { logo: { kind: LogoKind; base64: string } | null }
  taxes: {
    name: string
    rate: string
    category: TaxCategory
    reason: string | null
    valid_from: string | null
    default: boolean
  }[]
  terms: {
    name: string
    days: number
    end_of_month: boolean
    discount: string | null
    discount_days: number | null
    default: boolean
  }[]
  bank_accounts: {
    name: string
    iban: string | null
    bic: string | null
    number: string | null
    sort_code: string | null
    currency: string
    default: boolean
  }[]
}

/** What is to be in a file of your company. */
export async function firmFile(db: Db): Promise<FirmFile> {
  const { logo, ...texts } = await loadCompany(db)
  const [taxes, terms, accounts] = [
    await listTaxes(db),
    await listTerms(db),
    await listAccounts(db),
  ]
  return {
    company: {
      ...perField(COMPANY_TEXTS, (name) => texts[name]),
      logo: logo && { kind: logo.kind, base64: logo.bytes.toString('base64') },
    },
    taxes: taxes.map((tax) => ({
      name: tax.name,
      rate: percentText(tax.rate),
      category: tax.category,
      reason: tax.reason,
      valid_from: tax.valid_from,
      default: tax.is_default === 1,
    })),
    terms: terms.map((row) => ({
      name: row.name,
      days: row.days,
      end_of_month: row.end_of_month === 1,
      discount: row.discount === null ? null : percentText(row.discount),
      discount_days: row.discount_days,
      default: row.is_default === 1,
    })),
    bank_accounts: accounts.map(({ iban, bic, number, currency, ...row }) => ({
      name: row.name,
      iban,
      bic,
      number,
      sort_code: row.sort_code,
      currency,
      default: row.is_default === 1,
    })),
  }
}

/** An entry that a file names, and whether it is the default one. */
interface Entry {
  name: string
  isDefault: true | undefined
}

/** What a file of your company says, checked. */
export interface FirmValues {
  company: CompanyValues
  taxes: (Entry & TaxValues & { rate: Portion })[]
  terms: (Entry & Terms)[]
  accounts: (Entry & AccountValues & { currency: string })[]
}

/** How much of a file was brought into the book. */
export interface FirmBrought {
  texts: number
  taxes: number
  terms: number
  bank_accounts: number
}

/** Brings a file of your company into the book: entries of the same name are changed, others stay. */
export async function bringFirm(db: Db, values: FirmValues): Promise<FirmBrought> {
  const idIn = (entries: readonly { id: number; name_key: string }[], name: string) =>
    entries.find((entry) => entry.name_key === nameKey(name))?.id
  const given = Object.values(values.company).some((value) => value !== undefined)
  const set = given ? await setCompany(db, values.company) : []
  for (const { name, ...tax } of values.taxes) {
    const id = idIn(await listTaxes(db), name)
    if (id === undefined) await addTax(db, name, tax)
    else await editTax(db, id, { ...tax, name })
  }
  for (const { name, isDefault, ...terms } of values.terms) {
    const id = idIn(await listTerms(db), name)
    if (id === undefined) await addTerms(db, name, terms, isDefault)
    else await editTerms(db, id, { ...terms, name, isDefault })
  }
  for (const { name, isDefault, ...account } of values.accounts) {
    const id = idIn(await listAccounts(db), name)
    if (id === undefined) await addAccount(db, name, account, isDefault)
    else await editAccount(db, id, { ...account, name, isDefault })
  }
  return {
    texts: set.length,
    taxes: values.taxes.length,
    terms: values.terms.length,
    bank_accounts: values.accounts.length,
  }
}
