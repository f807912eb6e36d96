import type { Db } from '../../book/store/db.ts'
import { list, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { clearable, pastDayOption } from '../../cli/options.ts'
import { typedDay } from '../../cli/typed-day.ts'
import { Fault } from '../../domain/fault.ts'
import { parsePlan } from '../../domain/invoices/plan.ts'
import { takeApart } from '../../domain/invoices/typed-line.ts'
import { parsePortion, parsePrice, parseQuantity } from '../../domain/lines/read.ts'
import { NO_DISCOUNT, ONE } from '../../domain/lines/scaled.ts'
import { type Currency, formatMoney } from '../../domain/money.ts'
import { nameKey } from '../../domain/name.ts'
import { find } from '../../records/lookup.ts'
import { priceFor } from '../../records/products/prices.ts'
import { loadProduct } from '../../records/products/index.ts'
import { type DraftValues, invoicesOfDeal } from '../../money/invoices/draft.ts'
import { findInvoice, type Invoice } from '../../money/invoices/find.ts'
import { lineTaxes } from '../../money/invoices/line-tax.ts'
import type { InvoiceLineValues } from '../../money/invoices/lines.ts'
import { termsNamed } from '../../money/invoices/terms.ts'
import { type Exchanged, exchangeInto } from '../shared/exchanged.ts'
import { currencyOf } from '../shared/own-money.ts'
import { given } from '../shared/given.ts'

/** The argument that names an invoice. */
export const invoiceArgument = { syntax: '<invoice>', help: 'its number; a draft is d7 or 7' }

/** The argument that names one invoice or several. */
export const invoicesArgument = {
  syntax: '<invoice...>',
  help: 'its number, or several; a draft is d7 or 7',
}

/** The invoices that are named, each once, in their order. */
export async function invoicesNamed(db: Db, texts: readonly string[]): Promise<Invoice[]> {
  const found = new Map<number, Invoice>()
  for (const text of texts.flatMap((part) => part.split(','))) {
    if (text.trim() === '') continue
    const invoice = await findInvoice(db, text.trim())
    found.set(invoice.id, invoice)
  }
  if (found.size > 0) return [...found.values()]
  throw new Fault('usage', 'which invoice?', 'see: funnel invoice list')
}

/** How a line is typed in one text. */
export const LINE_FORM =
  'A line is typed as "2 h Consulting @ 90 -5% +19%": quantity, unit, text, price of one, discount and tax; a ' +
  'text that is the code or the name of a product takes its unit, price and tax.'

/** The lines of a draft. */
export const linesOption = list(
  '--line <line>',
  'a line, such as "2 h Consulting @ 90 +19%" (repeatable)',
)

/** What a draft has besides its client and its lines. */
export const draftOptions = {
  terms: clearable(option('--terms <terms>', 'terms of payment, by name or as days: 30d')),
  instalments: clearable(
    option('--instalments <plan>', 'how it is paid in parts: "30% at once, 70% 30d"', (text) => {
      parsePlan(text)
      return text
    }),
  ),
  owner: clearable(option('--owner <owner>', 'who answers for it')),
  account: clearable(option('--account <account>', 'the bank account to pay to')),
  from: clearable(pastDayOption('--from <day>', 'the first day of what was done or delivered')),
  until: clearable(
    option('--until <day>', 'the last day of it', async (text, context) => {
      const { settings } = await context.book()
      return typedDay(text, await context.today(), 'past', settings.locale)
    }),
  ),
  orderRef: clearable(option('--order-ref <text>', 'the client’s order number')),
  buyerRef: clearable(
    option(
      '--buyer-ref <text>',
      'what the client asks invoices to name, if not what the client has',
    ),
  ),
  note: clearable(option('--note <text>', 'what it says below the lines')),
}

interface DraftTexts {
  terms?: string | null | undefined
  instalments?: string | null | undefined
  owner?: string | null | undefined
  account?: string | null | undefined
  from?: DraftValues['service_from'] | undefined
  until?: DraftValues['service_to'] | undefined
  orderRef?: string | null | undefined
  buyerRef?: string | null | undefined
  note?: string | null | undefined
}

/** The values of a draft from its options; what was not given is left out. */
export async function draftValues(
  context: Context,
  db: Db,
  { terms, instalments, owner, account, from, until, orderRef, buyerRef, note }: DraftTexts,
): Promise<DraftValues> {
  const idOf = async (noun: 'owner' | 'bank-account', text: string | null | undefined) =>
    text == null ? text : (await find(db, noun, text)).id
  const named = terms == null ? undefined : await termsNamed(db, terms)
  if (named?.isNew) context.say(`added the terms “${named.name}”`)
  return given({
    terms_id: terms === null ? null : named?.id,
    plan: instalments,
    owner_id: await idOf('owner', owner),
    bank_account_id: await idOf('bank-account', account),
    service_from: from,
    service_to: until,
    order_ref: orderRef,
    buyer_ref: buyerRef,
    note,
  })
}

/** The product whose code or name a text is; nothing if it is neither. */
async function productCalled(db: Db, text: string) {
  const key = nameKey(text)
  const found = await db
    .selectFrom('products')
    .select('id')
    .where((eb) => eb.or([eb('code_key', '=', key), eb('name_key', '=', key)]))
    .orderBy('id')
    .executeTakeFirst()
  return found ? loadProduct(db, found.id) : null
}

/**
 * Reads a line that was typed in one text, for a client's invoice.
 * @throws Fault `usage` if a part of it cannot be read, or it has no price and names no product that has one.
 */
export async function readLine(
  context: Context,
  db: Db,
  invoice: Pick<Invoice, 'client_id' | 'currency'>,
  typed: string,
): Promise<InvoiceLineValues> {
  const book = (await context.book()).settings.currency
  const currency = currencyOf(invoice.currency === book.code ? null : invoice.currency, book)
  const parts = takeApart(typed)
  const product = await productCalled(db, parts.text)
  const quantity = parts.quantity === undefined ? ONE : parseQuantity(parts.quantity, currency)
  const taxOf = await lineTaxes(db)
  const asked = { clientId: invoice.client_id, quantity, on: await context.today() }
  const written = /^(?<what>.*\S)\s*@\s*(?<number>[\d.,]+)\s*\S+$/u.exec(parts.text)?.groups
  const what = [parts.quantity, parts.unit, written?.what ?? (parts.text || 'Consulting')]
  const form = `"${what.filter((part) => part !== undefined).join(' ')} @ ${written?.number ?? 90}"`
  const listed = product && parts.price === undefined ? await priceFor(db, product, asked) : null
  const converted: Exchanged[] = []
  const into = exchangeInto(db, currency, { on: asked.on, converted }, `give the price: ${form}`)
  const price =
    parts.price === undefined
      ? listed &&
        (await into.price('price', listed.price, currencyOf(product?.currency ?? null, book)))
      : parsePrice(parts.price, currency)
  if (price === null) {
    const message = written ? 'has a price that is more than a number' : 'has no price'
    const also = written ? '; for another currency, add --currency' : ''
    throw new Fault('usage', `the line “${typed}” ${message}`, `write it as ${form}${also}`)
  }
  for (const { before, after } of converted) {
    context.say(
      `the price of ${parts.text} is ${after.text} for ${before.text}, at the rate of the day`,
    )
  }
  return {
    productId: product?.id ?? null,
    text: product?.name ?? parts.text,
    quantity,
    unit: parts.unit ?? product?.unit ?? null,
    price,
    discount: parts.discount === undefined ? NO_DISCOUNT : parsePortion(parts.discount, 'discount'),
    tax:
      parts.tax === undefined
        ? taxOf(product?.tax ?? null, product?.tax_id)
        : taxOf(parsePortion(parts.tax, 'tax rate')),
  }
}

/**
 * Warns if a deal has invoices: another one may bill it twice.
 * @param step the step in which it is billed now, which takes account of those before; null for all of it.
 */
export async function warnOfInvoices(
  context: Context,
  db: Db,
  dealId: number,
  step: 'deposit' | 'part' | 'final' | null,
): Promise<void> {
  const others = await invoicesOfDeal(db, dealId)
  const double = others.filter(({ part }) => step === null || part === null)
  if (double.length === 0) return
  const names = double.map(({ name }) => name).join(', ')
  const isPart = step === null && double.some(({ part }) => part !== null)
  const how = isPart ? '; --final takes off what deposits and parts have billed' : ''
  context.say(`warning: deal ${dealId} has ${names} already${how}`)
}

/** `1,190.00 EUR`. */
export function sumText(minor: number, code: string, book: Currency): string {
  const currency = currencyOf(code === book.code ? null : code, book)
  return `${formatMoney(minor, currency, true)} ${currency.code}`
}
