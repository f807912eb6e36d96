import { allInside, inside, textInside, type XmlElement } from '../../../money/xml.ts'
import {
  isCreditType,
  type ReadInvoice,
  type ReadLine,
  type ReadParty,
  schemedAddress,
} from './invoice.ts'

const isVat = (registration: XmlElement): boolean =>
  textInside(registration, 'TaxScheme>ID')?.toUpperCase() === 'VAT'

function partyOf(root: XmlElement, role: string): ReadParty {
  const party = inside(root, role, 'Party')
  const registrations = allInside(party, 'PartyTaxScheme')
  const endpoint = inside(party, 'EndpointID')
  return {
    name: textInside(party, 'PartyLegalEntity>RegistrationName', 'PartyName>Name'),
    street: textInside(party, 'PostalAddress>StreetName'),
    postcode: textInside(party, 'PostalAddress>PostalZone'),
    town: textInside(party, 'PostalAddress>CityName'),
    region: textInside(party, 'PostalAddress>CountrySubentity'),
    country: textInside(party, 'PostalAddress>Country>IdentificationCode'),
    vatId: textInside(registrations.find(isVat), 'CompanyID'),
    taxNumber: textInside(
      registrations.find((one) => !isVat(one)),
      'CompanyID',
    ),
    eAddress: schemedAddress(endpoint?.attributes.schemeID, textInside(party, 'EndpointID')),
  }
}

function lineOf(line: XmlElement): ReadLine {
  const quantity = inside(line, 'InvoicedQuantity') ?? inside(line, 'CreditedQuantity')
  const adjustments = allInside(line, 'AllowanceCharge')
  const [only] = adjustments
  const isDiscount =
    adjustments.length === 1 && textInside(only, 'ChargeIndicator')?.toLowerCase() === 'false'
  const category = inside(line, 'Item', 'ClassifiedTaxCategory')
  return {
    name: textInside(line, 'Item>Name', 'Item>Description') ?? '',
    details: textInside(line, 'Item>Name') === null ? null : textInside(line, 'Item>Description'),
    quantity: quantity?.text.trim() || '1',
    unit: quantity?.attributes.unitCode ?? null,
    price: textInside(line, 'Price>PriceAmount') ?? '0',
    per: textInside(line, 'Price>BaseQuantity') ?? '1',
    discount: isDiscount ? textInside(only, 'MultiplierFactorNumeric') : null,
    net: textInside(line, 'LineExtensionAmount') ?? '',
    category: textInside(category, 'ID') ?? '',
    rate: textInside(category, 'Percent') ?? '0',
  }
}

/** The tax total that has the parts: another one may say it in the currency of the books. */
function taxTotal(root: XmlElement): XmlElement | undefined {
  const all = allInside(root, 'TaxTotal')
  return all.find((total) => inside(total, 'TaxSubtotal')) ?? all[0]
}

/** Reads an invoice or a credit note of UBL 2. */
export function readUbl(root: XmlElement): ReadInvoice {
  const isNote = root.name === 'CreditNote'
  const total = taxTotal(root)
  const sums = inside(root, 'LegalMonetaryTotal')
  const delivered = textInside(root, 'Delivery>ActualDeliveryDate')
  return {
    format: isNote ? 'a credit note in UBL 2.1' : 'an invoice in UBL 2.1',
    isCredit: isNote || isCreditType(textInside(root, 'InvoiceTypeCode')),
    number: textInside(root, 'ID'),
    issuedOn: textInside(root, 'IssueDate'),
    dueOn: textInside(root, 'DueDate', 'PaymentMeans>PaymentDueDate'),
    currency: textInside(root, 'DocumentCurrencyCode'),
    note: allInside(root, 'Note')
      .map(({ text }) => text.trim())
      .join('\n'),
    orderRef: textInside(root, 'OrderReference>ID'),
    buyerRef: textInside(root, 'BuyerReference'),
    paymentRef: textInside(root, 'PaymentMeans>PaymentID'),
    service: {
      from: textInside(root, 'InvoicePeriod>StartDate'),
      to: textInside(root, 'InvoicePeriod>EndDate') ?? delivered,
    },
    preceding: allInside(root, 'BillingReference').flatMap((one) => {
      const number = textInside(one, 'InvoiceDocumentReference>ID')
      return number === null ? [] : [number]
    }),
    seller: partyOf(root, 'AccountingSupplierParty'),
    buyer: partyOf(root, 'AccountingCustomerParty'),
    lines: [...allInside(root, 'InvoiceLine'), ...allInside(root, 'CreditNoteLine')].map(lineOf),
    taxes: allInside(total, 'TaxSubtotal').map((part) => ({
      category: textInside(part, 'TaxCategory>ID') ?? '',
      rate: textInside(part, 'TaxCategory>Percent') ?? '0',
      base: textInside(part, 'TaxableAmount') ?? '',
      tax: textInside(part, 'TaxAmount') ?? '',
      reason: textInside(
        part,
        'TaxCategory>TaxExemptionReason',
        'TaxCategory>TaxExemptionReasonCode',
      ),
    })),
    net: textInside(sums, 'TaxExclusiveAmount'),
    tax: textInside(total, 'TaxAmount'),
    gross: textInside(sums, 'TaxInclusiveAmount'),
    prepaid: textInside(sums, 'PrepaidAmount'),
    payable: textInside(sums, 'PayableAmount'),
    rounding: textInside(sums, 'PayableRoundingAmount'),
    isAdjusted: allInside(root, 'AllowanceCharge').length > 0,
  }
}
