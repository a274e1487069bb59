/**
 * The star of a joint text. It tells the state by shape; the same words are its text equivalent. The
 * squares stand in the charter's order on every node, so that both sides see the same figure.
 */
import { useId } from 'react';
import type { PartyId } from '../../kernel/ids.ts';
import { drawStar, pathOf, starState, type StarShape, type StarSquare } from '../../kernel/star.ts';
import { useSay } from '../i18n/Language.tsx';
import { usePartyText } from './PartyName.tsx';
import { useStanding } from './standing.tsx';

export interface PartyStance extends StarSquare {
  readonly party: PartyId;
}

interface StarProps {
  readonly stances: readonly PartyStance[];
  /** `local` and `drafting`: nothing that could be signed exists yet, only the corners are marked out. */
  readonly state?: string;
  /** `glyph` beside a line of text, `mark` beside a heading, `seal` on a page of its own. */
  readonly size?: 'glyph' | 'mark' | 'seal';
  /** True where the same words stand beside it: the figure is then hidden from assistive technology. */
  readonly told?: boolean;
}

const BOX = 48;
const RADIUS = 21;

export function Star({ stances, state, size = 'glyph', told = false }: StarProps) {
  const title = useId();
  const { parties } = useStanding();
  const text = useStarText();
  const ordered = parties.map((party) => settled(stances.find((stance) => stance.party === party.id)
    ?? { party: party.id, stance: 'none' as const, delivered: true }));
  const shapes = drawStar(ordered, isDraft(state));
  const words = told ? undefined : text(ordered, state);
  return (
    <svg className="star" data-size={size} viewBox={`0 0 ${BOX} ${BOX}`} role={told ? undefined : 'img'}
      aria-hidden={told ? true : undefined} aria-labelledby={told ? undefined : title} focusable="false">
      {words === undefined ? null : <title id={title}>{words}</title>}
      {shapes.map((shape, index) => <Shape key={index} shape={shape} />)}
    </svg>
  );
}

function Shape({ shape }: { shape: StarShape }) {
  const accent = shape.party === undefined ? undefined : shape.party % 4;
  const [first] = shape.points;
  if (shape.role === 'corner' && first !== undefined) {
    return <circle className="star-corner" data-accent={accent} cx={BOX / 2 + first[0] * RADIUS} cy={BOX / 2 + first[1] * RADIUS} r={1.8} />;
  }
  return (
    <path className={`star-${shape.role}`} data-accent={accent} data-dotted={shape.dotted || undefined}
      d={pathOf(shape.points, shape.closed, RADIUS, BOX / 2)} />
  );
}

/** Who has taken no stance has nothing to deliver. */
function settled(stance: PartyStance): PartyStance {
  return stance.stance === 'none' ? { ...stance, delivered: true } : stance;
}

function isDraft(state: string | undefined): boolean {
  return state === 'local' || state === 'drafting';
}

/**
 * The star in words: state, who signed, who refused, what is not yet delivered; in the reader's language.
 * Own signature first, as everywhere.
 */
export function useStarText(): (stances: readonly PartyStance[], state?: string) => string {
  const say = useSay();
  const nameOf = usePartyText();
  const { party: own } = useStanding();
  return (stances, state) => {
    if (isDraft(state)) return say(`star.${state}`);
    const sorted = [...stances].sort((a, b) => Number(b.party === own) - Number(a.party === own));
    const sentences = [say(`star.${starState(stances)}`)];
    for (const kind of ['signed', 'refused'] as const) {
      for (const stance of sorted) if (stance.stance === kind) sentences.push(say(`star.${kind}-by`, { party: nameOf(stance.party) }));
    }
    if (sorted.some((stance) => !settled(stance).delivered)) sentences.push(say('star.not-delivered'));
    return sentences.join(' ');
  };
}
