import { describe, expect, it } from 'vitest'
import { type ImportsInside, importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

/** Four deals: Pier’s Winch (red, expo, 900) and Crane (blue, 5,000), Quay’s Mast (red, lost) and Sail (won). */
async function filled(): Promise<ImportsInside> {
  const made = await importsInside()
  const list = [
    'Id,Client,Contact,Title,Amount,Status,Opened,Closed,Tags,Colour,Lot',
    'D1,Pier,Mai,Winch,900,open,2026-09-01,,Expo,red,9',
    'D2,Pier,,Crane,5000,open,2026-09-02,,,blue,10.5',
    'D3,Quay,,Mast,700,lost,2026-09-03,2026-10-03,Expo,red,many',
    'D4,Quay,,Sail,600,won,2026-09-04,2026-10-04,,,12',
  ]
  await made.bring('deals', list, '--create', 'clients')
  return made
}

const where = (conditions: readonly string[]): string[] =>
  conditions.flatMap((condition) => ['--where', condition])

async function titles(made: ImportsInside, ...conditions: string[]): Promise<string[]> {
  const words = ['deal', 'list', '--status', 'all', ...where(conditions)]
  const { deals } = await made.json<{ deals: { title: string }[] }>(...words)
  return deals.map(({ title }) => title).toSorted()
}

async function names(made: ImportsInside, ...conditions: string[]): Promise<string[]> {
  const { clients } = await made.json<{ clients: { name: string }[] }>(
    'client',
    'list',
    ...where(conditions),
  )
  return clients.map(({ name }) => name).toSorted()
}

async function refusal({ folder }: ImportsInside, ...args: string[]): Promise<string> {
  const { code, err } = await runInside(folder, args)
  return `${code}: ${err}`
}

describe('conditions on deals', () => {
  it('ask a list of deals for tags, properties and the contact', async () => {
    const made = await filled()
    expect(await titles(made, 'deal:tag=expo')).toEqual(['Mast', 'Winch'])
    expect(await titles(made, 'tag!=expo')).toEqual(['Crane', 'Sail'])
    expect(await titles(made, 'deal:tag~ex', 'deal:property:Colour=RED')).toEqual(['Mast', 'Winch'])
    expect(await titles(made, 'deal:tag')).toEqual(['Mast', 'Winch'])
    expect(await titles(made, 'deal:property:Colour!=red')).toEqual(['Crane', 'Sail'])
    expect(await titles(made, 'deal:property:Lot>9')).toEqual(['Crane', 'Sail'])
    expect(await titles(made, 'deal:contact=mai')).toEqual(['Winch'])
    expect(await titles(made, 'deal:contact=none')).toEqual(['Crane', 'Mast', 'Sail'])
  })

  it('choose clients that have one deal which meets all of them', async () => {
    const made = await filled()
    expect(await names(made, 'deal:tag=expo')).toEqual(['Pier', 'Quay'])
    expect(await names(made, 'deal:amount>1000')).toEqual(['Pier'])
    // Pier’s deal with the tag is not the large one.
    expect(await names(made, 'deal:tag=expo', 'deal:amount>1000')).toEqual([])
    expect(await names(made, 'deal:status=lost', 'deal:property:Colour=red')).toEqual(['Quay'])
    await made.ok(
      'segment',
      'add',
      'Fair',
      '--where',
      'deal:tag=expo',
      '--where',
      'deal:status=open',
    )
    expect(await made.ok('client', 'list', '--segment', 'fair', '--csv')).toMatch(/Pier/)
    expect(await made.ok('client', 'list', '--segment', 'fair', '--csv')).not.toMatch(/Quay/)
    expect(await made.ok('export', 'clients', ...where(['deal:status=won']))).toMatch(/Quay/)
  })

  it('can be asked of a past day, whatever they are about', async () => {
    const conditions =
      'title=Winch status=open stage=none process=typical owner=none source=none reason=none product=none ' +
      'amount=900 cost=none opened=2026-09-01 closed=none expected-close=none chance<50% ' +
      'chance-by=template stage-since<2026-09-02 need=none note=none tag=expo contact=mai ' +
      'property:Colour=red ref=D1'
    const made = await filled()
    for (const condition of conditions.split(' ')) {
      const asked = ['--as-of', '2026-09-02', ...where([`deal:${condition}`])]
      for (const report of [
        ['report', 'open'],
        ['report', 'cohort'],
        ['forecast', '--weighted'],
      ]) {
        const { code, err } = await runInside(made.folder, [...report, ...asked])
        expect({ condition, code, err }).toEqual({ condition, code: 0, err: '' })
      }
    }
  })

  it('leave other deals out of reports, forecasts, checks and exports of deals', async () => {
    const made = await filled()
    const expo = where(['deal:tag=expo'])
    const open = await made.json<{ totals: object }>('report', 'open', ...expo)
    expect(open.totals).toMatchObject({ deals: 1, amount: 900 })
    const closed = await made.json<{ totals: object }>(
      'report',
      'closed',
      '--period',
      '2026-10',
      ...expo,
    )
    expect(closed.totals).toMatchObject({ won: 0, lost: 1, amount_lost: 700 })
    const owners = await made.json<{ totals: { won: number } }>(
      'report',
      'owners',
      '--period',
      'all',
      ...where(['deal:property:Lot>11']),
    )
    expect(owners.totals).toMatchObject({ won: 1 })
    const weighted = await made.ok('forecast', '--weighted', ...expo)
    expect(weighted).toContain('where: deal:tag=expo')
    expect(await made.ok('export', 'deals', ...expo)).not.toMatch(/Crane|Sail/)
    expect(await made.ok('check', 'open<=1', ...expo)).toMatch(/./)
    for (const name of ['sources', 'velocity', 'activity', 'losses', 'cohort', 'bottlenecks']) {
      expect(await made.ok('report', name, '--period', '2026', ...expo)).toMatch(/./)
    }
    for (const command of [
      ['snapshot'],
      ['today'],
      ['task', 'list'],
      ['forecast'],
      ['plan', '--wins', '1'],
    ]) {
      await made.ok(...command, ...expo)
    }
  })

  it('see the deals of an earlier day as they were', async () => {
    const made = await filled()
    const then = (...conditions: string[]) =>
      made.json<{ totals: object }>('report', 'open', '--as-of', '2026-10-01', ...where(conditions))
    // Mast and Sail were open on that day; conditions on texts and on amounts hold then, too.
    expect((await then('deal:status=open')).totals).toMatchObject({ deals: 4, amount: 7200 })
    expect((await then('deal:title~as')).totals).toMatchObject({ deals: 1, amount: 700 })
    expect((await then('deal:tag=expo')).totals).toMatchObject({ deals: 2, amount: 1600 })
  })

  it('are refused with what to type instead', async () => {
    const made = await filled()
    const list = (condition: string) => refusal(made, 'client', 'list', '--where', condition)
    expect(await list('deal:tagg=expo')).toMatch(/^2: [^]*did you mean deal:tag\?/)
    expect(await list('deal:tag=fair')).toMatch(/^3: [^]*fair/)
    expect(await list('deal:property:Size=1')).toMatch(/^3: [^]*Size/)
    expect(await list('deal:tag>a')).toMatch(/^2: [^]*cannot be compared/)
  })
})

describe('a stage that asks for a property of the deal', () => {
  it('holds the deal until it is given', async () => {
    const made = await importsInside()
    await made.ok('client', 'add', 'Pier', '--property', 'Colour=red')
    await made.ok('deal', 'add', 'pier', 'Winch')
    await made.ok(
      'process',
      'edit',
      'typical',
      '--stage',
      'qualification',
      '--demand',
      'deal-property:Colour',
    )
    const refused = await refusal(made, 'advance', '1')
    expect(refused).toMatch(/deal-property:Colour[^]*--deal-property "Colour=VALUE"/)
    await made.ok('advance', '1', '--deal-property', 'Colour=blue')
    const deal = await made.json<{ stage: string; properties: object[] }>('deal', 'show', '1')
    expect(deal.properties).toEqual([{ name: 'Colour', value: 'blue' }])
    expect(deal.stage).not.toBe('Qualification')
  })
})

describe('a property with a kind', () => {
  it('is compared and sorted as that kind, and what does not fit is named and counted', async () => {
    const made = await filled()
    const sorted = async (): Promise<string> => {
      const words = ['--status', 'all', '--sort', 'property:Lot', '--columns', 'title', '--csv']
      return (await made.ok('deal', 'list', ...words)).split(/\r?\n/).slice(1, 5).join(' ')
    }
    const said = await runInside(made.folder, ['property', 'edit', 'lot', '--kind', 'number'])
    expect(said.err).toContain('1 value is not a number: “many”')
    const asked = ['deal', 'list', '--status', 'all', '--where', 'deal:property:Lot>9']
    const listed = await runInside(made.folder, asked)
    expect(listed.err).toContain('left out: 1 deal whose Lot is not a number (“many”)')
    expect(await sorted()).toBe('Winch Crane Sail Mast')
    // As text, 10.5 comes before 9.
    await made.ok('property', 'edit', 'lot', '--kind', 'text')
    expect(await sorted()).toBe('Crane Sail Winch Mast')
    expect(await titles(made, 'deal:property:Lot<9')).toEqual(['Crane', 'Sail'])
    // Choices are in their order, whatever their letters.
    await made.ok('property', 'edit', 'colour', '--choice', 'red', '--choice', 'blue')
    expect(await titles(made, 'deal:property:Colour>red')).toEqual(['Crane'])
    const { properties } = await made.json<{ properties: object[] }>('property', 'list')
    expect(properties).toMatchObject([
      { name: 'Colour', kind: 'choice', choices: ['red', 'blue'], clients: 0, deals: 3 },
      { name: 'Lot', kind: 'text', choices: [], clients: 0, deals: 4 },
    ])
  })

  it('takes only such values by hand, in the book’s locale, and is undone', async () => {
    const made = await filled()
    await made.ok('settings', 'set', 'locale', 'de-DE')
    await made.ok('property', 'edit', 'lot', '--kind', 'number')
    await made.ok('deal', 'edit', '1', '--property', 'Lot=1.234,5')
    expect(await titles(made, 'deal:property:Lot>1234')).toEqual(['Winch'])
    expect(await refusal(made, 'deal', 'edit', '1', '--property', 'Lot=lots')).toMatch(
      /^2: [^]*“lots” is not a number, as Lot must be[^]*property edit "Lot" --kind text/,
    )
    expect(await refusal(made, 'deal', 'list', '--where', 'deal:property:Lot>lots')).toMatch(
      /^2: [^]*“lots” is not a number/,
    )
    await made.ok('property', 'edit', 'colour', '--choice', 'red')
    expect(await refusal(made, 'deal', 'edit', '1', '--property', 'Colour=rde')).toMatch(
      /^2: [^]*one of red[^]*--choice "rde"/,
    )
    expect(await refusal(made, 'property', 'edit', 'lot', '--kind', 'choice')).toMatch(/^2: /)
    expect(await refusal(made, 'property', 'edit', 'colour', '--drop-choice', 'pink')).toMatch(
      /^3: [^]*it has: red/,
    )
    expect(await refusal(made, 'property', 'edit', 'lot')).toMatch(/^2: [^]*nothing to change/)
    await made.ok('undo')
    expect(made.look("SELECT kind FROM properties WHERE name = 'Colour'")).toEqual([{ kind: null }])
  })
})
