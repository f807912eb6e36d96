import type { Statements } from './store/store.ts'

/** How many of each to name; more would add nothing. */
const MOST_NAMED = 20

const names = `coalesce(i.number, 'd' || i.id)`

/** What must not be found, and how it is said: each gives `name`s. */
const WRONG: [sql: string, say: (name: string) => string][] = [
  [
    `SELECT ${names} AS name FROM invoices AS i
     LEFT JOIN (SELECT invoice_id, sum(net) AS net FROM invoice_lines GROUP BY invoice_id) AS l ON l.invoice_id = i.id
     LEFT JOIN (SELECT invoice_id, sum(base) AS net FROM invoice_deductions GROUP BY invoice_id) AS d ON d.invoice_id = i.id
     WHERE l.net IS NOT NULL AND l.net - coalesce(d.net, 0) <> i.net`,
    (name) => `invoice ${name}: its net is not the sum of its lines, less what it takes off`,
  ],
  [
    `SELECT p.number || '/' || p.version AS name FROM proposals AS p
     LEFT JOIN (SELECT proposal_id, sum(CASE WHEN counts = 1 THEN net ELSE 0 END) AS net FROM proposal_lines
       GROUP BY proposal_id) AS l ON l.proposal_id = p.id
     WHERE coalesce(l.net, 0) <> p.net`,
    (name) => `proposal ${name}: its net is not the sum of its lines`,
  ],
  [
    `SELECT p.number || '/' || p.version AS name FROM proposals AS p
     LEFT JOIN (SELECT proposal_id, sum(CASE WHEN taken = 1 THEN net ELSE 0 END) AS net FROM proposal_lines
       GROUP BY proposal_id) AS l ON l.proposal_id = p.id
     WHERE p.decision = 'accepted' AND (p.accepted_net IS NULL OR coalesce(l.net, 0) <> p.accepted_net)`,
    (name) => `proposal ${name}: what was accepted is not the sum of the lines that were taken`,
  ],
  [
    `SELECT min(p.number) AS name FROM proposals AS p WHERE p.decision = 'accepted'
     GROUP BY p.number_key HAVING count(*) > 1`,
    (name) => `proposal ${name}: more than one version of it was accepted`,
  ],
  [
    `SELECT DISTINCT ${names} AS name FROM invoice_deductions AS d
     JOIN invoices AS i ON i.id = d.invoice_id JOIN invoices AS e ON e.id = d.deducts_id
     LEFT JOIN (SELECT invoice_id, category, rate, sum(base) AS base, sum(tax) AS tax FROM invoice_taxes
       GROUP BY invoice_id, category, rate) AS t
       ON t.invoice_id = d.deducts_id AND t.category = d.category AND t.rate = d.rate
     WHERE coalesce(t.base, 0) < d.base OR coalesce(t.tax, 0) < d.tax OR coalesce(i.part, '') <> 'final'
       OR i.voided_on IS NULL AND e.voided_on IS NOT NULL`,
    (name) => `invoice ${name}: it takes off more than an earlier invoice billed`,
  ],
  [
    `SELECT i.number AS name FROM invoices AS i
     JOIN (SELECT invoice_id, sum(base) AS base, sum(tax) AS tax FROM invoice_taxes GROUP BY invoice_id) AS t
       ON t.invoice_id = i.id
     WHERE t.base <> i.net OR t.tax <> i.tax`,
    (name) => `invoice ${name}: its tax is not the sum of what it says of tax`,
  ],
  [
    `SELECT i.number AS name FROM invoices AS i
     JOIN (SELECT invoice_id, sum(amount) AS amount FROM instalments GROUP BY invoice_id) AS p ON p.invoice_id = i.id
     WHERE p.amount <> i.gross`,
    (name) => `invoice ${name}: its instalments do not add up to it`,
  ],
  [
    `SELECT i.number AS name FROM invoices AS i
     JOIN (SELECT invoice_id, sum(amount) AS amount FROM allocations WHERE invoice_id IS NOT NULL GROUP BY invoice_id) AS a
       ON a.invoice_id = i.id
     WHERE a.amount > i.gross OR i.kind <> 'invoice' OR i.voided_on IS NOT NULL`,
    (name) => `invoice ${name}: more settles it than it comes to`,
  ],
  [
    `SELECT i.number AS name FROM invoices AS i
     JOIN (SELECT credit_id, sum(amount) AS amount FROM allocations WHERE credit_id IS NOT NULL GROUP BY credit_id) AS a
       ON a.credit_id = i.id
     WHERE a.amount > i.gross OR i.kind <> 'credit'`,
    (name) => `credit note ${name}: it settles more than it comes to`,
  ],
  [
    `SELECT p.id AS name FROM payments AS p
     JOIN (SELECT payment_id, sum(amount) AS amount FROM allocations WHERE payment_id IS NOT NULL GROUP BY payment_id) AS a
       ON a.payment_id = p.id
     WHERE a.amount > p.amount OR p.kind = 'refund'`,
    (name) => `payment ${name}: it settles more than it comes to`,
  ],
  [
    `SELECT p.id AS name FROM payments AS p
     LEFT JOIN (SELECT refund_id, sum(amount) AS amount FROM allocations WHERE refund_id IS NOT NULL GROUP BY refund_id) AS a
       ON a.refund_id = p.id
     WHERE (p.kind = 'refund') <> (a.amount IS NOT NULL) OR a.amount <> p.amount`,
    (name) => `refund ${name}: it is not what was given back`,
  ],
  [
    `SELECT b.id AS name FROM bank_lines AS b
     LEFT JOIN payments AS p ON p.bank_line_id = b.id AND p.kind IN ('in', 'refund')
     WHERE (b.state = 'matched') <> (p.id IS NOT NULL)`,
    (name) => `booking ${name}: it is matched without a payment, or has one and is not matched`,
  ],
  [
    `SELECT p.id AS name FROM payments AS p JOIN bank_lines AS b ON b.id = p.bank_line_id
     WHERE p.currency <> b.currency
       OR p.kind IN ('in', 'refund') AND b.amount <> CASE p.kind WHEN 'refund' THEN -p.amount ELSE p.amount END`,
    (name) => `payment ${name}: it is not the amount of its booking`,
  ],
  ...(
    [
      ['invoices', 'gross', 'invoice_id', "i.kind = 'invoice'", 'invoice', 'i.number'],
      ['invoices', 'gross', 'credit_id', "i.kind = 'credit'", 'credit note', 'i.number'],
      ['payments', 'amount', 'payment_id', 'true', 'payment', 'i.id'],
    ] as const
  ).map(([table, amount, of, which, noun, name]): [string, (name: string) => string] => [
    `SELECT ${name} AS name FROM ${table} AS i
     LEFT JOIN (SELECT ${of} AS id, sum(amount) AS amount, max(at) AS last FROM allocations GROUP BY ${of}) AS a ON a.id = i.id
     WHERE ${which} AND i.settled_on IS DISTINCT FROM CASE WHEN a.amount = i.${amount} THEN a.last END`,
    (found) => `${noun} ${found}: the day on which it was settled is not that of what settles it`,
  ]),
  [
    `SELECT DISTINCT ${names} AS name FROM invoices AS i
     JOIN (SELECT invoice_id FROM reminders UNION ALL SELECT invoice_id FROM promises) AS r ON r.invoice_id = i.id
     WHERE i.kind <> 'invoice' OR i.number IS NULL`,
    (name) => `invoice ${name}: it has reminders or promises, and was not issued`,
  ],
  [
    `SELECT p.id AS name FROM promises AS p JOIN invoices AS i ON i.id = p.invoice_id
     WHERE p.amount + p.leaves > i.gross`,
    (name) => `promise ${name}: more is promised than the invoice comes to`,
  ],
  [
    `SELECT id AS name FROM invoice_repeats
     WHERE made > times`,
    (name) => `repeated invoice ${name}: more were made than there are to be`,
  ],
  [
    // A file from another program may have only some of its numbers.
    `SELECT DISTINCT series AS name FROM (
       SELECT series, serial, import_id IS NOT NULL AS is_from_file,
         lag(serial) OVER by_serial AS last, lag(import_id IS NOT NULL) OVER by_serial AS is_last_from_file
       FROM invoices WHERE series IS NOT NULL WINDOW by_serial AS (PARTITION BY series ORDER BY serial))
     WHERE last < serial - 1 AND NOT is_from_file AND NOT is_last_from_file`,
    (name) => `invoices: numbers are missing in the series ${name}`,
  ],
]

/** Invoices and payments whose sums do not fit, and gaps in the numbers of invoices. */
export function wrongMoney(store: Statements): string[] {
  return WRONG.flatMap(([sql, say]) => {
    const found = store.prepare(`${sql} ORDER BY 1 LIMIT ${MOST_NAMED}`).pluck().all()
    return found.map((name) => say(String(name)))
  })
}
