/**
 * Concordance: each side's linguist marks, clause by clause, that the authentic versions say the same.
 * Marks are gathered here and recorded as one act; until then they can be taken back. A recorded mark
 * holds until the clause is edited on either side.
 */
import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useCommand } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { usePartyText } from '../../../web/kit/PartyName.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import type { PartyId } from '../../../kernel/ids.ts';
import type { Language } from '../../../kernel/language.ts';
import type { Refusal } from '../../../kernel/result.ts';
import { markConcordance } from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { permission } from './permission.ts';
import { useWhy } from './why.ts';

export interface Concordance {
  /** Shown while the text is being drafted: afterwards every clause is concordant by the rules. */
  readonly shown: boolean;
  readonly may: boolean;
  /** Why nothing can be marked now. */
  readonly refusal: string | undefined;
  readonly marked: ReadonlyMap<string, readonly PartyId[]>;
  /** Marked here, not recorded yet. */
  readonly pending: ReadonlySet<string>;
  toggle(clause: string): void;
  setPending(clauses: readonly string[]): void;
}

export function useConcordance(detail: TextDetail): Concordance {
  const { party } = useStanding();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const found = permission(detail.may, 'concord');
  const marked = new Map(detail.concordance.map((entry) => [entry.clause, entry.parties]));
  const pending = new Set([...chosen].filter((clause) => marked.get(clause)?.includes(party) !== true));
  return {
    shown: detail.state === 'drafting' && detail.languages.filter((language) => language.authority === 'authentic').length > 1,
    may: found.offered && found.refusal === undefined,
    refusal: found.offered ? found.refusal : undefined,
    marked,
    pending,
    toggle: (clause) => setChosen(pending.has(clause) ? new Set([...pending].filter((one) => one !== clause)) : new Set([...pending, clause])),
    setPending: (clauses) => setChosen(new Set(clauses)),
  };
}

/** One small square per party: filled where that side's linguist marked the clause. The own one is a switch. */
export function ConcordanceMark({ clause, holes, concordance }: { clause: string; holes: readonly Language[]; concordance: Concordance }) {
  const say = useSay();
  const nameOf = usePartyText();
  const { parties, party } = useStanding();
  if (!concordance.shown || holes.length > 0) return null;
  const by = concordance.marked.get(clause) ?? [];
  const words = parties.map((one) => say(by.includes(one.id) ? 'texts.concord.marked-by' : 'texts.concord.not-by', { party: nameOf(one.id) })).join(' ');
  const squares = parties.map((one, at) => (
    <span key={one.id} className="concord-square" data-accent={at % 4} data-filled={by.includes(one.id) || undefined} data-pending={(one.id === party && concordance.pending.has(clause)) || undefined} />
  ));
  if (!concordance.may || by.includes(party)) return <span className="concord"><span className="visually-hidden">{words}</span>{squares}</span>;
  return (
    <ToggleButton className="concord" isSelected={concordance.pending.has(clause)} onChange={() => concordance.toggle(clause)}
      aria-label={`${say('texts.concord.mark')} ${words}`} onKeyDown={stepBetweenMarks}>{squares}</ToggleButton>
  );
}

/** Arrow keys go from mark to mark, so that a linguist reads and marks without leaving the column. */
function stepBetweenMarks(event: { key: string; target: EventTarget; preventDefault(): void; continuePropagation?(): void }): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  const marks = [...document.querySelectorAll<HTMLElement>('button.concord')];
  marks[marks.indexOf(event.target as HTMLElement) + by]?.focus();
  event.preventDefault();
}

export function ConcordanceBar({ detail, concordance }: { detail: TextDetail; concordance: Concordance }) {
  const say = useSay();
  const { party } = useStanding();
  const command = useCommand(markConcordance);
  const why = useWhy();
  const [refusal, setRefusal] = useState<Refusal>();
  if (!concordance.shown) return null;
  if (!concordance.may) return concordance.refusal === undefined ? null : <p className="concord-bar action-why">{why(concordance.refusal)}</p>;
  const holes = new Set(detail.holes.map((hole) => hole.clause));
  const clauses = [...new Set(detail.languages.flatMap((language) => (language.authority === 'authentic' ? language.revision?.clauses ?? [] : [])).map((clause) => clause.id))];
  const open = clauses.filter((clause) => !holes.has(clause) && concordance.marked.get(clause)?.includes(party) !== true);
  async function record(): Promise<void> {
    const result = await command.mutateAsync({ params: { doc: detail.doc }, body: { clauses: [...concordance.pending] } });
    setRefusal(result.ok ? undefined : result.refusal);
    if (result.ok) concordance.setPending([]);
  }
  return (
    <section className="concord-bar" aria-label={say('texts.concord.title')}>
      <p>{open.length === 0 ? say('texts.concord.all') : say('texts.concord.pending', { pending: concordance.pending.size, open: open.length })}</p>
      {open.length === 0 ? null : (
        <div className="bar-actions">
          <Button weight="quiet" onPress={() => concordance.setPending(concordance.pending.size === open.length ? [] : open)}>
            {say(concordance.pending.size === open.length ? 'texts.concord.none' : 'texts.concord.mark-all')}
          </Button>
          <Button weight="primary" isDisabled={concordance.pending.size === 0} isPending={command.isPending} onPress={() => void record()}>{say('texts.concord.record')}</Button>
        </div>
      )}
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
    </section>
  );
}
