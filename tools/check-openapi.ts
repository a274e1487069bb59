/** `docs/openapi.json` is what the contracts say now. `--write` writes it; without, a difference is a fault. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../src/features/operations.ts';
import { loadCatalogue } from '../src/http/catalogue.ts';
import { openApiOf } from '../src/http/openapi.ts';

const file = join(import.meta.dirname, '..', 'docs', 'openapi.json');
const catalogue = loadCatalogue();
const document = openApiOf(operations, catalogue);
const faults = (document['x-refusals'] as { code: string; message: string }[]).filter(({ message }) => message === '').map(({ code }) => `refusal ${code} is in a contract and has no message`);
const text = `${JSON.stringify(document, undefined, 2)}\n`;

if (process.argv.includes('--write')) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) faults.push('docs/openapi.json differs from the contracts: run node tools/check-openapi.ts --write');
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
