import { copyFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder, type Outcome, runIn } from '../support/funnel.ts'

// November 2026 of a sole trader who sells kitchen equipment, through the real binary only.
//
// Clients 1-6 are rated A (a contact every 14 days), 7-12 B (every 30 days), 13-30 not at all; all
// came on 2 November. Processes typical (guided) and free have three stages: Qualification (10 %),
// Proposal (40 %), Payment (90 %), with a time limit of 14 days each. Opening a guided deal needs the
// client's need; Qualification is left with amount and contact, Proposal with the expected close and
// a meeting.
//
//  no. deal         process  opened  course                                          on 30 November
//   1  Oven         guided   2 Nov   Proposal 5 Nov, Payment 12 Nov, won 18 Nov      won    4,000
//   2  Mixer        guided   3 Nov   Proposal 10 Nov                                 open   1,500
//   3  Fridge       guided   3 Nov   lost 11 Nov, reopened 16 Nov                    open   2,500
//   4  Spare parts  plain    4 Nov   won 9 Nov, cost 120                             won      300
//   5  Terrace      free     4 Nov   Payment 9 Nov, back 19 Nov, won 20 Nov          won    5,500
//   6  Hood         guided   9 Nov                                                   open      no amount
//   7  Blades       plain    10 Nov  lost 13 Nov (no answer)                         lost     200
//   8  Counter      free     13 Nov  opened in Proposal, lost 20 Nov (no need)       lost   3,000
//   9  Dishwasher   guided   16 Nov                                                  open   2,000
//  10  Filter       plain    18 Nov                                                  open     150
//  11  Shelves      free     12 Nov  entered on 19 Nov                               open     800
//  12  Grill        guided   23 Nov                                                  open   1,000

const FOLDER = newFolder()
const NEED = ['--need', 'to replace the old one']

function at(day: string) {
  const env = { FUNNEL_TODAY: `2026-11-${day}` }
  const run = (...args: string[]): Outcome => runIn(FOLDER, args, { env })
  const ok = (...args: string[]): string => {
    const { code, out, err } = run(...args)
    expect({ args, code, err: code === 0 ? '' : err }).toEqual({ args, code: 0, err: '' })
    return out
  }
  const json = <T = Record<string, unknown>>(...args: string[]): T =>
    JSON.parse(ok(...args, '--json')) as T
  /** Runs a command that must be refused, and nothing must change by it. */
  const refused = (code: number, ...args: string[]): string => {
    const before = ok('history')
    const done = run(...args)
    expect({ args, code: done.code }).toEqual({ args, code })
    expect(ok('history')).toBe(before)
    return done.err
  }
  return { run, ok, json, refused }
}

type Row = Record<string, string | number | null>

interface Task {
  id: number
  text: string
  due: string | null
  deal_id: number | null
}

function tasks(day: string): string[] {
  const { tasks: open } = at(day).json<{ tasks: Task[] }>('task', 'list')
  return open.map(({ id, due }) => `${id} ${due}`)
}

beforeAll(() => {
  copyFileSync(
    path.join(import.meta.dirname, '../fixtures/thirty-clients.csv'),
    path.join(FOLDER, 'clients.csv'),
  )
})
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

