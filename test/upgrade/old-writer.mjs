// Works as a program of the first schema does: adds sources to a book, a transaction each, as fast as
// it can, until somebody has migrated it. Says first that it has begun.
import Database from 'better-sqlite3'

const raw = new Database(process.argv[2], { timeout: 30_000 })
const insert = raw.prepare('INSERT INTO sources (name, name_key) VALUES (?, ?)')
const add = raw.transaction((name) => {
  if (raw.pragma('user_version', { simple: true }) !== 1) return false
  insert.run(name, name)
  return true
})
for (let number = 1; add.immediate(`source ${number}`); number += 1) {
  if (number === 1) process.stdout.write('begun\n')
}
