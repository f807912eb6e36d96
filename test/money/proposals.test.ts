import { cpSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { proposalStatus, type VersionDays } from '../../src/domain/proposals/status.ts'
import { contents, day } from '../support/book.ts'
import { newFolder, temporaryFolder } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'

/** The folder of the book that is looked at. */
let folder = ''

/** A line as it is typed, in words. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')

async function ok(line: string): Promise<string> {
  const { code, out, err } = await runInside(folder, words(line))
  if (code !== 0) throw new Error(`funnel ${line}: ${err}`)
  return out
}

const json = async <T>(line: string): Promise<T> => JSON.parse(await ok(`${line} --json`)) as T

async function refused(line: string): Promise<string> {
  const { code, err } = await runInside(folder, words(line))
  return `${code}: ${err.replace('funnel: ', '')}`
}

function rowsOf(): Record<string, unknown[]> {
  const book = openBook(path.join(folder, 'funnel.db'))
  try {
    const { operations: _, ...rows } = contents(book)
    return rows
  } finally {
    book.close()
  }
}

const statuses = async (as = ''): Promise<string[]> =>
  (
    await json<{ proposals: { number: string; version: number; status: string }[] }>(
      `proposal list --all ${as}`,
    )
  ).proposals.map(({ number, version, status }) => `${number}/${version} ${status}`)

const stage = async (): Promise<unknown> => (await json<{ stage: string }>('deal show 1')).stage

const BASE = newFolder()

beforeAll(async () => {
  folder = BASE
  await ok('init --currency EUR --timezone UTC')
  await ok('client add "Harbour Foods" --street "Kai 5" --town Hamburg --country DE')
  await ok('company set --name "Ann Lee" --street "Weg 1" --postcode 10115 --town Berlin')
  await ok('tax add Standard 19%')
  await ok('product add "Cold room" --code CR-20 --price 1249.99 --cost 900')
  await ok('deal add harbour "Cold store" --on 2026-10-01')
  await ok('deal line add 1 CR-20 --quantity 3 --discount 5% --on 2026-10-01')
  await ok('deal line add 1 --text Transport --price 400 --optional --on 2026-10-01')
})

afterAll(() => rmSync(BASE, { recursive: true }))

beforeEach(() => {
  folder = temporaryFolder()
  cpSync(BASE, folder, { recursive: true })
})

describe('a proposal', () => {
  it('has the lines of its deal, and comes to what they come to without options', async () => {
    // 3 × 1,249.99 − 5 % = 3,562.4715; 19 % of 3,562.47 = 676.8693; full 3,749.97.
    const made = await json('proposal make 1 --on 2026-10-05 --valid 14d --note "Until then"')
    expect(made).toMatchObject({
      number: 'P-2026-0001',
      version: 1,
      net: 3562.47,
      tax: 676.87,
      gross: 4239.34,
      valid_until: '2026-10-19',
      margin: expect.closeTo(0.2421, 4),
      odds: null,
    })
    const shown = await json<{ full_net: number; lines: { text: string; counts: boolean }[] }>(
      'proposal show 1',
    )
    expect(shown).toMatchObject({ full_net: 3749.97, note: 'Until then', subject: 'Cold store' })
    expect(shown.lines.map(({ text, counts }) => [text, counts])).toEqual([
      ['Cold room', true],
      ['Transport', false],
    ])
  })

  it('stays as it was made, whatever becomes of the deal, the client and the product', async () => {
    await ok('proposal make 1')
    const { lines } = await json<{ lines: unknown }>('proposal show 1')
    await ok('deal line edit 1 1 --quantity 1')
    await ok('product edit CR-20 --name Freezer')
    await ok('client edit 1 --name "Harbour Ltd" --street "Kai 9"')
    const now = await json('proposal show 1/1')
    expect(now).toMatchObject({ lines, buyer: { name: 'Harbour Foods', street: 'Kai 5' } })
  })

  it('is made of title and amount if the deal has no lines', async () => {
    await ok('deal add harbour "Service a year" --amount 1200')
    await ok('proposal make 2')
    expect(await json('proposal show 1')).toMatchObject({
      net: 1200,
      gross: 1428,
      lines: [{ text: 'Service a year', quantity: 1, price: 1200 }],
    })
    await ok('deal edit 2 --amount 1000')
    await ok('proposal accept 1')
    expect(await json('deal show 2')).toMatchObject({ amount: 1200 })
  })

  it('is the next version of its number, and a number of its own if asked for or accepted', async () => {
    await ok('proposal make 1 --on 2026-10-05 --valid none')
    await ok('deal line edit 1 1 --discount 7% --on 2026-10-06')
    await ok('proposal make 1 --on 2026-10-06 --valid 60d')
    expect(await statuses()).toEqual(['P-2026-0001/2 draft', 'P-2026-0001/1 superseded'])
    expect(await statuses('--as-of 2026-10-05')).toEqual(['P-2026-0001/1 draft'])
    await ok('proposal make 1 --new')
    await ok('proposal accept P-2026-0002 --no-invoice')
    await ok('settings set proposal-number "AN {nn}"')
    await ok('proposal make 1')
    expect((await statuses()).slice(0, 2)).toEqual(['AN 01/1 draft', 'P-2026-0002/1 accepted'])
    expect(await ok('proposal list --accepted')).toContain('P-2026-0002')
    expect(await refused('proposal show 1')).toContain('may be any of AN 01, P-2026-0001')
  })

  it('is listed for the owner of its latest version only', async () => {
    await ok('owner add Ann')
    await ok('owner add Bob')
    await ok('deal edit 1 --owner Ann')
    await ok('proposal make 1')
    await ok('proposal send 1 --out first.pdf')
    await ok('deal edit 1 --owner Bob')
    await ok('deal line drop 1 2')
    await ok('proposal make 1')
    await ok('proposal send 1 --out second.pdf')
    const of = async (owner: string) =>
      (
        await json<{ proposals: { version: number }[] }>(`proposal list --owner ${owner}`)
      ).proposals.map(({ version }) => version)
    expect([await of('Ann'), await of('Bob')]).toEqual([[], [2]])
  })

  it('stays the same version if nothing has changed and nobody has it yet', async () => {
    await ok('proposal make 1 --on 2026-10-05 --valid 60d --note "Until then"')
    const again = await json('proposal make 1 --format html --out offer.html')
    const same = { version: 1, unchanged: true, valid_until: '2026-12-04' }
    expect(again).toMatchObject({ ...same, file: 'offer.html' })
    expect(readFileSync(path.join(folder, 'offer.html'), 'utf8')).toContain('Until then')
    expect(await json('proposal show 1')).toMatchObject({ format: 'html', note: 'Until then' })
    await ok('proposal make 1 --out offer.pdf')
    expect(readFileSync(path.join(folder, 'offer.pdf'), 'latin1')).toMatch(/^%PDF-/)
    const { out } = await runInside(folder, words('proposal make 1 --valid 2026-12-04'))
    expect(out).toContain('has not changed since 2026-10-05 and was not sent: no new version')
    // Anything else that the client would read is another version; so is one after it was sent.
    await ok('deal line edit 1 2 --choose')
    expect(await json('proposal make 1')).toMatchObject({ version: 2, unchanged: false })
    await ok('client edit 1 --town Bremen')
    expect(await json('proposal make 1')).toMatchObject({ version: 3 })
    expect(await json('proposal make 1 --valid 30d')).toMatchObject({ version: 3 })
    expect(await json('proposal make 1 --note "Only today"')).toMatchObject({ version: 4 })
    await ok('proposal send 1 --out .')
    expect(await json('proposal make 1')).toMatchObject({ version: 5 })
  })

  it('tells versions apart line by line, and from the deal now', async () => {
    await ok('proposal make 1')
    await ok('deal line edit 1 1 --discount 7%')
    await ok('deal line drop 1 2')
    await ok('deal line add 1 --text Assembly --price 90 --quantity 2')
    await ok('proposal make 1')
    const expected = {
      before: { net: 3562.47 },
      after: { net: 3667.47, gross: 4364.29 },
      changes: [
        { change: 'changed', line: 1, how: expect.stringContaining('discount 5% → 7%') },
        { change: 'added', what: 'Assembly', difference: 180 },
        { change: 'dropped', what: 'Transport', difference: 0 },
      ],
    }
    expect(await json('proposal diff 1 1 2')).toMatchObject(expected)
    expect(await json('proposal diff 1 1')).toMatchObject(expected)
    expect(await ok('proposal diff 1')).toContain('Nothing has changed.')
    await ok('deal line edit 1 1 --quantity 4')
    expect(await ok('proposal diff 1')).toContain('quantity 3 → 4')
  })

  it('says how deals with a like discount ended, once there are ten', async () => {
    for (let at = 0; at < 10; at += 1) {
      await ok(`deal add harbour "Deal ${at}" --process plain --on 2026-10-01`)
      await ok(
        `deal line add ${at + 2} --text Work --price 100 --discount ${at === 0 ? 3 : 4}% --on 2026-10-01`,
      )
      await ok(at < 7 ? `win ${at + 2} --on 2026-10-02` : `lose ${at + 2} --on 2026-10-02`)
    }
    // Wilson's interval of 7 of 10 at 95 %: 0.3968…0.8922.
    const { odds } = await json<{ odds: unknown }>('proposal make 1')
    expect(odds).toMatchObject({
      won: 7,
      closed: 10,
      like: 'with up to 5% off',
      low: expect.closeTo(0.3968, 4),
      high: expect.closeTo(0.8922, 4),
    })
  })
})

describe('an answer', () => {
  it('takes the options into the deal, moves it on past Proposal and drafts the invoice', async () => {
    for (const on of ['02', '03', '04']) await ok(`advance 1 --on 2026-10-${on}`)
    await ok('proposal make 1 --on 2026-10-05')
    expect(await stage()).toBe('Proposal')
    const before = rowsOf()
    const accepted = await json('proposal accept 1 --option 2 --on 2026-10-08')
    expect(accepted).toMatchObject({
      amount: 3962.47,
      options: [2],
      stage: 'Decision',
      draft: 'd1',
      restored: false,
    })
    expect(await json('deal show 1')).toMatchObject({ amount: 3962.47, stage: 'Decision' })
    // What was offered stays as it was; the acceptance has figures of its own.
    expect(await json('proposal show 1')).toMatchObject({
      net: 3562.47,
      accepted_net: 3962.47,
      accepted_gross: 4715.34,
      lines: [
        { counts: true, taken: true },
        { counts: false, taken: true },
      ],
      taxes: [{ base: 3562.47 }],
      accepted_taxes: [{ base: 3962.47, tax: 752.87 }],
    })
    const card = await ok('proposal show 1')
    expect(card).toContain('Accepted: 3,962.47 EUR net, 4,715.34 EUR with tax, with line 2')
    expect(card).toContain('option, taken')
    expect(card).toContain('Net as offered')
    expect(await ok('proposal list')).toMatch(/3,562\.47 +3,962\.47/)
    expect(await json('proposal show 1 --as-of 2026-10-07')).toMatchObject({ accepted_net: null })
    expect(await json('report proposals --period 2026-Q4')).toMatchObject({
      totals: { net: 3562.47, net_accepted: 3962.47 },
    })
    // 3,962.47 × 19 % = 752.8693.
    expect(await json('invoice show d1')).toMatchObject({ net: 3962.47, tax: 752.87 })
    const id = rowsOf().proposals?.at(0)
    expect(rowsOf().invoices).toMatchObject([{ proposal_id: (id as { id: number }).id }])
    await ok('undo')
    const { sqlite_sequence: _, journal: __, operation_inserts: ___, ...after } = rowsOf()
    expect(before).toMatchObject(after)
  })

  it('brings back the lines that were offered if the deal has changed since', async () => {
    await ok('proposal make 1')
    await ok('deal line edit 1 1 --quantity 9 --price 10')
    await ok('deal line drop 1 2')
    const { err } = await runInside(folder, words('proposal accept 1 --option 2 --no-invoice'))
    expect(err).toContain('it is as the proposal says again')
    const deal = await json<{ lines: object[] }>('deal show 1')
    expect(deal).toMatchObject({
      amount: 3962.47,
      lines: [
        { line: 1, product: 'Cold room', text: null, quantity: 3, price: 1249.99, cost: 900 },
        { line: 2, text: 'Transport', optional: true, chosen: true, counts: true },
      ],
    })
    expect(await ok('doctor')).toContain('is sound')
  })

  it('takes an alternative in place of its line', async () => {
    await ok('deal line add 1 --text "Smaller room" --price 2000 --alternative-to 1')
    await ok('proposal make 1')
    await ok('proposal accept 1 --option 3,2 --no-invoice')
    expect(await json('deal show 1')).toMatchObject({ amount: 2400 })
  })

  it('leaves the deal where a stage requires more, and says so', async () => {
    await ok('process edit typical --stage Qualification --demand need')
    await ok('proposal make 1')
    const { err, out } = await runInside(folder, ['proposal', 'accept', '1', '--json'])
    expect(err).toContain('deal 1 stays in Qualification, which it cannot leave without: ')
    expect(JSON.parse(out)).toMatchObject({ stage: null, draft: 'd1' })
    expect(await stage()).toBe('Qualification')
  })

  it('is asked about if it comes late, and refused if a later version is out', async () => {
    await ok('proposal make 1 --on 2026-10-05 --valid 14d')
    expect(await statuses('--as-of 2026-10-19')).toEqual(['P-2026-0001/1 draft'])
    expect(await statuses('--as-of 2026-10-20')).toEqual(['P-2026-0001/1 expired'])
    expect(await refused('proposal accept 1')).toContain(
      '1: proposal P-2026-0001/1 was valid until 2026-10-19',
    )
    await ok('proposal accept 1 --on 2026-10-12')
    await ok('undo')
    await ok('proposal make 1')
    expect(await refused('proposal accept 1/1')).toContain('was superseded by P-2026-0001/2')
    await ok('proposal accept 1/1 --yes')
    expect(await statuses()).toEqual(['P-2026-0001/2 superseded', 'P-2026-0001/1 accepted'])
    expect(await refused('proposal accept 1/1')).toContain('was accepted on 2026-11-23')
    const instead = 'P-2026-0001/1 was accepted on 2026-11-23'
    expect(await refused('proposal accept 1')).toContain(`${instead}, in place of P-2026-0001/2`)
    expect(await refused('proposal send 1 --out .')).toContain(instead)
  })

  it('of no leaves the deal open, with its reason', async () => {
    await ok('proposal make 1')
    const { err } = await runInside(folder, words('proposal decline 1 --reason "bad timing"'))
    expect(err).toContain('if it is lost: funnel lose 1 --reason "bad timing"')
    expect(await statuses()).toEqual(['P-2026-0001/1 declined'])
    expect(await json('deal show 1')).toMatchObject({ status: 'open' })
    expect(await refused('proposal accept 1')).toContain('make the next version')
    await ok('undo')
    expect(await statuses()).toEqual(['P-2026-0001/1 draft'])
  })
})

describe('what is refused', () => {
  it('names what is wrong, and what to type', async () => {
    await ok('deal add harbour Nothing')
    expect(await refused('proposal make 2')).toContain('has nothing to offer yet')
    await ok('proposal make 1')
    expect(await refused('proposal accept 1 --option 1')).toContain('its options are: 2')
    expect(await refused('proposal accept 1 --option two')).toContain('is not the number of a line')
    expect(await refused('proposal accept 1/3')).toContain('it has: 1')
    expect(await refused('proposal make 1 --valid 2020-01-01')).toContain('give a later day')
    await ok('lose 1')
    expect(await refused('proposal accept 1')).toContain('funnel reopen 1')
    expect(await refused('proposal make 1')).toContain('funnel reopen 1')
  })

  it('keeps a deal whose proposal was decided on; an unsent one goes with it', async () => {
    await ok('proposal make 1')
    await ok('proposal decline 1')
    expect(await refused('deal delete 1')).toContain('has a proposal, P-2026-0001')
    await ok('undo')
    expect(await ok('deal delete 1')).toContain('with 1 proposal, ')
    expect(rowsOf()).toMatchObject({ proposals: [], proposal_lines: [], proposal_events: [] })
    await ok('undo')
    expect(await statuses()).toEqual(['P-2026-0001/1 draft'])
  })
})

describe('the status of a version', () => {
  const version = (number: number, days: Partial<VersionDays> = {}): VersionDays => ({
    version: number,
    made_on: day('2026-10-01'),
    valid_until: day('2026-10-31'),
    sent_on: null,
    decided_on: null,
    decision: null,
    ...days,
  })

  it('follows from its days, and from those of the others', () => {
    const sent = { sent_on: day('2026-10-02') }
    const first = version(1, sent)
    const draft = version(2, { made_on: day('2026-10-05') })
    const of = (one: VersionDays, others: VersionDays[], on: string): string =>
      proposalStatus(one, [one, ...others], day(on))
    // A draft does not take the place of what the client has.
    expect(of(first, [draft], '2026-10-06')).toBe('sent')
    expect(of(first, [{ ...draft, sent_on: day('2026-10-07') }], '2026-10-06')).toBe('sent')
    expect(of(first, [{ ...draft, sent_on: day('2026-10-07') }], '2026-10-07')).toBe('superseded')
    expect(of(version(1), [draft], '2026-10-06')).toBe('superseded')
    expect(of(first, [], '2026-10-01')).toBe('draft')
    expect(of(first, [], '2026-10-31')).toBe('sent')
    expect(of(first, [], '2026-11-01')).toBe('expired')
    const accepted = version(1, { ...sent, decision: 'accepted', decided_on: day('2026-10-09') })
    expect(of(draft, [accepted], '2026-10-08')).toBe('draft')
    expect(of(draft, [accepted], '2026-10-09')).toBe('superseded')
    expect(of(accepted, [draft], '2026-12-01')).toBe('accepted')
  })
})

it('writes amounts in the decimals of its own currency', async () => {
  await ok('rate add JPY 160 --on 2026-11-20')
  const { deal } = await json<{ deal: number }>(
    'deal add harbour Tokyo --amount 14000 --currency JPY --on 2026-11-20',
  )
  const made = await json<{ currency: string; net: number; gross: number }>(
    `proposal make ${deal} --dry-run`,
  )
  expect([made.currency, made.net, made.gross]).toEqual(['JPY', 14_000, 16_660])
})
