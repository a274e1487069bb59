import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exerciseWords } from '../../kernel/exercise.ts';

const css = readFileSync(join(import.meta.dirname, 'print.css'), 'utf8');

test('every printed page of an exercise says so in four languages, in the words of the kernel', () => {
  const box = /@page exercise \{\s*@top-center \{\s*content: ([^;]+);/.exec(css)?.[1] ?? '';
  const printed = [...box.matchAll(/'([^']*)'/g)].map(([, text]) => text).filter((text) => text !== '\\A').flatMap((line) => line?.split(' · '));
  expect(printed.toSorted()).toEqual(Object.values(exerciseWords).toSorted());
});
