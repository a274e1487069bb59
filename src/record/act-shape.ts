/**
 * The short way to the yes of `actShape`, for records of millions of acts: the same verdict on any JSON
 * value, a property test holds the two together. A no decides nothing: the schema then says where.
 */
import { HASH, OBJECT_ID, PARTY_ID } from '../kernel/ids.ts';
import { INSTANT } from '../kernel/time.ts';
import type { Act } from './act.ts';

const TYPE = /^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/;
const NARROW_SCOPE = /^(?:body|edition|centre):[a-z][a-z0-9-]{1,30}\.[0-9abcdefghjkmnpqrstvwxyz]{20}$/;
const MEMBERS = 10;

type Loose = { readonly [name: string]: unknown };

/** Whether a JSON value has the members that every act has, and no others. */
export function isActShape(value: unknown): value is Act {
  if (!isPlain(value) || Object.keys(value).length !== MEMBERS) return false;
  const { v, space, party, type, officers, at, scope, seen, after, body } = value;
  return isCount(v) && v >= 1 && v <= 999 && isCount(after)
    && matches(space, HASH) && matches(party, PARTY_ID) && matches(type, TYPE) && type.length <= 60 && matches(at, INSTANT)
    && (scope === 'space' || matches(scope, NARROW_SCOPE))
    && Array.isArray(officers) && officers.length <= 8 && officers.every((officer) => matches(officer, OBJECT_ID))
    && isSeen(seen) && isPlain(body);
}

function isSeen(seen: unknown): boolean {
  if (!isPlain(seen)) return false;
  for (const party in seen) {
    const head = seen[party];
    if (!PARTY_ID.test(party) || !isPlain(head) || Object.keys(head).length !== 2 || !isCount(head.size) || !matches(head.root, HASH)) return false;
  }
  return true;
}

function isPlain(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function matches(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value);
}
