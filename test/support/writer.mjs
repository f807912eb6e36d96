// Adds clients to a book, one command each, until stdin ends; says the name of each that was added.
import { createRequire } from 'node:module'

const { run } = createRequire(import.meta.url)('../../dist/main.cjs')

const [book, name] = process.argv.slice(2)
const until = { ended: false }
process.stdin.on('end', () => (until.ended = true)).resume()

for (let number = 1; !until.ended; number += 1) {
  let err = ''
  const client = `${name}-${number}`
  const code = await run(['client', 'add', client, '--book', book], {
    stdin: process.stdin,
    stdout: { write: () => true },
    stderr: { write: (text) => (err += text) },
    env: {},
    cwd: '/',
    now: () => new Date(),
  })
  if (code !== 0) throw new Error(err)
  process.stdout.write(`${client}\n`)
  await new Promise((resolve) => setTimeout(resolve, 5))
}
