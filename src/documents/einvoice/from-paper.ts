import { daysBetween, type Day } from '../../domain/day.ts'
import { amountText } from '../../domain/einvoice/amounts.ts'
import { readEAddress, registeredAs, registerId } from '../../domain/einvoice/e-address.ts'
import { exemptionOf } from '../../domain/einvoice/exemptions.ts'
import type { EInvoice, ELine, EParty, LineAdjustment } from '../../domain/einvoice/model.ts'
import { unitCode } from '../../domain/einvoice/units.ts'
import { invoiceTotals, type InvoiceTotals } from '../../domain/invoices/taxes.ts'
import { percentText, type Portion } from '../../domain/lines/scaled.ts'
import type { Money } from '../../domain/money.ts'
import type { Paper, PaperLine } from '../paper.ts'

/** What an e-invoice says that no paper does. */
export interface EDetails {
  /** The tax in the currency of the books, if that is not the invoice's. */
  accounting?: EInvoice['accounting'] | undefined
}

const HUNDREDTHS = 2

/** Quantity × price in hundredths of the currency's unit, rounded half up. */
function fullOf({ quantity, price }: PaperLine): number {
  // Ten decimals of both together; two are kept.
  const by = 10n ** 8n
  return Number((2n * BigInt(quantity) * BigInt(price) + by) / (2n * by))
}

/** What brings quantity × price to the net amount of a line: its discount, or what rounding to whole units left. */
function adjustmentOf(line: PaperLine, digits: number): LineAdjustment | null {
  const base = fullOf(line)
  const off = base - line.net * 10 ** (HUNDREDTHS - digits)
  const isDiscounted = line.discount > 0
  if (!isDiscounted && (off === 0 || digits === HUNDREDTHS)) return null
  // In whole units the share of the whole is not what was taken off: only the amount can be said.
  const isExact = isDiscounted && digits === HUNDREDTHS
  return {
    isCharge: off < 0,
    amount: Math.abs(off),
    base: isExact ? base : null,
    portion: isExact ? line.discount : null,
    reason:
      isDiscounted && off >= 0
        ? { code: '95', text: 'Discount' }
        : { code: null, text: 'Rounding' },
  }
}

function lineOf(line: PaperLine, digits: number): ELine {
  const [name = '', ...rest] = line.text.split('\n')
  return {
    id: String(line.position),
    name,
    details: rest.join('\n').trim() || null,
    quantity: line.quantity,
    unit: unitCode(line.unit),
    price: line.price,
    adjustment: adjustmentOf(line, digits),
    net: line.net,
    category: line.category,
    rate: line.tax,
  }
}

/** Does a number begin with a country, as EN 16931 asks of VAT IDs (BR-CO-09)? */
function isVatId(text: string | null): text is string {
  return text !== null && /^[A-Z]{2}[A-Z0-9+*]{2,}$/.test(text)
}

function sellerOf({ seller }: Paper, isTaxable: boolean): EParty {
  const { vat_id: vatId, tax_number: taxNumber } = seller
  const hasVatId = isVatId(vatId)
  const eAddress = readEAddress(seller.e_address)
  const legalId = registerId(seller.register, seller.country) ?? registeredAs(eAddress)
  const own = taxNumber ?? (hasVatId ? null : vatId)
  return {
    name: seller.name,
    street: seller.street,
    postcode: seller.postcode,
    town: seller.town,
    region: seller.region,
    country: seller.country,
    vatId: hasVatId && isTaxable ? vatId : null,
    taxNumber: own,
    legalId,
    // BR-CO-26: some number must say who it is.
    id: legalId === null && (!hasVatId || !isTaxable) ? (own ?? vatId) : null,
    eAddress,
    contact: { name: seller.name, phone: seller.phone, email: seller.email },
  }
}

function buyerOf({ buyer, contact, email }: Paper, isTaxable: boolean) {
  const eAddress = readEAddress(buyer.e_address)
  return {
    name: buyer.name,
    street: buyer.street,
    postcode: buyer.postcode,
    town: buyer.town,
    region: buyer.region,
    country: buyer.country,
    vatId: isTaxable && isVatId(buyer.vat_id) ? buyer.vat_id : null,
    taxNumber: null,
    legalId: registeredAs(eAddress),
    id: null,
    eAddress,
    contact: { name: contact, phone: null, email },
  } satisfies EParty
}

/** Which kind of document it is: parts are 326 where both are German, as Peppol asks there. */
function typeCodeOf({ kind, part, seller, buyer }: Paper): string {
  if (kind === 'credit-note') return '381'
  if (part !== 'deposit' && part !== 'part') return '380'
  if (seller.country === 'DE' && buyer.country === 'DE') return '326'
  return part === 'deposit' ? '386' : '380'
}

