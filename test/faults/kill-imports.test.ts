import { describeKills } from './kills.ts'
import { isLong, KILLED } from './works.ts'

// In a file of its own, so that both halves run at once.
describeKills(KILLED.filter(isLong))
