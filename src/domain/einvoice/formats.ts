/** The formats that e-invoices are written in. */
export const E_FORMATS = ['ubl', 'factur-x'] as const

/** UBL 2.1 by the rules of Peppol BIS Billing 3.0, or CII inside a PDF by Factur-X 1.0 (ZUGFeRD 2). */
export type EFormat = (typeof E_FORMATS)[number]
