export { rivalTable } from './rivals.ts'
export { studyTable } from './study.ts'