/** `2.00`. */
function fixedPercent(portion: Portion): string {
  return amountText(Math.round(portion / 100), 2)
}

/** When how much is to be paid, for people; between Germans the early discount as their authorities read it. */
function termsOf(paper: Paper): string | null {
  const { early, parts, currency, seller, buyer, on } = paper
  const sum = (minor: number): string => `${amountText(minor, currency.digits)} ${currency.code}`
  const lines = parts.map(({ dueOn, amount }) => `${dueOn}: ${sum(amount)}`)
  if (early !== null) {
    const { discount, until, amount } = early
    const isGerman = seller.country === 'DE' && buyer.country === 'DE'
    if (isGerman) {
      const days = daysBetween(on, until)
      return `#SKONTO#TAGE=${days}#PROZENT=${fixedPercent(discount)}#\n`
    }
    lines.unshift(`${percentText(discount)} until ${until}: ${sum(amount)}`)
  }
  return lines.length === 0 ? null : lines.join('\n')
}

/** What a final invoice takes off, as tax law wants to read it, below what it says itself. */
function noteOf({ note, deductions, currency }: Paper): string | null {
  const sum = (minor: number): string => amountText(minor, currency.digits)
  const taken = deductions.map(
    ({ number, issuedOn, net, tax, gross }) =>
      `${number} (${issuedOn}): ${sum(net)} + ${sum(tax)} = ${sum(gross)} ${currency.code}`,
  )
  return [...(note === null ? [] : [note]), ...taken].join('\n') || null
}

/** The one day of what was done, or its days. */
function serviceOf({ service: { from, to } }: Paper): Pick<EInvoice, 'delivered' | 'period'> {
  const day: Day | null = to ?? from
  const isPeriod = from !== null && to !== null && from !== to
  return isPeriod ? { delivered: null, period: { from, to } } : { delivered: day, period: null }
}

function paymentOf({ seller, currency, reference }: Paper): EInvoice['payment'] {
  const { account } = seller
  const iban = account?.iban ?? null
  const id = iban ?? account?.number ?? null
  const isSepa = iban !== null && currency.code === 'EUR'
  return {
    code: id === null ? '1' : isSepa ? '58' : '30',
    reference,
    account:
      account === null || id === null
        ? null
        : { id, isIban: iban !== null, holder: seller.name, bic: account.bic },
  }
}

/**
 * What lines come to: as it was issued, which for a credit on an amount may have a minor unit of tax more or less than its
 * base at the rate; of a final invoice, all that its lines say.
 */
function wholeOf({ totals, deductions }: Paper, lines: readonly PaperLine[]): InvoiceTotals {
  const whole = invoiceTotals(lines.map((line) => ({ ...line, rate: line.tax })))
  // A rate with nothing to bill has no row as issued, and EN 16931 wants one for each rate of a line.
  const isWhole = deductions.length === 0 && totals.taxes.length === whole.taxes.length
  return isWhole ? totals : whole
}

/**
 * An invoice or a credit note by EN 16931, made of its paper. What a final invoice takes off is paid before
 * (BT-113): its lines and its tax are those of the whole.
 */
export function eInvoiceOf(paper: Paper, details: EDetails = {}): EInvoice {
  const { currency, buyer, deductions } = paper
  const counted = paper.lines.filter(({ counts }) => counts)
  const totals = wholeOf(paper, counted)
  // Where tax is of no concern, VAT IDs must not be named (BR-O-02).
  const isTaxable = !counted.some(({ category }) => category === 'O')
  const goods = counted.some(({ category }) => category === 'K')
  return {
    kind: paper.kind === 'credit-note' ? 'credit-note' : 'invoice',
    typeCode: typeCodeOf(paper),
    number: paper.number,
    issuedOn: paper.on,
    dueOn: paper.dueOn,
    currency,
    accounting: details.accounting ?? null,
    note: noteOf(paper),
    terms: termsOf(paper),
    buyerRef: paper.buyerRef,
    orderRef: paper.orderRef,
    preceding: [...(paper.corrects === null ? [] : [paper.corrects]), ...deductions].map(
      ({ number, issuedOn }) => ({ number, issuedOn }),
    ),
    seller: sellerOf(paper, isTaxable),
    buyer: buyerOf(paper, isTaxable),
    ...serviceOf(paper),
    deliveredTo: goods ? buyer.country : null,
    payment: paymentOf(paper),
    lines: counted.map((line) => lineOf(line, currency.digits)),
    taxes: totals.taxes.map(({ category, rate, base, tax, reason }) => ({
      category,
      rate,
      base,
      tax,
      exemption: exemptionOf(category, reason),
    })),
    net: totals.net,
    tax: totals.tax,
    gross: totals.gross,
    prepaid: deductions.reduce((sum, { gross }) => sum + gross, 0) as Money,
  }
}
