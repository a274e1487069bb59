import type { z } from 'zod';
import type { ActDraft, Mint } from '../../node/node.ts';
import { labelPart } from '../labels/published.ts';
import type { EditionRegister, SeriesCreate } from './acts.ts';
import type { createSeriesInput, registerEditionInput } from './contract.ts';

export type CreateSeries = z.infer<typeof createSeriesInput>;
export type RegisterEdition = z.infer<typeof registerEditionInput>;

/** The act that creates a series; its id is in the body. */
export function createSeries(input: CreateSeries, mint: Mint): ActDraft & { readonly body: SeriesCreate } {
  const title = labelPart(mint, input.title);
  const source = input.source === undefined ? undefined : labelPart(mint, input.source);
  const body: SeriesCreate = {
    series: mint.id(),
    title: title.ref,
    ...(input.instrument === undefined ? {} : { instrument: input.instrument }),
    ...(source === undefined ? {} : { source: source.ref }),
    recordedAfterwards: input.recordedAfterwards,
  };
  return { type: 'series.create', v: 1, scope: input.scope ?? 'space', body, parts: source === undefined ? [title] : [title, source] };
}

/** The act that registers an edition of a series; its id is in the body. */
export function registerEdition(input: RegisterEdition, mint: Mint): ActDraft & { readonly body: EditionRegister } {
  const title = labelPart(mint, input.title);
  const place = labelPart(mint, input.place);
  const source = input.source === undefined ? undefined : labelPart(mint, input.source);
  const body: EditionRegister = {
    edition: mint.id(),
    series: input.series,
    number: input.number,
    host: input.host,
    place: place.ref,
    from: input.from,
    to: input.to,
    ...(input.opensAt === undefined ? {} : { opensAt: input.opensAt }),
    title: title.ref,
    authentic: [...input.authentic].sort(),
    ...(source === undefined ? {} : { source: source.ref }),
    recordedAfterwards: input.recordedAfterwards,
  };
  return { type: 'edition.register', v: 1, scope: input.scope ?? 'space', body, parts: [title, place, ...(source === undefined ? [] : [source])] };
}
