export { add, drop, edit } from './change.ts'
export { check, fields, list, show } from './see.ts'
export { text } from './text.ts'
