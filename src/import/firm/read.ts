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

type Json = Record<string, unknown>

const HINT = 'funnel export company writes such a file'
const MOST_DAYS = 3650

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The values of one object of the file, each as what it is to be. */
class Values {
  readonly #of: Json
  readonly #what: string

  constructor(of: Json, what: string) {
    this.#of = of
    this.#what = what
  }

  #wrong(key: string, wanted: string): Fault {
    return new Fault('usage', `${this.#what}: “${key}” is not ${wanted}`, HINT)
  }

  /** A text, read by a function if one is given; null is not known. */
  text<T = string>(key: string, read = (text: string): T => text as T): T | null {
    const value = this.#of[key] ?? null
    if (value === null || value === '') return null
    if (typeof value !== 'string') throw this.#wrong(key, 'a text')
    try {
      return read(value)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      throw new Fault('usage', `${this.#what}: ${error.message}`, HINT, error)
    }
  }

  needed<T = string>(key: string, read?: (text: string) => T): T {
    const text = this.text(key, read)
    if (text === null) throw this.#wrong(key, 'there')
    return text
  }

  days(key: string): number | null {
    const value = this.#of[key] ?? null
    if (value === null) return null
    if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_DAYS) {
      return Number(value)
    }
    throw this.#wrong(key, 'a number of days')
  }

  neededDays(key: string): number {
    const days = this.days(key)
    if (days === null) throw this.#wrong(key, 'there')
    return days
  }

  flag(key: string): boolean {
    const value = this.#of[key] ?? false
    if (typeof value === 'boolean') return value
    throw this.#wrong(key, 'true or false')
  }

  object(key: string): Json | null {
    const value = this.#of[key] ?? null
    if (value === null || isObject(value)) return value
    throw this.#wrong(key, 'an object')
  }

  /** The objects of a list, each with its name. */
  list(key: string): { name: string; of: Values }[] {
    const value = this.#of[key] ?? []
    if (!Array.isArray(value)) throw this.#wrong(key, 'a list')
    return value.map((entry: unknown, at) => {
      const what = `${key} ${at + 1}`
      if (!isObject(entry)) throw this.#wrong(what, 'an object')
      const of = new Values(entry, `${this.#what}, ${what}`)
      return { name: of.needed('name'), of }
    })
  }
}

function readCategory(text: string): TaxCategory {
  const found = CATEGORY_CODES.find((code) => code === text)
  if (found) return found
  throw new Fault('usage', `“${text}” is not one of ${CATEGORY_CODES.join(', ')}`)
}

function readDay(text: string) {
  if (isDay(text)) return text
  throw new Fault('usage', `“${text}” is not a day`)
}

function readPicture(of: Json | null, what: string) {
  if (of === null) return undefined
  const base64 = new Values(of, what).needed('base64')
  return readLogo(Buffer.from(base64, 'base64'), 'the logo')
}

/**
 * Reads a file of your company, as `funnel export company` writes it. What it leaves out stays as it is.
 * @throws Fault `usage` with what is wrong, and where.
 */
export function readFirm(text: string, name: string): FirmValues {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Fault('usage', `${name} is not JSON`, HINT, cause)
  }
  if (!isObject(value) || !isObject(value.company)) {
    throw new Fault('usage', `${name} is not a file of a company`, HINT)
  }
  const all = new Values(value, name)
  const company = new Values(value.company, `${name}, company`)
  const isDefault = (of: Values): true | undefined => (of.flag('default') ? true : undefined)
  return {
    company: {
      ...perField(COMPANY_TEXTS, (field): string | undefined => company.text(field) ?? undefined),
      logo: readPicture(company.object('logo'), `${name}, logo`),
    },
    taxes: all.list('taxes').map(({ name: called, of }) => ({
      name: called,
      rate: of.needed('rate', (rate) => parsePortion(rate, 'tax rate')),
      category: of.needed('category', readCategory),
      reason: of.text('reason'),
      validFrom: of.text('valid_from', readDay),
      isDefault: isDefault(of),
    })),
    terms: all.list('terms').map(({ name: called, of }) => ({
      name: called,
      days: of.neededDays('days'),
      endOfMonth: of.flag('end_of_month'),
      discount: of.text('discount', (discount) => parsePortion(discount, 'discount')),
      discountDays: of.days('discount_days'),
      isDefault: isDefault(of),
    })),
    accounts: all.list('bank_accounts').map(({ name: called, of }) => ({
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
