#!/usr/bin/env node
'use strict'

const { existsSync } = require('node:fs')
const path = require('node:path')

const main = path.join(__dirname, '../dist/main.cjs')
if (existsSync(main)) {
  void require(main).start()
} else {
  process.stderr.write('funnel: the program is not built yet\n  run: npm ci (or npm run build)\n')
  process.exitCode = 1
}
