import type { FieldName, ImportKind } from '../fields.ts'

/** A header that means something else next to certain others. */
export interface NeighbourRule<K extends ImportKind = ImportKind> {
  kind: K
  headers: string
  /** The headers that must be there; `|` separates those of which one is enough. */
  nextTo: readonly string[]
  /** Null if it is not a field then. */
  reads: FieldName<K> | null
}

function rule<K extends ImportKind>(
  kind: K,
  headers: string,
  nextTo: readonly string[],
  reads: FieldName<K> | null,
): NeighbourRule {
  return { kind, headers, nextTo, reads }
}

/** After a header with a currency in it, such as `Angebot (EUR)`. */
export const SIGNED = '¤'

/** One of the columns with this name in Odoo. */
const ODOO = 'salesperson|expected revenue|lost reason|lost reason id|opportunity|expected closing'

export const NEIGHBOUR_RULES: readonly NeighbourRule[] = [
  // Close calls its companies leads; amoCRM calls a deal a lead.
  rule('deals', 'lead name', ['status type'], 'client'),
  rule('deals', 'lead id', ['status type'], 'client-ref'),
  // Odoo archives lost deals in the stage that they were lost in.
  rule('deals', 'active', ['stage|stage id', ODOO], 'is-active'),
  // Its technical names, as in its export for another import.
  rule('deals', 'partner id', ['expected revenue|lost reason id|stage id'], 'client'),
  rule(
    'deals',
    'contact name',
    ['partner id', 'expected revenue|lost reason id|stage id'],
    'contact',
  ),
  rule('deals', 'stage id', ['expected revenue|lost reason id|partner id'], 'stage'),
  rule('deals', 'user id', ['partner id|stage id', 'expected revenue|lost reason id'], 'owner'),
  rule('deals', 'lost reason id', ['stage id|partner id'], 'reason'),
  rule('deals', 'source id', ['stage id', 'partner id'], 'source'),
  // Microsoft Dynamics gives the reason next to the outcome.
  rule('deals', 'status reason', ['status', 'topic|potential customer'], 'reason'),
  rule('deals', 'status', ['topic', 'potential customer'], 'outcome'),
  // ERPNext names the seller's own company in every record.
  rule('deals', 'company', ['opportunity from|party|party name|customer lead name'], null),
  // What was offered, and what was ordered in the end. An `Angebot` without a currency may also be a
  // number or a name.
  rule('deals', `Angebot ${SIGNED}, Offer ${SIGNED}, Quote ${SIGNED}`, [], 'amount'),
  rule(
    'deals',
    'Auftragswert, Auftragssumme, Auftragsvolumen',
    [`Angebot ${SIGNED}|Angebotswert|Angebotssumme|Angebotsvolumen|Angebotspreis|Angebotsbetrag`],
    'won-amount',
  ),
  rule(
    'deals',
    `Auftrag ${SIGNED}, Order ${SIGNED}, Sale ${SIGNED}`,
    [
      `Angebot ${SIGNED}|Offer ${SIGNED}|Quote ${SIGNED}|Angebotswert|Angebotssumme|Angebotspreis|Angebotsbetrag`,
    ],
    'won-amount',
  ),
]
