/** Runs dependency-cruiser over the sources and fails on a breach, or when it saw suspiciously few files. */
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-options'

/** Fewer modules than this means that the tool did not look, not that the walls stand. */
const LEAST_MODULES = 200

const options = await extractConfig('./.dependency-cruiser.mjs')
const { output } = await cruise(['src'], { ...options, validate: true })
const { summary } = output as ICruiseResult
for (const { rule, from, to } of summary.violations) process.stdout.write(`${rule.name}: ${from} → ${to}\n`)
process.stdout.write(`${summary.totalCruised} modules, ${summary.violations.length} breaches\n`)
if (summary.violations.length > 0 || summary.totalCruised < LEAST_MODULES) process.exitCode = 1
