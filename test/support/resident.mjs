// The built program, kept running: it takes command lines from one pipe and answers through another.
// Each is run as `funnel` runs it, in its folder and with its environment, but without the tenth of a
// second that starting a program takes. Where no pipes are named, it talks with whoever forked it.
import { createReadStream, openSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'

const [binary = '', asked = '', answered = ''] = process.argv.slice(2)
const { run } = createRequire(import.meta.url)(path.join(binary, '../../dist/main.cjs'))

/** The folders below a home that the program looks up only once. */
function foldersOf({ HOME = '/' }) {
  return {
    XDG_CONFIG_HOME: path.join(HOME, '.config'),
    XDG_DATA_HOME: path.join(HOME, '.local/share'),
  }
}

/** Makes the environment of this process the one given, and no more. */
function takeOn(given) {
  const env = { ...foldersOf(given), ...given }
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name]
  Object.assign(process.env, env)
}

async function answer({ folder, args, env, input }) {
  takeOn(env)
  process.chdir(folder)
  const [out, err] = [[], []]
  const keep = (parts) => ({ write: (data) => parts.push(Buffer.from(data)) })
  const code = await run(args, {
    stdin: Readable.from(input === '' ? [] : [Buffer.from(input, 'base64')]),
    stdout: keep(out),
    stderr: keep(err),
    env: process.env,
    cwd: folder,
    program: [process.execPath, binary],
    now: () => new Date(),
  })
  process.chdir('/')
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }
}

/** Command lines come by one pipe, and answers go by the other. */
async function overPipes() {
  // Both are open when the caller goes on, in the order in which it opens them.
  const questions = openSync(asked, 'r')
  const answers = openSync(answered, 'w')
  const lines = createInterface({ input: createReadStream('', { fd: questions }) })
  for await (const line of lines) {
    writeSync(answers, `${JSON.stringify(await answer(JSON.parse(line)))}\n`)
  }
}

if (process.send) {
  process.on('message', (line) => void answer(line).then((done) => process.send(done)))
} else await overPipes()
