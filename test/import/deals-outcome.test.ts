import { describe, expect, it } from 'vitest'
import { importDesk, noOpening } from '../support/imports.ts'

const STATUSES = 'SELECT ref, status, closed_on FROM deals ORDER BY ref'
const ALL = ['--create', 'all']

describe('a deal of which the file says that it is closed', () => {
  const lines = [
    'Id,Name,AccountName,StageName,Amount,CloseDate,IsClosed',
    '1,A,R,Closed Won,100,2024-02-20,TRUE',
    '2,B,R,Closed Lost,100,2024-02-20,TRUE',
    '3,C,R,Sold it,100,2024-02-20,TRUE',
    '4,D,R,,100,2024-02-20,TRUE',
    '5,E,R,Talking,100,2027-02-20,FALSE',
  ]

  it('is won or lost by its stage, and rejected where that says neither', () => {
    const { bring, look } = importDesk()
    const done = bring('deals', lines, ...ALL)
    expect(done).toMatchObject({ created: 3, rejected: 2 })
    const unknown = 'it is closed, but nothing says whether it was won or lost; '
    expect(done.rejects).toEqual([
      {
        row: 4,
        reason: `${unknown}if its stage does, say which: --won "Sold it" or --lost "Sold it"`,
      },
      {
        row: 5,
        reason: `${unknown}a column for the outcome or for “won?” would (--map "Header=outcome" or is-won)`,
      },
    ])
    expect(look(STATUSES)).toEqual([
      { ref: '1', status: 'won', closed_on: '2024-02-20' },
      { ref: '2', status: 'lost', closed_on: '2024-02-20' },
      { ref: '5', status: 'open', closed_on: null },
    ])
    const told = bring('deals', lines, ...ALL, '--won', 'Sold it')
    expect(told).toMatchObject({ created: 1, unchanged: 3, rejected: 1 })
    expect(look(STATUSES)[2]).toEqual({ ref: '3', status: 'won', closed_on: '2024-02-20' })
  })

  it('is read so in the headers of Bitrix24', () => {
    const { bring, look } = importDesk()
    const done = bring(
      'deals',
      [
        'ID;Название сделки;Компания;Стадия сделки;Сделка закрыта;Сумма',
        '1;Лодка;Верфь;Сделка успешна;Да;100',
        '2;Парус;Верфь;Сделка провалена;Да;100',
        '3;Якорь;Верфь;Переговоры;Нет;100',
      ],
      ...ALL,
    )
    expect(done).toMatchObject({ created: 3, rejected: 0 })
    expect(look(STATUSES).map(({ status }) => status)).toEqual(['won', 'lost', 'open'])
  })

  it('is not what “won?” alone says no to', () => {
    const { bring, look } = importDesk()
    const done = bring(
      'deals',
      [
        'Id,Name,AccountName,StageName,IsWon',
        '1,A,R,Closed Lost,FALSE',
        '2,B,R,Talking,FALSE',
        '3,C,R,Closed Won,FALSE',
        '4,D,R,Talking,TRUE',
      ],
      ...ALL,
    )
    expect(done.rejects).toEqual([
      { row: 4, reason: 'the stage “Closed Won” says won, another column not won' },
    ])
    expect(look(STATUSES).map(({ status }) => status)).toEqual(['lost', 'open', 'won'])
  })
})

describe('days of winning and of losing in two columns', () => {
  const DAYS = 'SELECT ref, status, closed_on FROM deals ORDER BY ref'

  it('are the closing days, as Pipedrive has them', () => {
    const { bring, look } = importDesk()
    const lines = [
      'Deal - ID,Deal - Title,Deal - Organization,Deal - Status,Deal - Won time,Deal - Lost time',
      '1,a,A,Won,2024-02-01 10:00:00,',
      '2,b,A,Lost,,2024-03-01 10:00:00',
      '3,c,A,Open,,',
      '4,d,A,Won,2024-05-01 10:00:00,2024-04-01 10:00:00',
      '5,e,A,Open,,2024-04-01 10:00:00',
    ]
    expect(bring('deals', lines, ...ALL)).toMatchObject({ created: 5 })
    expect(look(DAYS)).toEqual([
      { ref: '1', status: 'won', closed_on: '2024-02-01' },
      { ref: '2', status: 'lost', closed_on: '2024-03-01' },
      { ref: '3', status: 'open', closed_on: null },
      { ref: '4', status: 'won', closed_on: '2024-05-01' },
      { ref: '5', status: 'open', closed_on: null },
    ])
    expect(bring('deals', lines)).toMatchObject({ operation: null, unchanged: 5 })
  })

  it('say which it was, where nothing else does', () => {
    const { bring, look } = importDesk()
    const lines = [
      'Id;Name;Kunde;Gewonnen am;Verloren am',
      '1;a;A;13.02.2024;',
      '2;b;A;;31.03.2024',
      '3;c;A;;',
    ]
    expect(bring('deals', lines, ...ALL, '--map', 'Name=title')).toMatchObject({ created: 3 })
    expect(look(DAYS)).toEqual([
      { ref: '1', status: 'won', closed_on: '2024-02-13' },
      { ref: '2', status: 'lost', closed_on: '2024-03-31' },
      { ref: '3', status: 'open', closed_on: null },
    ])
  })
})

