/** What of joint texts the search reads: titles, the latest words of each language version, suggestions. */
import type { z } from 'zod';
import type { PlacedAct } from '../../record/act.ts';
import type { Extractor, Searchable } from '../search/published.ts';
import type { textDraftV1, textProposeV1, textReviseV1, textSuggestV1 } from './acts.ts';

/** Kind of joint texts in the index. */
export const kindOfTexts = 'text';

export const searchTexts: Extractor = (placed: PlacedAct): readonly Searchable[] => {
  switch (placed.act.type) {
    case 'text.draft': {
      const body = placed.act.body as z.infer<typeof textDraftV1>;
      return [{ kind: kindOfTexts, id: body.doc, parts: [{ ref: body.title }] }];
    }
    case 'text.revise': {
      const body = placed.act.body as z.infer<typeof textReviseV1>;
      return [{ kind: kindOfTexts, id: body.doc, parts: [{ ref: body.content }], ...(body.previous === undefined ? {} : { replaces: body.previous }) }];
    }
    case 'text.suggest': {
      const body = placed.act.body as z.infer<typeof textSuggestV1>;
      return [{ kind: kindOfTexts, id: body.doc, parts: [{ ref: body.words, lang: body.lang }] }];
    }
    case 'text.propose': {
      const body = placed.act.body as z.infer<typeof textProposeV1>;
      // A proposal freezes a revision that a later one may have replaced in the index: its words are found through it.
      return [{ kind: kindOfTexts, id: body.doc, parts: [{ ref: body.title }, ...body.content.map(({ content }) => ({ ref: content }))] }];
    }
    default:
      return [];
  }
};
