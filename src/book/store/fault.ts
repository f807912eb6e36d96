// What a failure of whatever keeps a book means.
export { isConstraint, isDamage, isUnwritten, toFault } from './kind.ts'
