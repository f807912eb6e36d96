import { allInside, inside, textInside, type XmlElement } from '../../../money/xml.ts'
import {
  isCreditType,
  type ReadInvoice,
  type ReadLine,
  type ReadParty,
  schemedAddress,
} from './invoice.ts'

/** What ZUGFeRD 1.0 called elements. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  HeaderExchangedDocument: 'ExchangedDocument',
  SpecifiedSupplyChainTradeTransaction: 'SupplyChainTradeTransaction',
  ApplicableSupplyChainTradeAgreement: 'ApplicableHeaderTradeAgreement',
  ApplicableSupplyChainTradeDelivery: 'ApplicableHeaderTradeDelivery',
  ApplicableSupplyChainTradeSettlement: 'ApplicableHeaderTradeSettlement',
  SpecifiedSupplyChainTradeAgreement: 'SpecifiedLineTradeAgreement',
  SpecifiedSupplyChainTradeDelivery: 'SpecifiedLineTradeDelivery',
  SpecifiedSupplyChainTradeSettlement: 'SpecifiedLineTradeSettlement',
  ApplicablePercent: 'RateApplicablePercent',
}

/** An element of ZUGFeRD 1.0 by its later name. */
export function renewed(element: XmlElement): void {
  element.name = OLD_NAMES[element.name] ?? element.name
}

/** A day written as 20261129; as it stands if it is not. */
function dayIn(element: XmlElement | undefined, path: string): string | null {
  const text = textInside(element, `${path}>DateTimeString`, path)
  return text?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') ?? null
}

function partyOf(agreement: XmlElement | undefined, role: string): ReadParty {
  const party = inside(agreement, role)
  const number = (scheme: string): string | null =>
    allInside(party, 'SpecifiedTaxRegistration')
      .flatMap((one) => allInside(one, 'ID'))
      .find(({ attributes }) => attributes.schemeID === scheme)
      ?.text.trim() || null
  const address = inside(party, 'URIUniversalCommunication', 'URIID')
  return {
    name: textInside(party, 'Name', 'SpecifiedLegalOrganization>TradingBusinessName'),
    street: textInside(party, 'PostalTradeAddress>LineOne'),
    postcode: textInside(party, 'PostalTradeAddress>PostcodeCode'),
    town: textInside(party, 'PostalTradeAddress>CityName'),
    region: textInside(party, 'PostalTradeAddress>CountrySubDivisionName'),
    country: textInside(party, 'PostalTradeAddress>CountryID'),
    vatId: number('VA'),
    taxNumber: number('FC'),
    eAddress: schemedAddress(address?.attributes.schemeID, address?.text.trim() || null),
  }
}

function lineOf(line: XmlElement): ReadLine {
  const quantity = inside(line, 'SpecifiedLineTradeDelivery', 'BilledQuantity')
  const price = inside(line, 'SpecifiedLineTradeAgreement', 'NetPriceProductTradePrice')
  const settlement = inside(line, 'SpecifiedLineTradeSettlement')
  const adjustments = allInside(settlement, 'SpecifiedTradeAllowanceCharge')
  const [only] = adjustments
  const isDiscount =
    adjustments.length === 1 &&
    textInside(only, 'ChargeIndicator>Indicator')?.toLowerCase() === 'false'
  return {
    name: textInside(line, 'SpecifiedTradeProduct>Name') ?? '',
    details: textInside(line, 'SpecifiedTradeProduct>Description'),
    quantity: quantity?.text.trim() || '1',
    unit: quantity?.attributes.unitCode ?? null,
    price: textInside(price, 'ChargeAmount') ?? '0',
    per: textInside(price, 'BasisQuantity') ?? '1',
    discount: isDiscount ? textInside(only, 'CalculationPercent') : null,
    net:
      textInside(
        settlement,
        'SpecifiedTradeSettlementLineMonetarySummation>LineTotalAmount',
        'SpecifiedTradeSettlementMonetarySummation>LineTotalAmount',
      ) ?? '',
    category: textInside(settlement, 'ApplicableTradeTax>CategoryCode') ?? '',
    rate: textInside(settlement, 'ApplicableTradeTax>RateApplicablePercent') ?? '0',
  }
}

