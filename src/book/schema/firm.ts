import type { Generated } from 'kysely'
import type { CompanyTexts } from '../../domain/firm/company.ts'
import type { Day } from '../../domain/day.ts'
import type { LogoKind } from '../../domain/firm/logo.ts'
import type { TaxCategory } from '../../domain/firm/tax-category.ts'
import type { Portion } from '../../domain/lines/scaled.ts'

/** Your own company: no row until something of it is set, then one. */
export interface CompanyTable extends CompanyTexts {
  id: Generated<number>
  /** Always 1, so that there is one row at most. */
  only_one: Generated<1>
  /** The logo in Base64; the journal takes texts. */
  logo: string | null
  logo_kind: LogoKind | null
}

/** What all that an invoice is made of has in common: a name, and which one is taken by default. */
interface NamedTable {
  id: Generated<number>
  name: string
  name_key: string
  is_default: 0 | 1
}

/** A tax that is charged. */
export interface TaxesTable extends NamedTable {
  rate: Portion
  category: TaxCategory
  /** Why there is none, as invoices say it. */
  reason: string | null
  /** The first day it is charged; null is always. */
  valid_from: Day | null
}

/** When invoices are to be paid. */
export interface TermsTable extends NamedTable {
  days: number
  end_of_month: 0 | 1
  discount: Portion | null
  discount_days: number | null
}

/** An account to be paid to. */
export interface BankAccountsTable extends NamedTable {
  iban: string | null
  bic: string | null
  /** The number of an account without an IBAN, and its bank's sort code. */
  number: string | null
  sort_code: string | null
  currency: string
}
