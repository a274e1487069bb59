/** Officers as screens list them: from the read tables of the record, and for the own party from the door. */
import { labelIn } from '../../../kernel/language.ts';
import type { ObjectId } from '../../../kernel/ids.ts';
import type { Node } from '../../../node/node.ts';
import type { Tables } from '../../../node/tables.ts';
import { marks, type Mark, type Reader } from '../reading.ts';
import type { KeyView, OfficerRow } from '../views.ts';
import type { Access, KnownPasskey } from './access.ts';
import { officeTitles } from './published.ts';
import { readable } from './reading.ts';

type MandateRow = Tables['officers_mandate'];
type KeyRow = Tables['officers_key'];

/** Every officer whose mandates the reader may see, or one: own party first, then by office title. */
export async function officerRows(node: Node, access: Access, reader: Reader, officer?: ObjectId): Promise<readonly OfficerRow[]> {
  const { mandates, keys } = await node.store.read(async (tx) => {
    let ofMandates = tx.db.selectFrom('officers_mandate').selectAll().where(readable(reader, { scope: 'officers_mandate.scope' }));
    let ofKeys = tx.db.selectFrom('officers_key').selectAll().where(readable(reader, { scope: 'officers_key.scope' }));
    if (officer !== undefined) {
      ofMandates = ofMandates.where('officer', '=', officer);
      ofKeys = ofKeys.where('officer', '=', officer);
    }
    return { mandates: await ofMandates.orderBy('party').orderBy('idx').execute(), keys: await ofKeys.orderBy('party').orderBy('idx').execute() };
  });
  const titles = await officeTitles(node, [...new Set(mandates.map((row) => row.office))]);
  const passkeys = await access.passkeys(officer);
  const rows = await Promise.all([...Map.groupBy(mandates, (row) => row.officer)].map(async ([id, held]) => {
    const own = (held[0] as MandateRow).party === node.party;
    return {
      ...rowOf(held, keys.filter((key) => key.officer === id), own ? passkeys : [], titles.get(currentOf(held).office)?.title),
      ...(own ? { access: await accessOf(access, id, passkeys) } : {}),
    };
  }));
  return rows.sort((a, b) => Number(b.party === node.party) - Number(a.party === node.party) || (a.party < b.party ? -1 : a.party > b.party ? 1 : 0) || byTitle(a, b));
}

function byTitle(a: OfficerRow, b: OfficerRow): number {
  const [left, right] = [labelIn(a.office as Record<string, string>, 'en').text, labelIn(b.office as Record<string, string>, 'en').text];
  return left < right ? -1 : left > right ? 1 : a.officer < b.officer ? -1 : 1;
}

/** The mandate that names the office: the last that stands, else the last that stood. */
function currentOf(held: readonly MandateRow[]): MandateRow {
  return held.findLast((row) => row.ended_by === null) ?? (held.at(-1) as MandateRow);
}

function rowOf(held: readonly MandateRow[], keys: readonly KeyRow[], passkeys: readonly KnownPasskey[], title: Record<string, string | undefined> | undefined): Omit<OfficerRow, 'access'> {
  const standing = held.filter((row) => row.ended_by === null);
  const shown = standing.length === 0 ? [currentOf(held)] : standing;
  const current = currentOf(held);
  const untils = standing.flatMap((row) => (row.until === null ? [] : [row.until])).sort();
  const until = standing.length > 0 && untils.length === standing.length ? untils.at(-1) : undefined;
  return {
    officer: current.officer, party: current.party, officeId: current.office, office: title ?? { en: current.office },
    powers: unique(shown.flatMap((row) => JSON.parse(row.powers) as OfficerRow['powers'])),
    scopes: unique(shown.flatMap((row) => JSON.parse(row.scopes) as string[])),
    clearance: marks.findLast((mark) => shown.some((row) => row.clearance === mark)) as Mark,
    state: standing.length === 0 ? 'ended' : 'active',
    since: (held[0] as MandateRow).at,
    ...(until === undefined ? {} : { until }),
    ...(standing.length === 0 && current.ended_at !== null ? { endedAt: current.ended_at } : {}),
    keys: keys.map((key) => keyView(key, passkeys)),
  };
}

function keyView(row: KeyRow, passkeys: readonly KnownPasskey[]): KeyView {
  const passkey = passkeys.find(({ key }) => key === row.key);
  return {
    key: row.key, kind: row.kind as KeyView['kind'],
    ...(passkey === undefined ? {} : { label: passkey.label, credential: passkey.credential }),
    state: row.ended_by === null ? 'active' : 'revoked', grantedBy: row.act, grantedAt: row.at,
    ...(row.ended_by === null || row.ended_at === null ? {} : { revokedBy: row.ended_by, revokedAt: row.ended_at }),
  };
}

async function accessOf(access: Access, officer: ObjectId, passkeys: readonly KnownPasskey[]): Promise<NonNullable<OfficerRow['access']>> {
  const [linkUntil, lastSeenAt] = [await access.linkUntil(officer), await access.lastSeen(officer)];
  return {
    passkeys: passkeys.filter((passkey) => passkey.officer === officer).length,
    ...(linkUntil === undefined ? {} : { linkUntil }),
    ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
  };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)].sort();
}
