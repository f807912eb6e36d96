import { describe, expect, it } from 'vitest'
import type { ImportKind } from '../../src/import/map/fields.ts'
import { type KnownNames, proposeColumns } from '../../src/import/map/propose.ts'

/** `Header→field` for each header; `–` where none is recognised. */
function read(
  kind: ImportKind,
  headers: string[],
  samples: string[][] = [],
  known?: KnownNames,
): string {
  return proposeColumns(kind, headers, { map: [], ignore: [] }, samples, new Map(), known)
    .map(({ header, target }) => `${header}→${target.to === 'field' ? target.field : '–'}`)
    .join('; ')
}

const LISTS: [string, ImportKind, string][] = [
  [
    'Zoho deals',
    'deals',
    'Record Id→ref; Deal Owner.id→–; Deal Owner→owner; Amount→amount; Deal Name→title; Closing Date→closed; Account Name.id→client-ref; Account Name→client; Stage→stage; Type→–; Probability (%)→–; Next Step→–; Expected Revenue→–; Lead Source→source; Campaign Source→–; Contact Name.id→–; Contact Name→contact; Created By→–; Created Time→opened; Modified Time→–; Description→note; Reason For Loss→reason',
  ],
  [
    'Zoho deals by the name of the owner and the offer',
    'deals',
    'Deal Owner Name→owner; Created Time→opened; Contact Name→client; Offer Total Amount→amount; Deal Name→title',
  ],
  [
    'ERPNext opportunities',
    'deals',
    'ID→ref; Series→–; Company→–; Opportunity From→–; Party→client; Title→title; Opportunity Type→–; Status→outcome; Sales Stage→stage; Opportunity Owner→owner; Transaction Date→opened; Expected Closing→expected-close; Opportunity Amount→amount; Opportunity Amount (Company Currency)→–; Currency→currency; Conversion Rate→–; Territory→–; Source→source; Lost Reasons→reason',
  ],
  [
    'ERPNext opportunities, otherwise',
    'deals',
    'Party Name→client; Opportunity Date→opened; Expected Closing Date→expected-close; Company→–',
  ],
  [
    'Odoo opportunities',
    'deals',
    'External ID→ref; Opportunity→title; Customer→client; Contact Name→contact; Salesperson→owner; Sales Team→–; Expected Revenue→amount; Prorated Revenue→–; Recurring Revenue→–; Stage→stage; Active→is-active; Lost Reason→reason; Created on→opened; Expected Closing→expected-close; Closed Date→closed; Probability→–; Priority→–; Last Stage Update→–',
  ],
  ['Odoo opportunities won', 'deals', 'Opportunity→title; Customer→client; Won on→won-on'],
  [
    'Dynamics opportunities',
    'deals',
    '(Do Not Modify) Opportunity→ref; (Do Not Modify) Row Checksum→–; (Do Not Modify) Modified On→–; Topic→title; Potential Customer→client; Account→–; Contact→contact; Est. Close Date→expected-close; Est. Revenue→amount; Actual Revenue→won-amount; Actual Close Date→closed; Status→outcome; Status Reason→reason; Probability→–; Rating→–; Owner→owner; Originating Lead→–; Created On→opened',
  ],
  [
    'Freshsales deals',
    'deals',
    'Id→ref; Deal name→title; Deal value→amount; Deal value in Base Currency→–; Expected deal value→–; Deal stage→stage; Deal pipeline→process; Sales owner→owner; Account→client; Related contacts→contact; Expected close date→expected-close; Closed date→closed; Lost reason→reason; Created at→opened; Updated at→–',
  ],
  [
    'Close opportunities',
    'deals',
    'id→ref; lead_id→client-ref; lead_name→client; contact_name→contact; user_name→owner; status_label→stage; status_type→outcome; value→amount; value_period→–; confidence→–; note→note; date_created→opened; date_won→won-on; date_lost→lost-on',
  ],
  [
    'Close, with values as text',
    'deals',
    'lead_name→client; status_type→outcome; value→–; value_formatted→amount; value_currency→currency',
  ],
  [
    'a German list',
    'deals',
    'Vorgangsnr.→ref; Eingang→opened; Kunde→client; Ansprechpartner→contact; PLZ / Ort→–; Woher?→source; Produkt→need; Angebot €→amount; Auftragswert→won-amount; Status→stage; Bearbeiter→owner; Wiedervorlage→–',
  ],
  [
    'a German list of orders',
    'deals',
    'Kunde→client; Angebot→–; Auftragswert→amount; Rabatt €→–; Abschluss %→–; Umsatz %→–',
  ],
  [
    'a Thai list',
    'deals',
    'เลขที่→ref; วันที่→opened; ชื่อลูกค้า→client; มูลค่า→amount; ผู้ดูแล→owner; สถานะ→stage; วันที่ปิด→closed; สาเหตุ→reason',
  ],
  [
    'a Russian list',
    'deals',
    'Сделка→title; Контрагент→client; Бюджет→amount; Ответственный→owner; Этап→stage; Источник→source; Дата создания→opened; Вероятность→–',
  ],
  ['amoCRM, which calls deals leads', 'deals', 'Lead ID→ref; Lead name→title; Lead status→stage'],
  [
    'a list with an active flag that says nothing of an outcome',
    'deals',
    'Deal→title; Client→client; Stage→stage; Active→–',
  ],
  ['a list with a company', 'deals', 'Company→client; Deal→title; Status→stage'],
  ['German clients', 'clients', 'Firma→name; Woher?→source; PLZ / Ort→–; Wiedervorlage→–'],
  ['German follow-ups', 'tasks', 'Aufgabe→text; Wiedervorlage→due; Kunde→client'],
]

