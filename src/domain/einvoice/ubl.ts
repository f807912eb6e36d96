import { decimalOf, PRICE_DIGITS, QUANTITY_DIGITS } from '../lines/scaled.ts'
import { branch, leaf, xmlText, type XmlNode } from '../xml.ts'
import { amountText, percentOf } from './amounts.ts'
import type { EInvoice, ELine, EParty, ETax, SchemedId } from './model.ts'

const CUSTOMIZATION = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'
const PROFILE = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'
const UBL = 'urn:oasis:names:specification:ubl:schema:xsd'

type Node = XmlNode | undefined

function identified(name: string, id: SchemedId | null): Node {
  return leaf(name, id?.id, id?.scheme == null ? {} : { schemeID: id.scheme })
}

function taxScheme(id: string): Node {
  return branch('cac:TaxScheme', [leaf('cbc:ID', id)])
}

function taxRegistration(id: string | null, scheme: string): Node {
  if (id === null) return undefined
  return branch('cac:PartyTaxScheme', [leaf('cbc:CompanyID', id), taxScheme(scheme)])
}

function party(role: string, of: EParty): Node {
  return branch(role, [
    branch('cac:Party', [
      identified('cbc:EndpointID', of.eAddress),
      branch('cac:PartyIdentification', [leaf('cbc:ID', of.id)]),
      branch('cac:PostalAddress', [
        leaf('cbc:StreetName', of.street),
        leaf('cbc:CityName', of.town),
        leaf('cbc:PostalZone', of.postcode),
        leaf('cbc:CountrySubentity', of.region),
        branch('cac:Country', [leaf('cbc:IdentificationCode', of.country)]),
      ]),
      taxRegistration(of.vatId, 'VAT'),
      taxRegistration(of.taxNumber, 'TAX'),
      branch('cac:PartyLegalEntity', [
        leaf('cbc:RegistrationName', of.name),
        identified('cbc:CompanyID', of.legalId),
      ]),
      branch('cac:Contact', [
        leaf('cbc:Name', of.contact.name),
        leaf('cbc:Telephone', of.contact.phone),
        leaf('cbc:ElectronicMail', of.contact.email),
      ]),
    ]),
  ])
}

function paymentMeans({ payment, kind, dueOn }: EInvoice): Node {
  const { account, code, reference } = payment
  return branch('cac:PaymentMeans', [
    leaf('cbc:PaymentMeansCode', code),
    kind === 'credit-note' ? leaf('cbc:PaymentDueDate', dueOn) : undefined,
    leaf('cbc:PaymentID', reference),
    branch('cac:PayeeFinancialAccount', [
      leaf('cbc:ID', account?.id),
      leaf('cbc:Name', account?.holder),
      branch('cac:FinancialInstitutionBranch', [leaf('cbc:ID', account?.bic)]),
    ]),
  ])
}

function writer({ currency }: EInvoice) {
  const amount = (name: string, minor: number, digits = currency.digits): Node =>
    leaf(name, amountText(minor, digits), { currencyID: currency.code })

  const subtotal = ({ category, rate, base, tax, exemption }: ETax): Node =>
    branch('cac:TaxSubtotal', [
      amount('cbc:TaxableAmount', base),
      amount('cbc:TaxAmount', tax),
      branch('cac:TaxCategory', [
        leaf('cbc:ID', category),
        leaf('cbc:Percent', percentOf(rate)),
        leaf('cbc:TaxExemptionReasonCode', exemption?.code),
        leaf('cbc:TaxExemptionReason', exemption?.text),
        taxScheme('VAT'),
      ]),
    ])

  const adjustment = ({ adjustment: own }: ELine): Node =>
    own === null
      ? undefined
      : branch('cac:AllowanceCharge', [
          leaf('cbc:ChargeIndicator', String(own.isCharge)),
          leaf('cbc:AllowanceChargeReasonCode', own.reason.code),
          leaf('cbc:AllowanceChargeReason', own.reason.text),
          leaf('cbc:MultiplierFactorNumeric', own.portion === null ? null : percentOf(own.portion)),
          amount('cbc:Amount', own.amount, 2),
          own.base === null ? undefined : amount('cbc:BaseAmount', own.base, 2),
        ])

  const line = (of: ELine, [row, quantity]: readonly [string, string]): Node =>
    branch(row, [
      leaf('cbc:ID', of.id),
      leaf(quantity, decimalOf(of.quantity, QUANTITY_DIGITS), { unitCode: of.unit }),
      amount('cbc:LineExtensionAmount', of.net),
      adjustment(of),
      branch('cac:Item', [
        leaf('cbc:Description', of.details),
        leaf('cbc:Name', of.name),
        branch('cac:ClassifiedTaxCategory', [
          leaf('cbc:ID', of.category),
          of.category === 'O' ? undefined : leaf('cbc:Percent', percentOf(of.rate)),
          taxScheme('VAT'),
        ]),
      ]),
      branch('cac:Price', [
        leaf('cbc:PriceAmount', decimalOf(of.price, PRICE_DIGITS), { currencyID: currency.code }),
      ]),
    ])
  return { amount, subtotal, line }
}