describe('a stage that is a German word for the outcome', () => {
  const lines = [
    'Nr,Titel,Kunde,Phase,Abschlussdatum',
    '1,Ladebühne,Reederei,Verkauft,2026-02-01',
    '2,Winde,Reederei,Absage,2026-02-02',
    '3,Kran,Reederei,Fakturiert,2026-02-03',
    '4,Lift,Reederei,Abgeschlossen,2026-02-04',
  ]

  it('ends the deal, and one that leaves it open is asked for', () => {
    const { bring, look } = importDesk()
    const { notes, rejects } = bring('deals', lines, ...ALL)
    expect(look(STATUSES)).toEqual([
      { ref: '1', status: 'won', closed_on: '2026-02-01' },
      { ref: '2', status: 'lost', closed_on: '2026-02-02' },
      { ref: '3', status: 'open', closed_on: null },
    ])
    expect(notes.join()).toContain('If “Fakturiert” means won, take it back and give --won')
    expect(rejects[0]?.reason).toContain('--won "Abgeschlossen" or --lost "Abgeschlossen"')
  })

  it('stays a stage of the process that has it, in deals and in their history', () => {
    const { bring, look, ok } = importDesk()
    ok('stage', 'add', 'Angebot')
    ok('stage', 'add', 'Verkauft')
    ok('process', 'add', 'Werft', '--stages', 'Angebot,Verkauft')
    const { notes } = bring('deals', lines.slice(0, 3), '--process', 'Werft', '--create', 'clients')
    expect(notes.join()).not.toContain('means won')
    expect(look(STATUSES).map(({ status }) => status)).toEqual(['open', 'lost'])
    const history = ['Deal,Stage,Date', '1,Angebot,2026-01-05', '1,Verkauft,2026-01-09']
    expect(bring('history', history)).toMatchObject({ updated: 2 })
    expect(look(STATUSES)[0]).toMatchObject({ status: 'open' })
  })
})

describe('what an import of deals brought along', () => {
  it('is named, a few of each kind, and closed deals without a day are counted', () => {
    const { bring, file, ok } = importDesk()
    const rows = Array.from(
      { length: 7 },
      (_, index) => `Kunde ${index + 1},Kran,Verloren,zu teuer`,
    )
    const lines = ['Kunde,Titel,Status,Verlustgrund', ...rows, 'Kunde 1,Winde,Verloren,kein Bedarf']
    const added = [
      noOpening(8),
      '8 closed deals have no closing day: 2026-11-23 is taken',
      'added 7 clients: Kunde 1, Kunde 2, Kunde 3, Kunde 4, Kunde 5 and 2 more',
      'added 2 reasons: zu teuer, kein Bedarf',
    ]
    const create = ['--create', 'clients,reasons']
    expect(bring('deals', lines, ...create, '--dry-run').notes).toEqual(added)
    const shown = ok('import', 'deals', file('deals.csv'), ...create)
    expect(shown).toContain('added 2 reasons: zu teuer, kein Bedarf')
    expect(bring('deals', lines, ...create)).toMatchObject({ unchanged: 8, notes: [] })
    const one = bring('deals', ['Kunde,Titel,Status', 'Kunde 1,Anker,Gewonnen'])
    expect(one.notes).toEqual([
      noOpening(1),
      '1 closed deal has no closing day: 2026-11-23 is taken',
    ])
  })
})

