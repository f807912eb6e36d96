import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nameKey } from '../../src/domain/name.ts'
import { orderStages } from '../../src/import/stages/order.ts'
import { usualRank } from '../../src/import/stages/rank.ts'
import { importsInside, type ImportsInside } from '../support/imports.ts'
import { desk } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'
import { atTerminal, KEY } from '../support/terminal.ts'

const ALL = ['--create', 'all'] as const

// Of five deals one was won (through every stage), one lost in Needs Analysis.
const FILE = [
  'client,title,stage,status,opened,closed,amount',
  'A,one,Negotiation/Review,open,2026-10-01,,100',
  'A,two,Needs Analysis,open,2026-10-01,,200',
  'A,three,Closed Won,won,2026-10-01,2026-11-01,300',
  'B,four,Proposal/Price Quote,open,2026-10-01,,400',
  'B,five,Needs Analysis,lost,2026-10-01,2026-11-02,50',
  'B,six,Proposal/Price Quote,lost,2026-10-01,2026-11-03,70',
]

interface Funnel {
  stages: Record<string, unknown>[]
  totals: Record<string, unknown>
}

async function stagesOf({ json }: ImportsInside, process: string): Promise<string[]> {
  const { stages } = await json<{ stages: { stage: string }[] }>('process', 'show', process)
  return stages.map(({ stage }) => stage)
}

async function processesOf({ json }: ImportsInside): Promise<string[]> {
  const { processes } = await json<{ processes: { name: string }[] }>('process', 'list')
  return processes.map(({ name }) => name)
}

const NINE = [
  'Qualification',
  'Meeting preparation',
  'Presentation',
  'Proposal',
  'Decision',
  'Contract',
  'Payment',
  'Delivery',
  'Completion',
]

