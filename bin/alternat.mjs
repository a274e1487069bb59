#!/usr/bin/env node
// `npx alternat …` in the checkout: the same door as npm run, for the command line.
process.argv.splice(2, 0, 'alternat');
await import('../tools/bootstrap.mjs');