describe('a month of a sole trader', { timeout: 300_000 }, () => {
  it('begins with a spreadsheet and a way of selling', () => {
    const { ok, json } = at('02')
    ok('init', '--currency', 'EUR', '--timezone', 'Europe/Berlin')
    expect(json('import', 'clients', 'clients.csv', '--create', 'owners')).toMatchObject({
      read: 30,
      created: 30,
      rejected: 0,
    })
    ok('standard', 'set', 'A', '14')
    ok('standard', 'set', 'B', '30')
    const stages = 'Qualification=10%, Proposal=40%, Payment=90%'
    ok('process', 'edit', 'typical', '--stages', stages, '--ask-need')
    ok('process', 'edit', 'free', '--stages', stages)
    const stage = (name: string, demands: string): string =>
      ok('process', 'edit', 'typical', '--stage', name, '--demand', demands)
    stage('Qualification', 'amount, contact')
    stage('Proposal', 'expected-close, meeting')
    expect(ok('process', 'show', 'typical')).toContain(
      [
        '● opened, with what the client needs',
        '│',
        '● Qualification  10%, 14 days',
        '│   needs amount, contact',
        '│',
        '● Proposal       40%, 14 days',
        '│   needs expected-close, meeting',
        '│',
        '● Payment        90%, 14 days',
        '│',
        '◆ won, or lost at any stage',
      ].join('\n'),
    )
  })

  it('goes on with the first deals: demands refused, then met', () => {
    const second = at('02')
    expect(second.refused(2, 'deal', 'add', '1', 'Oven', '--amount', '4000')).toContain(
      'asks what the client needs before a deal is opened\n  give it: --need "TEXT"',
    )
    second.ok('deal', 'add', '1', 'Oven', '--amount', '4000', ...NEED)
    const third = at('03')
    third.ok('deal', 'add', 'holm', 'Mixer', '--amount', '1500', ...NEED)
    // What was said is the need. Tasks: 3 is the stage's, 4 the one agreed on, due on Friday.
    const fridge = ['--open-deal', 'Fridge', '--amount', '2500']
    const next = ['--next', 'Send photos', '--due', 'friday']
    const said = ['log', 'call', 'nordwind', 'needs a fridge', '--out', '--result', 'interested']
    expect(third.json(...said, ...fridge, ...next)).toMatchObject({
      deal: 3,
      task: 4,
      due: '2026-11-06',
    })
    const fourth = at('04')
    fourth.ok(
      'deal',
      'add',
      '4',
      'Spare parts',
      '--process',
      'plain',
      '--amount',
      '300',
      '--cost',
      '120',
    )
    fourth.ok('deal', 'add', '5', 'Terrace', '--process', 'free', '--amount', '6000')
    // Guided deals have a task each, due 14 days on; plain and free ones have none.
    expect(tasks('04')).toEqual(['4 2026-11-06', '1 2026-11-16', '2 2026-11-17', '3 2026-11-17'])

    const fifth = at('05')
    expect(fifth.refused(2, 'advance', 'oven')).toBe(
      'funnel: deal 1 (Oven) cannot leave Qualification without: contact\n  give: --contact NAME\n',
    )
    expect(fifth.json('advance', 'oven', '--contact', 'Ida Berg')).toMatchObject({
      stage: 'Proposal',
      task: 5,
      due: '2026-11-19',
    })
    at('06').ok('task', 'done', 'photos', '--note', 'by e-mail')
  })

  it('meets skips, losses with follow-ups, and a stage’s task that is the step itself', () => {
    const ninth = at('09')
    ninth.ok('win', 'spare parts')
    ninth.ok('deal', 'add', '6', 'Hood', ...NEED)
    ninth.ok('move', 'terrace', 'payment')
    expect(ninth.refused(1, 'move', 'mixer', 'payment')).toContain(
      'guided: after Qualification comes Proposal, not Payment\n  take it one stage on: funnel advance 2',
    )
    const tenth = at('10')
    expect(tenth.refused(2, 'task', 'done', '2')).toContain('without: contact')
    expect(tenth.json('task', 'done', '2', '--contact', 'Per Olsen')).toMatchObject({
      deal: 2,
      stage: 'Proposal',
      task: 7,
      due: '2026-11-24',
    })
    tenth.ok('deal', 'add', '7', 'Blades', '--process', 'plain', '--amount', '200')
    // 90 days after 11 November: 19 in November, 31, 31, and 9 in February.
    expect(at('11').json('lose', 'fridge', '--reason', 'too expensive')).toMatchObject({
      task: 8,
      due: '2027-02-09',
    })
    const twelfth = at('12')
    expect(twelfth.refused(2, 'advance', '1')).toContain(
      'without: expected-close, meeting\n  give: --expected-close DAY --log "meeting: TEXT"',
    )
    twelfth.ok('log', 'meeting', '1', 'tasted it, liked it', '--deal', '1', '--contact', 'ida')
    twelfth.ok('deal', 'edit', '1', '--expected-close', '20 Nov')
    expect(twelfth.json('advance', '1')).toMatchObject({ stage: 'Payment', task: 9 })
    const thirteenth = at('13')
    // 60 days after 13 November: 17 in November, 31, and 12 in January.
    expect(thirteenth.json('lose', 'blades', '--reason', 'no answer')).toMatchObject({
      task: 10,
      due: '2027-01-12',
    })
    const counter = ['8', 'Counter', '--process', 'free', '--stage', 'proposal', '--amount', '3000']
    thirteenth.ok('deal', 'add', ...counter)
    const sixteenth = at('16')
    sixteenth.ok('reopen', 'fridge', '--note', 'found the money')
    sixteenth.ok('deal', 'add', '9', 'Dishwasher', '--amount', '2000', ...NEED)
    sixteenth.ok('log', 'sms', '6', 'hood is on its way', '--out')
    // Reopened, the follow-up (8) is dropped and the stage has its task again (11).
    expect(tasks('16')).toEqual([
      '6 2026-11-23',
      '7 2026-11-24',
      '9 2026-11-26',
      '11 2026-11-30',
      '12 2026-11-30',
      '10 2027-01-12',
    ])
  })

  it('takes two mistakes back', () => {
    const seventeenth = at('17')
    seventeenth.ok('deal', 'edit', 'mixer', '--expected-close', '2026-11-27')
    const before = seventeenth.ok('deal', 'show', 'mixer')
    seventeenth.ok('lose', 'mixer', '--reason', 'competitor')
    expect(tasks('17')).not.toContain('7 2026-11-24')
    seventeenth.ok('undo')
    expect(seventeenth.ok('deal', 'show', 'mixer')).toBe(before)
    expect(tasks('17')).toContain('7 2026-11-24')

    const eighteenth = at('18')
    eighteenth.ok('win', 'oven')
    eighteenth.ok('deal', 'add', '10', 'Filter', '--process', 'plain', '--amount', '150')
    eighteenth.ok('log', 'email', '5', 'asked for the colour', '--in')
    const nineteenth = at('19')
    nineteenth.ok('move', 'terrace', 'qualification')
    const shelves = ['Shelves', '--process', 'free', '--amount', '800', '--on', '2026-11-12']
    nineteenth.ok('deal', 'add', 'café central', ...shelves)
    const twentieth = at('20')
    twentieth.ok('win', 'terrace', '--amount', '5500')
    twentieth.ok('lose', 'counter', '--reason', 'no need')
    twentieth.ok('log', 'call', '2', 'still thinking', '--result', 'reached')

    const twentyThird = at('23')
    twentyThird.ok('deal', 'add', '12', 'Grill', '--amount', '1000', ...NEED)
    const card = twentyThird.ok('client', 'show', '12')
    twentyThird.ok('advance', 'grill', '--contact', 'Nobody')
    twentyThird.ok('undo')
    expect(twentyThird.ok('client', 'show', '12')).toBe(card)
    expect(twentyThird.ok('doctor')).toBe('funnel.db is sound\n')
  })

  it('keeps what comes again, and what does not count as a contact', () => {
    const { ok, json } = at('24')
    ok('task', 'add', 'Count the stock', '--due', 'today', '--every', '1w')
    expect(json('task', 'done', 'stock')).toMatchObject({ task: 17, due: '2026-12-01' })
    ok('task', 'add', 'Tax papers', '--due', '30 Nov')
    ok('log', 'call', '4', '', '--result', 'no-answer')
    ok('log', 'note', '4', 'ring in the afternoon')
  })

  it('ends with a day whose every line is known', () => {
    const { json, ok } = at('30')
    const today = json<{ items: Row[]; totals: unknown }>('today')
    expect(
      today.items.map(({ cause, by, late, client_id, deal_id, task, command }) =>
        [cause, by, late, client_id, deal_id, task, command].map((value) => value ?? '-').join(' '),
      ),
    ).toEqual([
      // Stage tasks of deals 6 (opened on the 9th) and 2 (Proposal since the 10th), 14 days on.
      'overdue 2026-11-23 7 6 6 6 funnel advance 6',
      'overdue 2026-11-24 6 2 2 7 funnel advance 2',
      // Deal 3 was reopened and deal 9 opened on the 16th.
      'due 2026-11-30 0 3 3 11 funnel advance 3',
      'due 2026-11-30 0 9 9 12 funnel advance 9',
      'due 2026-11-30 0 - - 18 funnel task done 18',
      'expected 2026-11-27 3 2 2 - funnel deal edit 2 --expected-close DAY',
      // Free deals have no tasks: opened on the 12th, limit 14 days.
      'stuck 2026-11-26 4 11 11 - funnel move 11 STAGE',
      // A: 14 days. Client 4 was only rung in vain since the 2nd; client 3 was called on the 3rd,
      // client 1 met on the 12th. Clients 2, 5, 6 heard from us on the 20th, 18th, 16th: the 16th
      // and 14 days are the 30th itself, which is in time. B: 30 days from the 2nd are 2 December.
      'silent 2026-11-16 14 4 - - funnel log call 4',
      'silent 2026-11-17 13 3 - - funnel log call 3',
      'silent 2026-11-26 4 1 - - funnel log call 1',
      // The filter, open since the 18th in a plain process, has no task: nobody planned anything.
      'unplanned - - 10 10 - funnel task add "NEXT STEP" --deal 10 --due DAY',
    ])
    expect(today.totals).toEqual({
      overdue: 2,
      due: 3,
      expected: 1,
      stuck: 1,
      silent: 3,
      coming: 0,
      unplanned: 1,
      owed: 0,
      offered: 0,
      items: 11,
    })
    // Up to 6 December: the stock on the 1st, client 5 on the 2nd, client 2 on the 4th, client 6
    // today, and the six clients rated B on the 2nd.
    expect(json('today', '--week').totals).toMatchObject({ due: 3, coming: 10, items: 21 })
    expect(ok('today').split('\n').slice(0, 2)).toEqual([
      'Today, 2026-11-30',
      '2 overdue · 3 due today · 1 past the expected close · 1 over the stage’s limit · ' +
        '3 not contacted in time · 1 without a dated next step',
    ])
    expect(json('report', 'standards')).toMatchObject({
      owners: [{ owner: 'Mara', clients: 12, in_time: 9, late: 3, kept: 0.75 }],
      rows: [{ client_id: 4, last_contact: null }, { client_id: 3 }, { client_id: 1 }],
    })
  })

  it('ends with reports that add up', () => {
    const { json } = at('30')
    const line = (row: Record<string, unknown>): unknown[] => Object.values(row)
    const open = json<{ stages: Record<string, unknown>[]; totals: unknown }>('report', 'open')
    const figures = ['deals', 'clients', 'amount', 'profit', 'probability', 'weighted']
    const shown = ['stage', ...figures, 'median_days', 'overdue']
    expect(open.stages.map((row) => shown.map((key) => row[key]))).toEqual([
      // Deals 3, 6, 9, 11, 12: 2,500 + 0 + 2,000 + 800 + 1,000; 14, 21, 14, 18 and 7 days here, of
      // which 21 and 18 are over 14. stage, deals, clients, amount, profit, chance, weighted, median
      // days, overdue.
      ['Qualification', 5, 5, 6300, 6300, 0.1, 630, 14, 2],
      // Deal 2: since the 10th.
      ['Proposal', 1, 1, 1500, 1500, 0.4, 600, 20, 1],
      ['Payment', 0, 0, 0, 0, null, 0, null, 0],
      // Deal 10: since the 18th.
      ['(no stages)', 1, 1, 150, 150, null, null, 12, 0],
    ])
    // Days 7, 12, 14, 14, 18, 20, 21: median 14.
    expect(open.totals).toMatchObject({
      deals: 7,
      clients: 7,
      amount: 7950,
      profit: 7950,
      weighted: 1230,
      median_days: 14,
      overdue: 3,
    })

    const closed = json<{ stages: Record<string, unknown>[]; totals: unknown }>('report', 'closed')
    expect(closed.stages.map(line)).toEqual([
      // Deals 1, 5 (won: 4,000 + 5,500) and 8 (lost in Proposal: 3,000). stage, reached, passed, lost,
      // step, overall, and the same of amounts.
      ['Qualification', 3, 3, 0, 1, 1, 12_500, 12_500, 0, 1, 1],
      ['Proposal', 3, 2, 1, 2 / 3, 1, 12_500, 9500, 3000, 9500 / 12_500, 1],
      ['Payment', 2, 2, 0, 1, 2 / 3, 9500, 9500, 0, 1, 9500 / 12_500],
    ])
    // Won: 1, 4, 5: 4,000 + 300 + 5,500; only deal 4 has a cost, of 120. Lost: 7, 8: 200 + 3,000.
    expect(closed.totals).toMatchObject({
      deals: 5,
      won: 3,
      lost: 2,
      win_rate: 0.6,
      amount_won: 9800,
      amount_lost: 3200,
      profit_won: 9680,
    })
  })

  it('ends with cards that tell the whole story', () => {
    const { json } = at('30')
    const story = (client: string): string[] =>
      json<{ timeline: Row[] }>('client', 'show', client).timeline.map(
        ({ at: day, what, details }) => `${String(day).slice(8)} ${what}: ${details}`,
      )
    expect(story('1')).toEqual([
      '18 won: null',
      '18 task done: See the payment in',
      '12 moved: Payment',
      '12 amended: 4,000.00 EUR',
      '12 meeting: Ida Berg: tasted it, liked it',
      '12 task done: Send the proposal',
      '05 moved: Proposal',
      '05 task done: Find out need, budget and who decides',
      '02 opened: Qualification: 4,000.00 EUR',
      '02 imported: from clients.csv, row 2',
    ])
    expect(story('3')).toEqual([
      '16 reopened: found the money',
      '16 task dropped: Offer again: reopened',
      '11 lost: too expensive',
      '11 task dropped: Find out need, budget and who decides',
      '06 task done: Send photos: by e-mail',
      '03 opened: Qualification: 2,500.00 EUR',
      '03 call out: interested: needs a fridge',
      '02 imported: from clients.csv, row 4',
    ])
    expect(json('client', 'show', '3')).toMatchObject({
      name: 'Nordwind Hotel',
      owner: 'Mara',
      open_deals: [{ title: 'Fridge', need: 'needs a fridge', amount: 2500 }],
      tasks: [{ id: 11, due: '2026-11-30' }],
    })
    expect(at('30').ok('doctor')).toBe('funnel.db is sound\n')
  })
})