describe('stages of a file that no process has', () => {
  it('become a process called after the file, and its funnel counts what the file says', async () => {
    const made = await importsInside()
    const { bring, json, ok } = made
    const done = await bring('deals', FILE, ...ALL)
    expect(done).toMatchObject({ created: 6, rejected: 0 })
    expect(done.notes[0]).toBe(
      "the process Deals is made of the file's stages, in the usual order of a sale: Needs Analysis, " +
        'Proposal/Price Quote, Negotiation/Review. They have no chances to win yet. Another order: ' +
        'funnel process edit "Deals" --stages "…"; another name: funnel process edit "Deals" --name ' +
        'NAME; funnel undo takes it back',
    )
    expect(await stagesOf(made, 'Deals')).toEqual([
      'Needs Analysis',
      'Proposal/Price Quote',
      'Negotiation/Review',
    ])
    expect(await stagesOf(made, 'typical')).toEqual(NINE)
    // Reached: all three closed deals begin in Needs Analysis; five stays there; six ends in the next.
    const closed = await json<Funnel>('report', 'closed', '--period', 'all')
    expect(closed.stages).toMatchObject([
      { stage: 'Needs Analysis', reached: 3, passed: 2, lost: 1, amount_reached: 420 },
      { stage: 'Proposal/Price Quote', reached: 2, passed: 1, lost: 1, amount_lost: 70 },
      { stage: 'Negotiation/Review', reached: 1, passed: 1, lost: 0, amount_passed: 300 },
    ])
    expect(closed.totals).toMatchObject({ deals: 3, won: 1, lost: 2, amount_won: 300 })
    // A stage without a chance to win gives no weighted amount, rather than one that is made up.
    expect((await json<Funnel>('report', 'open')).stages).toMatchObject([
      { stage: 'Needs Analysis', deals: 1, amount: 200, probability: null, weighted: null },
      { stage: 'Proposal/Price Quote', deals: 1, amount: 400 },
      { stage: 'Negotiation/Review', deals: 1, amount: 100 },
    ])
    // The same file again finds them, with --create and without.
    expect(await bring('deals', FILE, ...ALL)).toMatchObject({ unchanged: 6 })
    const again = await bring('deals', FILE)
    expect(again).toMatchObject({ unchanged: 6 })
    expect(again.notes).toContain(
      "deals go into the process Deals, which has the file's stages (--process names another)",
    )
    await ok('undo')
    expect(await processesOf(made)).toEqual(['typical', 'free', 'plain'])
    expect((await json<{ stages: unknown[] }>('stage', 'list')).stages).toHaveLength(9)
    expect(await ok('doctor')).toContain('is sound')
  })

  it('is said with --quiet too', async () => {
    const { attempt } = await importsInside()
    const { err, out } = await attempt('deals', FILE, ...ALL, '--quiet')
    expect(out).toBe('')
    expect(err).toContain("funnel: the process Deals is made of the file's stages")
  })

  it('become a process of the name given, new or known', async () => {
    const made = await importsInside()
    const { bring, json } = made
    const create = ['--process', 'Field sales', '--create', 'processes,stages,clients']
    await bring('deals', FILE.slice(0, 4), ...create)
    expect(await stagesOf(made, 'Field')).toEqual(['Needs Analysis', 'Negotiation/Review'])
    // Another file of it has a stage more, which comes where a sale has it.
    const more = await bring('deals', FILE, ...create)
    expect(more).toMatchObject({ created: 3, unchanged: 3 })
    expect(more.notes[0]).toBe(
      'stages added to the process Field sales: Proposal/Price Quote before Negotiation/Review. ' +
        'Another order: funnel process edit "Field sales" --stages "…"; funnel undo takes it back',
    )
    const closed = await json<Funnel>(
      'report',
      'closed',
      '--period',
      'all',
      '--process',
      'Field sales',
    )
    expect(closed.stages).toMatchObject([{ reached: 3 }, { reached: 2 }, { reached: 1 }])
  })

  it('never come behind the last stage of a process that was there', async () => {
    const made = await importsInside()
    const { bring, json } = made
    const lines = [
      'client,title,stage,opened,closed,amount',
      'A,one,Needs Analysis,2026-10-01,,1',
      'A,two,Blue sky,2026-10-01,,2',
      'A,three,Negotiation/Review,2026-10-01,,3',
      'A,four,Completion,2026-10-01,,4',
      'A,five,Follow-up of all,2026-10-01,,5',
    ]
    const done = await bring('deals', lines, '--process', 'typical', ...ALL)
    expect(await stagesOf(made, 'typical')).toEqual([
      ...NINE.slice(0, 2),
      'Needs Analysis',
      ...NINE.slice(2, 4),
      'Negotiation/Review',
      ...NINE.slice(4, 8),
      'Blue sky',
      'Follow-up of all',
      'Completion',
    ])
    expect(done.notes[0]).toContain('Needs Analysis before Presentation, Negotiation/Review before')
    expect(await json('deal', 'show', 'one')).toMatchObject({ stage: 'Needs Analysis' })
  })

  it('reject their rows where only stages may be added, and say the flag', async () => {
    const made = await importsInside()
    const { bring, look } = made
    const done = await bring('deals', FILE, '--create', 'stages,clients')
    expect(done).toMatchObject({ created: 1, rejected: 5 })
    expect(done.rejects[0]?.reason).toBe(
      'the process typical has no stage “Negotiation/Review”; it has: ' +
        `${NINE.join(', ')} (--process NAME --create processes,stages makes a process of the file's stages)`,
    )
    expect(look('SELECT count(*) AS n FROM stages')).toEqual([{ n: 9 }])
  })

  it('of rows that name their process go into that one', async () => {
    const made = await importsInside()
    const lines = [
      'client,title,process,stage',
      'A,one,Spare parts,2. Offer',
      'A,two,Spare parts,1. Request',
      'A,three,,Proposal',
      'A,four,free,Blue sky',
    ]
    expect(await made.bring('deals', lines, ...ALL)).toMatchObject({ created: 4 })
    expect(await stagesOf(made, 'Spare parts')).toEqual(['1. Request', '2. Offer'])
    expect((await stagesOf(made, 'free')).slice(-2)).toEqual(['Blue sky', 'Completion'])
    expect(await made.json('deal', 'show', 'three')).toMatchObject({ process: 'typical' })
    expect(await processesOf(made)).toEqual(['typical', 'free', 'plain', 'Spare parts'])
  })

  it('are called otherwise where the name of the file is taken by something else', async () => {
    const made = await importsInside()
    await made.ok('process', 'add', 'Deals', '--stages', 'Walk,Talk')
    await made.bring('deals', FILE, ...ALL)
    expect(await processesOf(made)).toContain('Deals 2')
    expect(await made.bring('deals', FILE, ...ALL)).toMatchObject({ unchanged: 6 })
  })

  it('of a closed deal that names none are the first, wherever its row stands', async () => {
    const made = await importsInside()
    const lines = [
      'client,title,stage,opened,closed,amount',
      'A,won early,Won,2026-01-01,2026-01-05,10',
      'A,late,3. Offer,2026-01-02,,20',
      'A,lost,Lost,2026-01-02,2026-01-06,30',
      'A,early,1. Request,2026-01-02,,40',
    ]
    await made.bring('deals', lines, ...ALL)
    const closed = await made.json<Funnel>('report', 'closed', '--period', 'all')
    expect(closed.stages).toMatchObject([
      { stage: '1. Request', reached: 2, passed: 1, lost: 1, amount_lost: 30 },
      { stage: '3. Offer', reached: 1, passed: 1, lost: 0 },
    ])
    expect(await made.bring('deals', lines, ...ALL)).toMatchObject({ unchanged: 4 })
    expect(await made.ok('doctor')).toContain('is sound')
  })

  it('from stdin become a process called Import; blank words are no stages', async () => {
    const made = await importsInside()
    const input = 'client,title,stage\nA,one,Foo\nA,two,-\nA,three,n/a\n'
    await runInside(made.folder, ['import', 'deals', '-', ...ALL], { input })
    expect(await stagesOf(made, 'Import')).toEqual(['Foo'])
  })

  it('make the funnel of a process that had none yet, whichever of its rows come first', async () => {
    const made = await importsInside()
    await made.bring('deals', ['client,title', 'A,one'], '--process', 'Quick', ...ALL)
    const lines = ['client,title,stage', 'A,two,3. Deal', 'A,three,1. Talk', 'A,four,2. Offer']
    const done = await made.bring('deals', lines, '--process', 'Quick', '--create', 'stages')
    expect(done).toMatchObject({ created: 3 })
    expect(await stagesOf(made, 'Quick')).toEqual(['1. Talk', '2. Offer', '3. Deal'])
  })

  it('are added by a history too, each in its place, where that is allowed', async () => {
    const made = await importsInside()
    const { bring, json } = made
    await bring(
      'deals',
      ['ref,client,title,stage,opened', 'D1,A,one,Proposal/Quote,2026-10-01'],
      ...ALL,
    )
    const steps = [
      'deal,from stage,stage,at',
      'D1,Prospecting,Demo,2026-10-05',
      'D1,Demo,Proposal/Quote,2026-10-20',
    ]
    const refused = await bring('history', steps, '--dry-run')
    expect(refused.rejects[0]?.reason).toBe(
      'the process Deals has no stage “Demo”; it has: Proposal/Quote (--create stages adds it)',
    )
    const done = await bring('history', steps, '--create', 'stages')
    expect(done).toMatchObject({ updated: 2, rejected: 0 })
    expect(done.notes[0]).toContain(
      'stages added to the process Deals: Prospecting before Proposal/Quote, Demo before Proposal/Quote',
    )
    expect(await stagesOf(made, 'Deals')).toEqual(['Prospecting', 'Demo', 'Proposal/Quote'])
    expect(await bring('history', steps, '--create', 'stages')).toMatchObject({ unchanged: 2 })
    await made.ok('win', '1')
    const closed = await json<Funnel>('report', 'closed', '--period', 'all')
    expect(closed.stages).toMatchObject([{ reached: 1 }, { reached: 1 }, { reached: 1 }])
    expect(await made.ok('doctor')).toContain('is sound')
  })
})

