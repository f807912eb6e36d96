import { cpSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { call } from '../support/call.ts'
import { newFolder, type Outcome } from '../support/funnel.ts'

/** The folder of the sample book that offices copy. */
let sample = ''

async function furnish(): Promise<void> {
  sample = newFolder()
  for (const args of [
    ['init', '--currency', 'EUR', '--timezone', 'UTC'],
    ['client', 'add', 'Harbour <Foods> & Co'],
    ['client', 'add', 'Pier Nine'],
    [
      'deal',
      'add',
      'harbour',
      'Cold store',
      '--amount',
      '9000',
      '--cost',
      '5000',
      '--on',
      '2026-10-01',
    ],
    ['deal', 'add', 'pier', 'Winch', '--amount', '700', '--process', 'plain', '--on', '2026-10-02'],
    ['deal', 'add', 'pier', 'Crane', '--amount', '12500', '--on', '2026-11-18'],
    ['win', '1', '--on', '2026-11-17'],
    ['lose', '2', '--reason', 'no budget', '--on', '2026-11-20'],
  ]) {
    const { code, err } = await call(sample, args)
    if (code !== 0) throw new Error(err)
  }
}

/** Makes the sample book for the tests of a file, which say so first. */
export function withOffices(): void {
  beforeAll(furnish)
  afterAll(() => rmSync(sample, { recursive: true }))
}

/** A folder with a copy of the sample book, from which mail is sent. */
interface Office {
  folder: string
  run: (...args: string[]) => Promise<Outcome>
  post: (url: string, ...args: string[]) => Promise<Outcome>
}

export function office(): Office {
  const folder = newFolder()
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync(sample, folder, { recursive: true })
  const post = (url: string, ...args: string[]): Promise<Outcome> =>
    call(folder, args, { FUNNEL_SMTP_URL: url, FUNNEL_MAIL_FROM: 'Funnel <funnel@firm.example>' })
  return { folder, post, run: (...args) => post('', ...args) }
}

export const SEND = ['snapshot', '--mail-to', 'Ann Berg <ann@firm.example>']
