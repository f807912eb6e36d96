/** The roots of e-invoices, in any namespace: a version that is not known is to be named, not taken for a page. */
const ROOT =
  /^(?:\s|<\?[^>]*>|<!--[\s\S]*?-->)*<(?:!DOCTYPE\s+)?(?:[\w.-]{1,40}:)?(?:Invoice|CreditNote|CrossIndustryInvoice|CrossIndustryDocument)[\s>/[]/

/** Does a text begin as an e-invoice does? */
export function isEInvoice(start: string): boolean {
  return ROOT.test(start.replace(/^\uFEFF/, ''))
}