describe('a sign or a word that others of its column explain', () => {
  it.each([
    ['next to ✓, x says no', ['✓', 'x', ''], ['won', 'open', 'open']],
    ['next to blank cells, x says yes', ['x', '', ''], ['won', 'open', 'open']],
    ['next to ✗, x says yes', ['x', '✗', ''], ['won', 'open', 'open']],
    ['next to words, x may say either', ['yes', 'x', 'no'], ['won', null, 'open']],
  ])('%s', (_, cells, states) => {
    const { bring, look } = importDesk()
    const lines = cells.map((cell, index) => `${index + 1},A,d${index},${cell}`)
    const done = bring('deals', ['Ref,Client,Deal,Won', ...lines], ...ALL)
    expect(done.rejected).toBe(states.filter((state) => state === null).length)
    const kept = look('SELECT ref, status FROM deals')
    expect(
      cells.map(
        (_cell, index) => kept.find(({ ref }) => ref === String(index + 1))?.status ?? null,
      ),
    ).toEqual(states)
  })

  it('says in the column of outcomes what it says in that of stages, and keeps the rest', () => {
    const { bring, look, ok } = importDesk()
    ok('reason', 'add', 'Too dear')
    const lines = [
      'Ref,Client,Deal,Stage,Status',
      '1,A,one,Proposal,Won (X)',
      '2,A,two,Proposal,Lost - too dear',
      '3,A,three,Proposal,7. Lost',
      '4,A,four,Proposal,Won (expected)',
    ]
    const done = bring('deals', lines, ...ALL)
    expect(done).toMatchObject({ created: 3, rejected: 1 })
    expect(done.rejects[0]?.reason).toContain('the outcome “Won (expected)” is neither won, lost')
    expect(
      look(`SELECT d.ref, d.status, r.name AS reason, p.value FROM deals d
        LEFT JOIN reasons r ON r.id = d.reason_id
        LEFT JOIN deal_properties p ON p.deal_id = d.id ORDER BY d.ref`),
    ).toEqual([
      { ref: '1', status: 'won', reason: null, value: 'Won (X)' },
      { ref: '2', status: 'lost', reason: 'Too dear', value: null },
      { ref: '3', status: 'lost', reason: null, value: null },
    ])
  })

  it.each(['Done', 'Completed', '6. Dead', 'Fertig', 'Выполнено'])(
    '%s is a stage, and the import says loudly that it may be an end',
    (stage) => {
      const { bring, run } = importDesk()
      const lines = ['Client,Deal,Stage', 'A,a,Proposal', `A,b,${stage}`]
      const done = bring('deals', lines, '--process', 'Own', ...ALL, '--dry-run')
      const asked = `If it means won, take it back and give --won "${stage}"`
      expect(done.notes.filter((note) => note.includes(asked))).toHaveLength(1)
      const quiet = run('import', 'deals', 'deals.csv', '--process', 'Own', ...ALL, '--quiet')
      expect(quiet.err).toContain(asked)
    },
  )

  it.each([
    ['Abgeschlossen und gewonnen', 'won'],
    ['Abgeschlossen und verloren', 'lost'],
    ['Closed and won', 'won'],
    ['Fermé et perdu', 'lost'],
  ])('%s is %s', (stage, status) => {
    const { bring, look } = importDesk()
    bring('deals', ['Client,Deal,Stage', `A,a,${stage}`], ...ALL)
    expect(look('SELECT status FROM deals')).toEqual([{ status }])
  })
})

describe('days with points', () => {
  const LIST = ['Client,Deal,Created', 'A,a,03.04.2026', 'A,b,05.04.2026']

  it('have the day first in a book whose locale writes them so, and elsewhere are asked about', () => {
    const { bring, attempt, look, ok } = importDesk()
    expect(attempt('deals', LIST, ...ALL).err).toContain('can be read in two ways: “03.04.2026”')
    ok('settings', 'set', 'locale', 'de-DE')
    const done = bring('deals', LIST, ...ALL)
    expect(done.notes.join()).toContain('such as “03.04.2026” read with the day first')
    expect(look('SELECT opened_on AS day FROM deals')).toEqual([
      { day: '2026-04-03' },
      { day: '2026-04-05' },
    ])
    const slashes = LIST.map((line) => line.replaceAll('.', '/'))
    expect(attempt('deals', slashes, ...ALL).code).toBe(2)
  })
})
