import { describeKills } from './kills.ts'
import { isLong, KILLED } from './works.ts'

describeKills(KILLED.filter((work) => !isLong(work)))
