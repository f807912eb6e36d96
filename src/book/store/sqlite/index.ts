// All that a kind of store gives: the opening of books, copies of their files, what failures mean, and
// pieces of SQL.
export {
  type BookFacts,
  copyBook,
  copyFile,
  type Examination,
  notBackup,
  verifyFile,
  verifyKnown,
} from './copy.ts'
export { damagedFault, isConstraint, isDamage, isUnwritten, toFault } from './driver.ts'
export { fillStore, type Meddling, openStore } from './open.ts'
export { makeReady, overwritten } from './overwrite.ts'
export * from './sql.ts'
export { referencesTo } from './references.ts'
export { hasTable, lookInto } from './statements.ts'
export { connectionOf } from './store.ts'