describe('the order of a file’s stages', () => {
  const plain = (names: string[]) => names.map((name) => ({ name, chance: null }))
  it.each([
    ['numbers', ['10. Contract', '2) Offer', '1 - Lead'], ['1 - Lead', '2) Offer', '10. Contract']],
    [
      'words',
      [
        'Contract Sent',
        'Qualified To Buy',
        'Appointment Scheduled',
        'Presentation Scheduled',
        'Decision Maker Bought-In',
      ],
      [
        'Appointment Scheduled',
        'Qualified To Buy',
        'Presentation Scheduled',
        'Decision Maker Bought-In',
        'Contract Sent',
      ],
    ],
    [
      'words',
      ['Negotiations Started', 'Qualified', 'Proposal Made', 'Contact Made', 'Demo Scheduled'],
      ['Qualified', 'Contact Made', 'Demo Scheduled', 'Proposal Made', 'Negotiations Started'],
    ],
    [
      'words',
      ['Verhandlung', 'Angebot', 'Erstkontakt', 'Bedarfsanalyse'],
      ['Erstkontakt', 'Bedarfsanalyse', 'Angebot', 'Verhandlung'],
    ],
    [
      'words',
      ['Согласование договора', 'Переговоры', 'Первичный контакт', 'Принимают решение'],
      ['Первичный контакт', 'Переговоры', 'Принимают решение', 'Согласование договора'],
    ],
    ['words', ['ต่อรองราคา', 'เสนอราคา', 'ติดต่อครั้งแรก'], ['ติดต่อครั้งแรก', 'เสนอราคา', 'ต่อรองราคา']],
    ['appearance', ['Zebra', 'Ape', 'Lead'], ['Zebra', 'Ape', 'Lead']],
    ['appearance', ['2024 leads', 'Ape'], ['2024 leads', 'Ape']],
  ] as const)('by %s: %j', (by, given, names) => {
    expect(orderStages(plain([...given]))).toEqual({ names, by })
  })

  it('by the chances that the file gives, where every stage has one', () => {
    const stages = [
      { name: 'Zebra', chance: 60 },
      { name: 'Ape', chance: 20 },
    ]
    expect(orderStages(stages)).toEqual({ names: ['Ape', 'Zebra'], by: 'chances' })
    expect(orderStages([...stages, { name: 'Cow', chance: null }]).by).toBe('appearance')
  })

  it('knows the nine usual stages in their order', () => {
    const ranks = NINE.map(usualRank)
    expect(ranks).not.toContain(null)
    expect(ranks).toEqual(ranks.toSorted((a, b) => Number(a) - Number(b)))
    expect(new Set(NINE.map(nameKey)).size).toBe(9)
  })
})