/** An invoice or a credit note as UBL 2.1, by the rules of Peppol BIS Billing 3.0. */
export function ublText(invoice: EInvoice): string {
  const { currency, accounting, lines, net, gross, prepaid, period } = invoice
  const isCredit = invoice.kind === 'credit-note'
  const { amount, subtotal, line } = writer(invoice)
  const names = isCredit
    ? (['cac:CreditNoteLine', 'cbc:CreditedQuantity'] as const)
    : (['cac:InvoiceLine', 'cbc:InvoicedQuantity'] as const)
  const root = isCredit ? 'CreditNote' : 'Invoice'
  const children: readonly Node[] = [
    leaf('cbc:CustomizationID', CUSTOMIZATION),
    leaf('cbc:ProfileID', PROFILE),
    leaf('cbc:ID', invoice.number),
    leaf('cbc:IssueDate', invoice.issuedOn),
    isCredit ? undefined : leaf('cbc:DueDate', invoice.dueOn),
    leaf(isCredit ? 'cbc:CreditNoteTypeCode' : 'cbc:InvoiceTypeCode', invoice.typeCode),
    leaf('cbc:Note', invoice.note),
    leaf('cbc:DocumentCurrencyCode', currency.code),
    leaf('cbc:TaxCurrencyCode', accounting?.code),
    leaf('cbc:BuyerReference', invoice.buyerRef),
    branch('cac:InvoicePeriod', [
      leaf('cbc:StartDate', period?.from),
      leaf('cbc:EndDate', period?.to),
    ]),
    branch('cac:OrderReference', [leaf('cbc:ID', invoice.orderRef)]),
    ...invoice.preceding.map(({ number, issuedOn }) =>
      branch('cac:BillingReference', [
        branch('cac:InvoiceDocumentReference', [
          leaf('cbc:ID', number),
          leaf('cbc:IssueDate', issuedOn),
        ]),
      ]),
    ),
    party('cac:AccountingSupplierParty', invoice.seller),
    party('cac:AccountingCustomerParty', invoice.buyer),
    branch('cac:Delivery', [
      leaf('cbc:ActualDeliveryDate', invoice.delivered),
      branch('cac:DeliveryLocation', [
        branch('cac:Address', [
          branch('cac:Country', [leaf('cbc:IdentificationCode', invoice.deliveredTo)]),
        ]),
      ]),
    ]),
    paymentMeans(invoice),
    branch('cac:PaymentTerms', [leaf('cbc:Note', invoice.terms)]),
    branch('cac:TaxTotal', [amount('cbc:TaxAmount', invoice.tax), ...invoice.taxes.map(subtotal)]),
    accounting === null
      ? undefined
      : branch('cac:TaxTotal', [
          leaf('cbc:TaxAmount', amountText(accounting.tax, accounting.digits), {
            currencyID: accounting.code,
          }),
        ]),
    branch('cac:LegalMonetaryTotal', [
      amount('cbc:LineExtensionAmount', net),
      amount('cbc:TaxExclusiveAmount', net),
      amount('cbc:TaxInclusiveAmount', gross),
      prepaid === 0 ? undefined : amount('cbc:PrepaidAmount', prepaid),
      amount('cbc:PayableAmount', gross - prepaid),
    ]),
    ...lines.map((of) => line(of, names)),
  ]
  return xmlText({
    name: root,
    attributes: {
      xmlns: `${UBL}:${root}-2`,
      'xmlns:cac': `${UBL}:CommonAggregateComponents-2`,
      'xmlns:cbc': `${UBL}:CommonBasicComponents-2`,
    },
    content: children.filter((child) => child !== undefined),
  })
}