function formatOf(root: XmlElement): string {
  if (root.name === 'CrossIndustryDocument') return 'ZUGFeRD 1.0'
  const guideline = textInside(
    root,
    'ExchangedDocumentContext>GuidelineSpecifiedDocumentContextParameter>ID',
  )
  return guideline === null ? 'CII' : `CII (${guideline.split('#').at(-1)})`
}

/** Reads an invoice or a credit note of CII: Factur-X, ZUGFeRD, XRechnung. */
export function readCii(root: XmlElement): ReadInvoice {
  const head = inside(root, 'ExchangedDocument')
  const deal = inside(root, 'SupplyChainTradeTransaction')
  const agreement = inside(deal, 'ApplicableHeaderTradeAgreement')
  const delivery = inside(deal, 'ApplicableHeaderTradeDelivery')
  const settlement = inside(deal, 'ApplicableHeaderTradeSettlement')
  const sums =
    inside(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation') ??
    inside(settlement, 'SpecifiedTradeSettlementMonetarySummation')
  const code = textInside(settlement, 'InvoiceCurrencyCode')
  const taxes = allInside(sums, 'TaxTotalAmount')
  const tax = taxes.find(({ attributes }) => attributes.currencyID === code) ?? taxes[0]
  return {
    format: formatOf(root),
    isCredit: isCreditType(textInside(head, 'TypeCode')),
    number: textInside(head, 'ID'),
    issuedOn: dayIn(head, 'IssueDateTime'),
    dueOn:
      allInside(settlement, 'SpecifiedTradePaymentTerms')
        .map((terms) => dayIn(terms, 'DueDateDateTime'))
        .filter((day) => day !== null)
        .toSorted()
        .at(-1) ?? null,
    currency: code,
    note: allInside(head, 'IncludedNote')
      .map((note) => textInside(note, 'Content') ?? '')
      .join('\n'),
    orderRef: textInside(
      agreement,
      'BuyerOrderReferencedDocument>IssuerAssignedID',
      'BuyerOrderReferencedDocument>ID',
    ),
    buyerRef: textInside(agreement, 'BuyerReference'),
    paymentRef: textInside(settlement, 'PaymentReference'),
    service: {
      from: dayIn(settlement, 'BillingSpecifiedPeriod>StartDateTime'),
      to:
        dayIn(settlement, 'BillingSpecifiedPeriod>EndDateTime') ??
        dayIn(delivery, 'ActualDeliverySupplyChainEvent>OccurrenceDateTime'),
    },
    preceding: allInside(settlement, 'InvoiceReferencedDocument').flatMap((one) => {
      const number = textInside(one, 'IssuerAssignedID', 'ID')
      return number === null ? [] : [number]
    }),
    seller: partyOf(agreement, 'SellerTradeParty'),
    buyer: partyOf(agreement, 'BuyerTradeParty'),
    lines: allInside(deal, 'IncludedSupplyChainTradeLineItem')
      .map(lineOf)
      // Lines of text alone have no amount.
      .filter(({ net }) => net !== ''),
    taxes: allInside(settlement, 'ApplicableTradeTax').map((part) => ({
      category: textInside(part, 'CategoryCode') ?? '',
      rate: textInside(part, 'RateApplicablePercent') ?? '0',
      base: textInside(part, 'BasisAmount') ?? '',
      tax: textInside(part, 'CalculatedAmount') ?? '',
      reason: textInside(part, 'ExemptionReason', 'ExemptionReasonCode'),
    })),
    net: textInside(sums, 'TaxBasisTotalAmount'),
    tax: tax?.text.trim() || null,
    gross: textInside(sums, 'GrandTotalAmount'),
    prepaid: textInside(sums, 'TotalPrepaidAmount'),
    payable: textInside(sums, 'DuePayableAmount'),
    rounding: textInside(sums, 'RoundingAmount'),
    isAdjusted:
      allInside(settlement, 'SpecifiedTradeAllowanceCharge').length > 0 ||
      allInside(settlement, 'SpecifiedLogisticsServiceCharge').length > 0,
  }
}
