/** What changed between two wordings, word by word, for the eye: never asked by a rule. */
import { diffArrays } from 'diff';

export interface Segment {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** A word with its marks (Arabic vowels stay with their word), a run of space, or a single other character. */
const TOKEN = /[\p{L}\p{M}\p{N}\u0640\u200c\u200d]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu;

/**
 * Segments that read, without `added`, as `before` and, without `removed`, as `after`. A single space between
 * two changed words is taken into the change, so that a rewritten phrase reads as one removal and one insertion.
 */
export function diffWords(before: string, after: string): Segment[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const changes = diffArrays(before.match(TOKEN) ?? [], after.match(TOKEN) ?? []);
  const segments: Segment[] = changes.map((change) => ({
    kind: change.added ? 'added' : change.removed ? 'removed' : 'same',
    text: change.value.join(''),
  }));
  return regroup(segments);
}

/** Removals before insertions within one changed stretch; stretches parted only by white space become one. */
function regroup(segments: readonly Segment[]): Segment[] {
  const out: Segment[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed !== '') out.push({ kind: 'removed', text: removed });
    if (added !== '') out.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  segments.forEach((segment, at) => {
    if (segment.kind === 'removed') removed += segment.text;
    else if (segment.kind === 'added') added += segment.text;
    else if (bridges(segment.text, segments[at + 1]) && removed !== '' && added !== '') {
      removed += segment.text;
      added += segment.text;
    } else {
      flush();
      out.push(segment);
    }
  });
  flush();
  return out;
}

function bridges(text: string, next: Segment | undefined): boolean {
  return /^[^\S\n]+$/u.test(text) && next !== undefined && next.kind !== 'same';
}
