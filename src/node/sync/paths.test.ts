import { expect, test } from 'vitest';
import { bundlePath, checkpointPath, entriesPath, parsePeerPath, partPath, pokePath, tilePath } from './paths.ts';

const space = 'ab'.repeat(32);
const commit = '01'.repeat(32);

test('every path prints and parses back to itself', () => {
  const paths = [
    checkpointPath(space, 'dgsn'),
    entriesPath(space, 'dgsn', 0, 7),
    entriesPath(space, 'dgsn', 1_234_067),
    tilePath(space, 'dgsn', { level: 2, index: 0, width: 1 }),
    partPath(space, commit),
    pokePath(space),
    bundlePath(space),
  ];
  expect(paths.map((path) => parsePeerPath(path)?.kind)).toEqual(['checkpoint', 'tile', 'tile', 'tile', 'part', 'poke', 'bundle']);
  expect(paths[2]).toBe(`/s/${space}/dgsn/tile/entries/x001/x234/067`);
});

test('a party may be called part: a commitment is 64 hex digits, a checkpoint is not', () => {
  expect(parsePeerPath(`/s/${space}/part/checkpoint`)).toEqual({ kind: 'checkpoint', space, log: 'part' });
  expect(parsePeerPath(`/s/${space}/part/${commit}`)).toEqual({ kind: 'part', space, commit });
});

test.each([
  ['', 'nothing'],
  ['/', 'no segments'],
  [`/s/${space}`, 'the space alone'],
  [`/s/${space.toUpperCase()}/poke`, 'upper-case hex'],
  [`/s/${space}/poke/`, 'a trailing slash'],
  [`/s/${space}/poke?x=1`, 'a query'],
  [`/s/${space}//checkpoint`, 'an empty party'],
  [`/s/${space}/DGSN/checkpoint`, 'an upper-case party'],
  [`/s/${space}/dgsn%2Fcheckpoint`, 'an escaped slash'],
  [`/s/${space}/dgsn/../dgsn/checkpoint`, 'a dot segment'],
  [`/s/${space}/dgsn/tile/entries/0`, 'an unpadded index'],
  [`/s/${space}/dgsn/tile/entries/x000/001`, 'a group of zeros before the index'],
  [`/s/${space}/dgsn/tile/entries/000.p/0`, 'a width of zero'],
  [`/s/${space}/dgsn/tile/entries/000.p/256`, 'a full tile written as a partial one'],
  [`/s/${space}/dgsn/tile/entries/000.p/07`, 'a padded width'],
  [`/s/${space}/dgsn/tile/-1/000`, 'a negative level'],
  [`/s/${space}/part/${commit}0`, 'a commitment of 65 digits'],
])('%s is refused: %s', (path) => {
  expect(parsePeerPath(path)).toBeUndefined();
});