describe('headers of', () => {
  it.each(LISTS)('%s', (_, kind, expected) => {
    const headers = expected.split('; ').map((pair) => pair.replace(/→[^→]*$/, ''))
    expect(read(kind, headers)).toBe(expected)
  })
})

describe('a header above cells that cannot be what it says', () => {
  it.each([
    ['a sum in words', 'Value', ['high', 'low'], '–'],
    ['a sum', 'Value', ['1.5', 'n/a'], 'amount'],
    ['a day in words', 'Closing date', ['soon', 'some day'], '–'],
    ['a day', 'Closing date', ['2026-01-02', 'soon'], 'closed'],
    ['a day of winning', 'Won', ['2026-01-02', '2026-03-04'], 'won-on'],
    ['yes and no', 'Won', ['yes', 'no'], 'is-won'],
    ['sums won', 'Won', ['1,200', '350'], '–'],
    ['a share', 'Won %', ['1', '0'], '–'],
    ['a share of sales', 'Sales %', ['10', '20'], '–'],
  ])('is not read so: %s', (_, header, cells, field) => {
    const samples = cells.map((cell) => ['Pier', 'Crane', cell])
    expect(read('deals', ['Client', 'Title', header], samples).split('→').at(-1)).toBe(field)
  })
})

describe('columns known by what they hold', () => {
  const known: KnownNames = {
    owner: new Set(['ann berg', 'bo lind']),
    source: new Set(['web', 'fair']),
    stage: new Set(['proposal', 'contract']),
  }
  const held = (header: string, cells: string[], kind: ImportKind = 'deals'): string => {
    const samples = cells.map((cell) => ['Pier', 'Crane', cell])
    return read(kind, ['Client', 'Title', header], samples, known).split('→').at(-1) ?? ''
  }

  it.each([
    ['Looked after', ['Ann Berg', 'BO LIND', 'Ann Berg'], 'owner'],
    ['Looked after', ['Ann Berg', 'Cy Moe', 'Di Poe'], '–'],
    ['Looked after', ['Ann Berg'], '–'],
    ['Created by', ['Ann Berg', 'Bo Lind'], '–'],
    ['How', ['web', 'Fair'], 'source'],
    ['Where it is', ['Proposal', 'Contract', 'Won'], 'stage'],
    ['Where it is', ['won', 'lost'], '–'],
    ['Next step', ['Proposal', 'Contract'], '–'],
    ['Big one', ['€ 1.200', '3.500,00 €', '€900'], 'amount'],
    ['Big one', ['1 200 руб.', '35 000 ₽'], 'amount'],
    ['Big one', ['1200', '3500'], '–'],
    ['Big one (EUR)', ['1200', '3500'], 'amount'],
    ['Big one €', ['on request', 'much'], '–'],
    ['Discount €', ['12', '35'], '–'],
    ['Deposit paid', ['€ 12', '€ 35'], '–'],
    ['Big % of €', ['€ 12', '€ 35'], '–'],
  ])('%s: %j', (header, cells, field) => {
    expect(held(header, cells)).toBe(field)
  })

  it('are not known where there are two of the kind', () => {
    const samples = [
      ['Pier', 'Crane', '€ 12', '€ 15', 'Ann Berg', 'Bo Lind'],
      ['Dock', 'Winch', '€ 35', '€ 38', 'Bo Lind', 'Bo Lind'],
    ]
    const headers = ['Client', 'Title', 'One sum', 'Another sum', 'One person', 'Another person']
    expect(read('deals', headers, samples, known)).toBe(
      'Client→client; Title→title; One sum→–; Another sum→–; One person→–; Another person→–',
    )
  })

  it('are owners and sources of clients too, and their sums are none of a deal', () => {
    expect(held('Looked after', ['Ann Berg', 'Bo Lind'], 'clients')).toBe('owner')
    expect(held('Turnover last year', ['€ 12', '€ 35'], 'clients')).toBe('–')
  })
})
