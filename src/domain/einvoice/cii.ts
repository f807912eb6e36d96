import type { Day } from '../day.ts'
import { decimalOf, PRICE_DIGITS, QUANTITY_DIGITS } from '../lines/scaled.ts'
import { branch, leaf, xmlText, type XmlNode } from '../xml.ts'
import { amountText, percentOf } from './amounts.ts'
import type { EInvoice, ELine, EParty, ETax, SchemedId } from './model.ts'

/** EN 16931 as such: the profile of Factur-X and ZUGFeRD that is called so. */
const GUIDELINE = 'urn:cen.eu:en16931:2017'

type Node = XmlNode | undefined

/** A day as 20261129. */
function day(name: string, of: Day | null, inner = 'udt:DateTimeString'): Node {
  return branch(name, [leaf(inner, of?.replaceAll('-', ''), { format: '102' })])
}

function identified(name: string, id: SchemedId | null): Node {
  return leaf(name, id?.id, id?.scheme == null ? {} : { schemeID: id.scheme })
}

function registration(id: string | null, scheme: 'VA' | 'FC'): Node {
  return branch('ram:SpecifiedTaxRegistration', [leaf('ram:ID', id, { schemeID: scheme })])
}

function party(role: string, of: EParty): Node {
  const { contact } = of
  return branch(role, [
    leaf('ram:ID', of.id),
    leaf('ram:Name', of.name),
    branch('ram:SpecifiedLegalOrganization', [identified('ram:ID', of.legalId)]),
    branch('ram:DefinedTradeContact', [
      leaf('ram:PersonName', contact.name),
      branch('ram:TelephoneUniversalCommunication', [leaf('ram:CompleteNumber', contact.phone)]),
      branch('ram:EmailURIUniversalCommunication', [leaf('ram:URIID', contact.email)]),
    ]),
    branch('ram:PostalTradeAddress', [
      leaf('ram:PostcodeCode', of.postcode),
      leaf('ram:LineOne', of.street),
      leaf('ram:CityName', of.town),
      leaf('ram:CountryID', of.country),
      leaf('ram:CountrySubDivisionName', of.region),
    ]),
    branch('ram:URIUniversalCommunication', [identified('ram:URIID', of.eAddress)]),
    registration(of.vatId, 'VA'),
    registration(of.taxNumber, 'FC'),
  ])
}

function indicator(name: string, value: boolean): Node {
  return branch(name, [leaf('udt:Indicator', String(value))])
}

function adjustmentOf({ adjustment }: ELine): Node {
  if (adjustment === null) return undefined
  const { isCharge, amount, base, portion, reason } = adjustment
  return branch('ram:SpecifiedTradeAllowanceCharge', [
    indicator('ram:ChargeIndicator', isCharge),
    leaf('ram:CalculationPercent', portion === null ? null : percentOf(portion)),
    leaf('ram:BasisAmount', base === null ? null : amountText(base, 2)),
    leaf('ram:ActualAmount', amountText(amount, 2)),
    leaf('ram:ReasonCode', reason.code),
    leaf('ram:Reason', reason.text),
  ])
}

function lineItem(line: ELine, digits: number): Node {
  const isTaxable = line.category !== 'O'
  return branch('ram:IncludedSupplyChainTradeLineItem', [
    branch('ram:AssociatedDocumentLineDocument', [leaf('ram:LineID', line.id)]),
    branch('ram:SpecifiedTradeProduct', [
      leaf('ram:Name', line.name),
      leaf('ram:Description', line.details),
    ]),
    branch('ram:SpecifiedLineTradeAgreement', [
      branch('ram:NetPriceProductTradePrice', [
        leaf('ram:ChargeAmount', decimalOf(line.price, PRICE_DIGITS)),
      ]),
    ]),
    branch('ram:SpecifiedLineTradeDelivery', [
      leaf('ram:BilledQuantity', decimalOf(line.quantity, QUANTITY_DIGITS), {
        unitCode: line.unit,
      }),
    ]),
    branch('ram:SpecifiedLineTradeSettlement', [
      branch('ram:ApplicableTradeTax', [
        leaf('ram:TypeCode', 'VAT'),
        leaf('ram:CategoryCode', line.category),
        isTaxable ? leaf('ram:RateApplicablePercent', percentOf(line.rate)) : undefined,
      ]),
      adjustmentOf(line),
      branch('ram:SpecifiedTradeSettlementLineMonetarySummation', [
        leaf('ram:LineTotalAmount', amountText(line.net, digits)),
      ]),
    ]),
  ])
}

function taxOf({ category, rate, base, tax, exemption }: ETax, digits: number): Node {
  return branch('ram:ApplicableTradeTax', [
    leaf('ram:CalculatedAmount', amountText(tax, digits)),
    leaf('ram:TypeCode', 'VAT'),
    leaf('ram:ExemptionReason', exemption?.text),
    leaf('ram:BasisAmount', amountText(base, digits)),
    leaf('ram:CategoryCode', category),
    leaf('ram:ExemptionReasonCode', exemption?.code),
    leaf('ram:RateApplicablePercent', percentOf(rate)),
  ])
}

