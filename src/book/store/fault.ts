// What a failure of whatever keeps a book means.
export { damagedFault, isConstraint, isDamage, isUnwritten, toFault } from './kind.ts'
