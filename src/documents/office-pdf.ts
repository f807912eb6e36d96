import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { Fault } from '../domain/fault.ts'

const run = promisify(execFile)

/** How LibreOffice is called on the systems that it is on. */
const PROGRAMS = [
  'soffice',
  'libreoffice',
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
  'C:\\Program Files\\LibreOffice\\program\\soffice.exe',
]

/** Longer than any letter takes, in ms. */
const LIMIT = 120_000

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** Runs LibreOffice, whatever it is called here. @throws Fault `failed` if it is not installed. */
async function runOffice(args: readonly string[]): Promise<void> {
  for (const program of PROGRAMS) {
    try {
      await run(program, args, { timeout: LIMIT, killSignal: 'SIGKILL' })
      return
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
  const hint =
    'install LibreOffice, or leave the template out: --format pdf has a layout of its own'
  throw new Fault('failed', 'a PDF of a DOCX or ODT template needs LibreOffice', hint)
}

/**
 * Makes a PDF of a document with LibreOffice, in a profile of its own, so that one that is open does not disturb it.
 * @throws Fault `failed` if LibreOffice is not there, or does not make one in time.
 */
export async function officePdf(bytes: Uint8Array, format: 'docx' | 'odt'): Promise<Uint8Array> {
  const folder = mkdtempSync(path.join(tmpdir(), 'funnel-office-'))
  try {
    const file = path.join(folder, `document.${format}`)
    writeFileSync(file, bytes, { mode: 0o600 })
    const profile = pathToFileURL(path.join(folder, 'profile')).href
    await runOffice([
      '--headless',
      `-env:UserInstallation=${profile}`,
      '--convert-to',
      'pdf',
      '--outdir',
      folder,
      file,
    ])
    return readFileSync(path.join(folder, 'document.pdf'))
  } catch (error) {
    if (error instanceof Fault) throw error
    const hint = 'try it by hand: soffice --convert-to pdf'
    throw new Fault('failed', 'LibreOffice made no PDF of it', hint, error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
