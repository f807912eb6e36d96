import { isDay } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { COMPANY_TEXTS } from '../../domain/firm/company.ts'
import { parseBic, parseIban } from '../../domain/firm/iban.ts'
import { readLogo } from '../../domain/firm/logo.ts'
import { CATEGORY_CODES, type TaxCategory } from '../../domain/firm/tax-category.ts'
import { parsePortion } from '../../domain/lines/read.ts'
import { parseCurrency } from '../../domain/settings.ts'
import { perField } from '../../domain/text-fields.ts'
import type { FirmValues } from '../../records/firm/exchange.ts'
import { type JsonValues, readJson } from '../json-values.ts'

const HINT = 'funnel export company writes such a file'
const MOST_DAYS = 3650

const TAX = ['name', 'rate', 'category', 'reason', 'valid_from', 'default']
const TERMS = ['name', 'days', 'end_of_month', 'discount', 'discount_days', 'default']
const ACCOUNT = ['name', 'iban', 'bic', 'number', 'sort_code', 'currency', 'default']

function readCategory(text: string): TaxCategory {
  const found = CATEGORY_CODES.find((code) => code === text)
  if (found) return found
  throw new Fault('usage', `“${text}” is not one of ${CATEGORY_CODES.join(', ')}`)
}

function readDay(text: string) {
  if (isDay(text)) return text
  throw new Fault('usage', `“${text}” is not a day`)
}

function readPicture(of: JsonValues | null) {
  if (of === null) return undefined
  const base64 = of.only(['kind', 'base64']).needed('base64')
  return readLogo(Buffer.from(base64, 'base64'), 'the logo')
}

/**
 * Reads a file of your company, as `funnel export company` writes it. What it leaves out stays as it is.
 * @throws Fault `usage` with what is wrong, and where; also where it has what would not be read.
 */
export function readFirm(text: string, name: string): FirmValues {
  const is = { key: 'company', what: 'a file of a company' }
  const all = readJson(text, { name, hint: HINT }, is)
  all.only(['company', 'taxes', 'terms', 'bank_accounts'])
  const company = all.object('company')?.only([...Object.keys(COMPANY_TEXTS), 'logo'])
  const isDefault = (of: JsonValues): true | undefined => (of.flag('default') ? true : undefined)
  return {
    company: {
      ...perField(COMPANY_TEXTS, (field): string | undefined => company?.text(field) ?? undefined),
      logo: readPicture(company?.object('logo') ?? null),
    },
    taxes: all.list('taxes', TAX).map(({ name: called, of }) => ({
      name: called,
      rate: of.needed('rate', (rate) => parsePortion(rate, 'tax rate')),
      category: of.needed('category', readCategory),
      reason: of.text('reason'),
      validFrom: of.text('valid_from', readDay),
      isDefault: isDefault(of),
    })),
    terms: all.list('terms', TERMS).map(({ name: called, of }) => ({
      name: called,
      days: of.neededDays('days', MOST_DAYS),
      endOfMonth: of.flag('end_of_month'),
      discount: of.text('discount', (discount) => parsePortion(discount, 'discount')),
      discountDays: of.days('discount_days', 0, MOST_DAYS),
      isDefault: isDefault(of),
    })),
    accounts: all.list('bank_accounts', ACCOUNT).map(({ name: called, of }) => ({
      name: called,
      iban: of.text('iban', parseIban),
      bic: of.text('bic', parseBic),
      number: of.text('number'),
      sortCode: of.text('sort_code'),
      currency: of.needed('currency', (code) => parseCurrency(code).code),
      isDefault: isDefault(of),
    })),
  }
}
