/** Right to left is not a second stylesheet: CSS uses logical properties only. */
import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const physical = /(?:^|[\s;{])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right|border-(?:top|bottom)-(?:left|right)-radius|float|text-align)\s*:\s*(left|right|[^;]*)/g;
const faults: string[] = [];
for (const file of globSync('src/**/*.css', { cwd: root })) {
  const text = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  for (const match of text.matchAll(physical)) {
    const rule = match[0].trim();
    const directional = /^[\s;{]*(float|text-align)/.test(rule) ? /:\s*(left|right)\b/.test(rule) : true;
    if (directional) faults.push(`${file}: ${rule}`);
  }
}
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