function paymentMeans({ code, account }: EInvoice['payment']): Node {
  const isIban = account?.isIban === true
  return branch('ram:SpecifiedTradeSettlementPaymentMeans', [
    leaf('ram:TypeCode', code),
    branch('ram:PayeePartyCreditorFinancialAccount', [
      leaf('ram:IBANID', isIban ? account.id : null),
      leaf('ram:AccountName', account?.holder),
      leaf('ram:ProprietaryID', isIban ? null : account?.id),
    ]),
    branch('ram:PayeeSpecifiedCreditorFinancialInstitution', [leaf('ram:BICID', account?.bic)]),
  ])
}

function settlement(invoice: EInvoice): Node {
  const { currency, accounting, period, payment, prepaid, net, tax, gross } = invoice
  const { code, digits } = currency
  const last = invoice.preceding.at(-1)
  const sum = (name: string, minor: number): Node => leaf(name, amountText(minor, digits))
  return branch('ram:ApplicableHeaderTradeSettlement', [
    leaf('ram:PaymentReference', payment.reference),
    leaf('ram:TaxCurrencyCode', accounting?.code),
    leaf('ram:InvoiceCurrencyCode', code),
    paymentMeans(payment),
    ...invoice.taxes.map((of) => taxOf(of, digits)),
    branch('ram:BillingSpecifiedPeriod', [
      day('ram:StartDateTime', period?.from ?? null),
      day('ram:EndDateTime', period?.to ?? null),
    ]),
    branch('ram:SpecifiedTradePaymentTerms', [
      leaf('ram:Description', invoice.terms),
      day('ram:DueDateDateTime', invoice.dueOn),
    ]),
    branch('ram:SpecifiedTradeSettlementHeaderMonetarySummation', [
      sum('ram:LineTotalAmount', net),
      sum('ram:TaxBasisTotalAmount', net),
      leaf('ram:TaxTotalAmount', amountText(tax, digits), { currencyID: code }),
      accounting === null
        ? undefined
        : leaf('ram:TaxTotalAmount', amountText(accounting.tax, accounting.digits), {
            currencyID: accounting.code,
          }),
      sum('ram:GrandTotalAmount', gross),
      prepaid === 0 ? undefined : sum('ram:TotalPrepaidAmount', prepaid),
      sum('ram:DuePayableAmount', gross - prepaid),
    ]),
    // D16B has room for one; the note of a final invoice names them all.
    branch('ram:InvoiceReferencedDocument', [
      leaf('ram:IssuerAssignedID', last?.number),
      day('ram:FormattedIssueDateTime', last?.issuedOn ?? null, 'qdt:DateTimeString'),
    ]),
  ])
}

/** An invoice or a credit note as UN/CEFACT CII D16B: `factur-x.xml` of the profile EN 16931. */
export function ciiText(invoice: EInvoice): string {
  const { digits } = invoice.currency
  const children: readonly Node[] = [
    branch('rsm:ExchangedDocumentContext', [
      branch('ram:GuidelineSpecifiedDocumentContextParameter', [leaf('ram:ID', GUIDELINE)]),
    ]),
    branch('rsm:ExchangedDocument', [
      leaf('ram:ID', invoice.number),
      leaf('ram:TypeCode', invoice.typeCode),
      day('ram:IssueDateTime', invoice.issuedOn),
      branch('ram:IncludedNote', [leaf('ram:Content', invoice.note)]),
    ]),
    branch('rsm:SupplyChainTradeTransaction', [
      ...invoice.lines.map((line) => lineItem(line, digits)),
      branch('ram:ApplicableHeaderTradeAgreement', [
        leaf('ram:BuyerReference', invoice.buyerRef),
        party('ram:SellerTradeParty', invoice.seller),
        party('ram:BuyerTradeParty', invoice.buyer),
        branch('ram:BuyerOrderReferencedDocument', [
          leaf('ram:IssuerAssignedID', invoice.orderRef),
        ]),
      ]),
      branch('ram:ApplicableHeaderTradeDelivery', [
        branch('ram:ShipToTradeParty', [
          branch('ram:PostalTradeAddress', [leaf('ram:CountryID', invoice.deliveredTo)]),
        ]),
        branch('ram:ActualDeliverySupplyChainEvent', [
          day('ram:OccurrenceDateTime', invoice.delivered),
        ]),
      ]) ?? { name: 'ram:ApplicableHeaderTradeDelivery', attributes: {}, content: [] },
      settlement(invoice),
    ]),
  ]
  return xmlText({
    name: 'rsm:CrossIndustryInvoice',
    attributes: {
      'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
      'xmlns:ram':
        'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
      'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
      'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
    },
    content: children.filter((child) => child !== undefined),
  })
}
