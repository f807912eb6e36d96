import { describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { contents } from '../support/book.ts'
import { type Desk, desk } from '../support/funnel.ts'

/** Every row of the book, but for the history. */
function rowsOf({ file }: Desk): Record<string, unknown[]> {
  const book = openBook(file('funnel.db'))
  try {
    return contents(book)
  } finally {
    book.close()
  }
}

/** Runs a command that must succeed, looks at the book, and sees undo bring the first state back. */
function undoable(one: Desk, args: string[], look: (said: string) => void = () => {}): void {
  const before = rowsOf(one)
  const said = one.ok(...args)
  expect(rowsOf(one)).not.toEqual(before)
  look(said)
  expect(one.ok('doctor')).toContain('is sound')
  one.ok('undo')
  expect(rowsOf(one)).toEqual(before)
}

/** Two sellers, a client of each, and a deal of Bo's that came to Presentation. */
function shop(): Desk {
  const one = desk()
  for (const name of ['Ann', 'Bo']) one.ok('owner', 'add', name)
  one.ok('client', 'add', 'Harbour', '--owner', 'Bo', '--contact', 'Kai', '--region', 'North')
  one.ok('client', 'add', 'Pier', '--owner', 'Ann')
  one.ok('deal', 'add', 'Harbour', 'Cold store', '--amount', '900', '--on', '2026-10-01')
  one.ok('advance', '1', '--on', '2026-10-05')
  one.ok('advance', '1', '--on', '2026-10-09')
  one.ok('log', 'call', 'Harbour', 'wants one', '--deal', '1', '--on', '2026-10-10')
  return one
}

describe('merging entries of dictionaries', () => {
  it('gives everything of the second to the first', () => {
    const one = shop()
    undoable(one, ['owner', 'merge', 'Ann', 'Bo'], (said) => {
      expect(said).toContain(
        'merged owner 2 (Bo) into owner 1 (Ann): 1 client, 1 deal, 1 interaction',
      )
      expect(one.ok('deal', 'list', '--owner', 'Ann')).toContain('Cold store')
      expect(one.ok('report', 'open', '--owner', 'Ann', '--as-of', '2026-10-02')).toContain('900')
      expect(one.run('owner', 'show', 'Bo').code).toBe(3)
    })
    one.ok('lose', '1', '--reason', 'no budget', '--on', '2026-10-12')
    undoable(one, ['reason', 'merge', 'too expensive', 'no budget'], () => {
      expect(one.ok('report', 'losses', '--period', 'all')).toContain('too expensive')
    })
    undoable(one, ['source', 'merge', 'web', 'cold list'], (said) => {
      expect(said).toContain('nothing used it')
    })
  })

  it('makes one visit of two stages that follow one another', () => {
    const one = shop()
    undoable(one, ['stage', 'merge', 'meeting preparation', 'presentation'], (said) => {
      expect(said).toContain('1 deal')
      const shown = one.ok('deal', 'show', '1')
      expect(shown).toContain('Stage: Meeting preparation, since 2026-10-05')
      expect(shown.match(/moved/g)).toHaveLength(1)
      expect(one.ok('process', 'show', 'typical')).not.toContain('Presentation')
    })
    // A stage that a process of its own has goes over to the other's place.
    one.ok('stage', 'add', 'Angebot')
    one.ok('process', 'add', 'Messe', '--kind', 'free', '--stages', 'Angebot, Decision')
    one.ok('deal', 'add', 'Pier', 'Winch', '--process', 'Messe', '--amount', '50')
    undoable(one, ['stage', 'merge', 'proposal', 'Angebot'], () => {
      expect(one.ok('deal', 'show', '2')).toContain('Stage: Proposal')
      expect(one.ok('process', 'show', 'Messe')).toContain('Proposal')
    })
  })

  it('refuses one and the same, and what is retired', () => {
    const one = shop()
    expect(one.run('owner', 'merge', 'Ann', '1')).toMatchObject({ code: 2 })
    one.ok('source', 'edit', 'web', '--retire')
    const { code, err } = one.run('source', 'merge', 'web', 'referral')
    expect(code).toBe(1)
    expect(err).toContain('funnel source edit 2 --restore')
  })

  it('keeps what the first lacks', () => {
    const one = shop()
    one.ok('owner', 'edit', 'Bo', '--email', 'bo@example.com', '--user', 'bo')
    one.ok('owner', 'merge', 'Ann', 'Bo')
    expect(one.ok('owner', 'show', 'Ann')).toMatch(/Ann +bo@example\.com +bo/)
  })
})

describe('owner hand-over', () => {
  it('gives clients, open deals and open tasks to another, and leaves what is closed', () => {
    const one = shop()
    one.ok('deal', 'add', 'Harbour', 'Winch', '--amount', '50', '--on', '2026-10-01')
    one.ok('win', '2', '--on', '2026-10-20')
    const dry = one.ok('owner', 'hand-over', 'Bo', '--to', 'Ann', '--dry-run')
    expect(dry).toContain('would hand over from Bo to Ann: 1 client, 1 open deal, 1 open task')
    undoable(one, ['owner', 'hand-over', 'Bo', '--to', 'Ann', '--on', '2026-11-01'], () => {
      expect(one.ok('deal', 'list', '--owner', 'Ann', '--status', 'all')).not.toContain('Winch')
      expect(one.ok('report', 'open', '--owner', 'Bo', '--as-of', '2026-10-31')).toContain('900')
      expect(one.ok('report', 'open', '--owner', 'Ann')).toContain('900')
      expect(one.ok('task', 'list', '--owner', 'Bo')).toContain('Open tasks (0)')
    })
    const none = one.ok('owner', 'hand-over', 'Bo', '--to', 'Ann', '--where', 'region=South')
    expect(none).toContain('nothing to change')
    const own = ['--where', 'owner=Bo', '--where', 'region=North']
    expect(one.ok('owner', 'hand-over', 'Bo', '--to', 'Ann', ...own)).toContain('1 open task')
  })

  it('asks for another who is there', () => {
    const one = shop()
    expect(one.run('owner', 'hand-over', 'Bo').err).toContain('who takes over?')
    expect(one.run('owner', 'hand-over', 'Bo', '--to', 'bo').code).toBe(2)
    one.ok('owner', 'edit', 'Ann', '--retire')
    expect(one.run('owner', 'hand-over', 'Bo', '--to', 'Ann').err).toContain('is retired')
  })
})

describe('what was entered by mistake', () => {
  it('is corrected or removed: interactions', () => {
    const one = shop()
    const edit = ['interaction', 'edit', '1', 'wants two', '--kind', 'meeting', '--in']
    undoable(one, [...edit, '--on', '2026-10-11', '--at', '14:30', '--contact', 'kai'], (said) => {
      expect(said).toContain('changed interaction 1 (meeting, 2026-10-11 14:30)')
      const shown = one.ok('client', 'show', 'Harbour')
      expect(shown).toContain('wants two')
      expect(shown).toContain('2026-10-11')
      expect(one.ok('find', 'two')).toContain('wants two')
    })
    one.ok('interaction', 'edit', '1', '--deal', 'none', '--owner', 'none', '--result', 'reached')
    undoable(one, ['interaction', 'delete', '1'], () => {
      expect(one.ok('client', 'show', 'Harbour')).not.toContain('wants one')
    })
    for (const args of [['7'], ['call'], ['1']]) {
      expect(one.run('interaction', 'edit', ...args).code).not.toBe(0)
    }
    expect(one.run('interaction', 'edit', '1', '--on', '2027-01-01').err).toContain('still to come')
    expect(one.run('interaction', 'edit', '1', '--deal', 'nothing').code).toBe(3)
  })

  it('tasks, but for those of stages', () => {
    const one = shop()
    one.ok('task', 'add', 'Send the list', '--client', 'Pier')
    const task = one.json<{ tasks: { id: number; text: string }[] }>('task', 'list').tasks
    const added = String(task.find(({ text }) => text === 'Send the list')?.id)
    one.ok('task', 'done', added)
    undoable(one, ['task', 'delete', added], () => {
      expect(one.ok('task', 'list', '--status', 'done')).not.toContain('Send the list')
    })
    const stage = one.run('task', 'delete', 'present')
    expect(stage.code).toBe(1)
    expect(stage.err).toContain('funnel task drop')
  })

  it('deals, also from reports of earlier days', () => {
    const one = shop()
    one.ok('deal', 'edit', '1', '--property', 'Colour=red')
    undoable(one, ['deal', 'delete', 'cold store'], (said) => {
      expect(said).toContain(
        'deleted deal 1 (Cold store) with 3 events and 3 tasks; 1 interaction kept',
      )
      expect(one.json('report', 'open', '--as-of', '2026-10-05').totals).toMatchObject({ deals: 0 })
      expect(one.ok('client', 'show', 'Harbour')).toContain('wants one')
    })
  })

  it('the reason of a loss', () => {
    const one = shop()
    const open = one.run('deal', 'edit', '1', '--reason', 'no budget')
    expect(open.code).toBe(1)
    expect(open.err).toContain('funnel lose 1 --reason REASON')
    one.ok('lose', '1', '--reason', 'no budget', '--on', '2026-10-12')
    undoable(one, ['deal', 'edit', '1', '--reason', 'no need'], () => {
      const { rows } = one.json<{ rows: unknown[] }>('report', 'losses', '--period', 'all')
      expect(rows).toMatchObject([{ reason: 'no need', deals: 1, amount: 900 }])
    })
    undoable(one, ['deal', 'edit', '1', '--reason', 'none'])
  })

  it('the name of a person', () => {
    const one = shop()
    undoable(
      one,
      ['contact', 'edit', 'harbour', 'kai', '--name', 'Kai Lund', '--role', 'Boss'],
      (said) => {
        expect(said).toContain('changed Kai → Kai Lund of client 1 (Harbour)')
        expect(one.ok('contact', 'list')).toMatch(/Harbour +Kai Lund +Boss/)
      },
    )
    undoable(one, ['contact', 'add', 'harbour', 'Mai', '--email', 'mai@harbour.example'], () => {
      expect(one.json('contact', 'list', 'harbour').contacts).toMatchObject([
        { name: 'Kai', emails: [] },
        { name: 'Mai', emails: ['mai@harbour.example'] },
      ])
      expect(one.run('contact', 'edit', 'harbour', 'Mai', '--name', 'KAI').err).toContain('already')
      one.ok('contact', 'drop', 'harbour', 'kai')
      expect(one.ok('contact', 'list')).not.toContain('Kai')
      one.ok('undo')
    })
    expect(one.run('contact', 'edit', 'harbour', 'Kai').code).toBe(2)
  })
})