describe('a file of other stages at a terminal', () => {
  const open = (keys: string) => async () => {
    const made = desk()
    writeFileSync(made.file('pipeline_2026.csv'), `${FILE.join('\n')}\n`)
    const terminal = atTerminal(made.folder, ['import', 'deals', 'pipeline_2026.csv', ...ALL])
    await terminal.see('Import them like this?')
    terminal.type(KEY.enter)
    await terminal.see('No process has the stages')
    terminal.type(keys)
    return { made, terminal }
  }

  it('makes a process of them', async () => {
    const { made, terminal } = await open(KEY.enter)()
    await terminal.see('6 created')
    expect(await terminal.ended).toBe(0)
    expect(made.ok('process', 'list')).toContain('Pipeline 2026')
  })

  it('adds them to the usual process', async () => {
    const { made, terminal } = await open(KEY.down + KEY.enter)()
    await terminal.see('6 created')
    expect(await terminal.ended).toBe(0)
    expect(made.ok('process', 'list')).not.toContain('Pipeline')
    expect(made.ok('process', 'show', 'typical')).toContain('Needs Analysis')
  })

  it('is left alone', async () => {
    const { made, terminal } = await open(KEY.down.repeat(3) + KEY.enter)()
    expect(await terminal.ended).toBe(130)
    expect(made.json('client', 'list')).toMatchObject({ clients: [] })
  })
})

describe('an open deal of no stage', () => {
  it.each([
    ['offen', ['Rechnung gestellt', 'Bezahlt'], 'offen'],
    ['In progress', ['Paid', 'Invoiced'], 'In progress'],
    ['В работе', ['Оплачен', 'Отгружен'], 'В работе'],
    ['open', ['Lead', 'Proposal'], 'Lead'],
    ['open', ['1. Talks', '2. Papers'], '1. Talks'],
  ])('“%s” beside %j is in %s', async (word, [one = '', two = ''], stage) => {
    const { bring, json } = await importsInside()
    const lines = [
      'Client,Title,Stage,Opened',
      `A,a,${word},2026-01-13`,
      `B,b,${one},2026-01-13`,
      `C,c,${two},2026-01-13`,
    ]
    const { notes } = await bring('deals', lines, ...ALL)
    const why = stage === word ? 'as the file says' : 'its first stage, for want of one in the file'
    expect(notes).toContain(`1 open deal is in ${stage} of Deals, ${why} (row 2)`)
    const { deals } = await json<{ deals: { title: string; stage: string }[] }>('deal', 'list')
    expect(deals.find(({ title }) => title === 'a')?.stage).toBe(stage)
    const { stages } = await json<{ stages: { stage: string }[] }>('process', 'show', 'Deals')
    expect(stages[0]?.stage).toBe(stage)
    expect(await bring('deals', lines, ...ALL)).toMatchObject({ unchanged: 3 })
  })
})
