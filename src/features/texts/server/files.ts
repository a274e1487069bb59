/** Routes of a joint text's files. What they need of outside (setter, Word, bundles) is handed in by main. */
import { toHex, type Bytes } from '../../../kernel/bytes.ts';
import type { Hash, PartyId } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { exerciseWords } from '../../../kernel/exercise.ts';
import type { FileAnswer } from '../../../kernel/operation.ts';
import { languages, type Language } from '../../../kernel/language.ts';
import { handle, type HandlerContext, type Route } from '../../../http/handler.ts';
import { anchorJournal } from '../../../node/journal-anchor.ts';
import type { JournalNote } from '../../../node/journal.ts';
import type { Node } from '../../../node/node.ts';
import { clauseId as clauseIdShape } from '../acts.ts';
import { readDocument, textBundle, textDocx, textPdf } from '../files-contract.ts';
import type { Attachment, PrintedText } from '../printed.ts';
import { takeOver } from '../take-over.ts';
import type { TextDetail } from '../views.ts';
import type { ReadDocument, WordedText } from '../worded.ts';
import { textDetailOf } from './detail.ts';
import { loadDoc } from './document.ts';
import { copyOrder, printedText, type Words } from './print.ts';

export interface FileMeans {
  readonly words: Words;
  print(text: PrintedText, attachments: readonly Attachment[]): Promise<Uint8Array>;
  writeDocx(text: WordedText): Promise<Uint8Array>;
  readDocx(bytes: Uint8Array): Promise<Result<ReadDocument>>;
  /** The TEXT bundle, recorded as an export by the node's own office. */
  bundle(node: Node, text: Hash): Promise<Result<Bytes>>;
}

/** Until marks are acts of their own: a text that a reader may see may be handed on inside the parties. */
const MARK = 'TLP:AMBER';

async function detailFor({ node, reader }: HandlerContext, id: string): Promise<Result<TextDetail>> {
  const loaded = await loadDoc(node, reader, id);
  return loaded === undefined ? refuse('text.unknown') : ok(await textDetailOf(node, reader, loaded));
}

/** `ALT-2026-K3VQ-7M2P.dgsn.pdf`: ASCII, sorts by year, names whose copy it is. */
function fileName(detail: TextDetail, ending: string): string {
  return `${detail.jointReference ?? detail.doc}.${ending}`;
}

function file(media: string, name: string, bytes: Uint8Array): FileAnswer {
  return { media, name, bytes: new Uint8Array(bytes) };
}

export function textFileRoutes(means: FileMeans): readonly Route[] {
  return [
    handle(textPdf, async (context, { params, query }) => {
      const detail = await detailFor(context, params.text);
      if (!detail.ok) return detail;
      return handedOver(context, 'pdf', { kind: 'text', id: params.text }, () => originalOf(means, context, detail.value, params.text, query.original ?? context.node.party));
    }),
    handle(textDocx, async (context, { params }) => {
      const detail = await detailFor(context, params.id);
      if (!detail.ok) return detail;
      const worded = await wordedText(context, detail.value);
      if (worded === undefined) return refuse('text.nothing-to-print');
      return handedOver(context, 'docx', { kind: params.id === detail.value.doc ? 'draft' : 'text', id: params.id }, async () =>
        ok(file('application/vnd.openxmlformats-officedocument.wordprocessingml.document', fileName(detail.value, 'docx'), await means.writeDocx(worded))));
    }),
    handle(textBundle, async (context, { params }) => {
      const detail = await detailFor(context, params.text);
      if (!detail.ok) return detail;
      return handedOver(context, 'text-bundle', { kind: 'text', id: params.text }, async () => {
        const bundle = await means.bundle(context.node, params.text);
        return bundle.ok ? ok(file('application/zip', fileName(detail.value, 'alternat'), bundle.value)) : bundle;
      });
    }),
    handle(readDocument, async (context, { params, body }) => {
      const detail = await detailFor(context, params.doc);
      if (!detail.ok) return detail;
      const read = await means.readDocx(body);
      return read.ok ? ok(preview(context.node, detail.value, params.lang, read.value)) : read;
    }),
  ];
}

/**
 * A file that leaves the system: who asked for it stands in the access journal before the file is given
 * out, and the journal's head in the main log. A node that may not write now still exports; the next
 * anchor covers the entry.
 */
async function handedOver(
  { node, actor }: HandlerContext, form: NonNullable<JournalNote['form']>, subject: JournalNote['subject'], make: () => Promise<Result<FileAnswer>>,
): Promise<Result<FileAnswer>> {
  const made = await make();
  if (!made.ok) return made;
  await node.journal([{ operation: 'disclosure', who: actor.officer, subject, form, why: { code: 'officer-asked' }, recipients: [{ officer: actor.officer }] }]);
  await anchorJournal(node);
  return made;
}

async function originalOf(means: FileMeans, { node }: HandlerContext, detail: TextDetail, text: Hash, copy: PartyId): Promise<Result<FileAnswer>> {
  const { charter } = await node.charter();
  if (!charter.parties.some((party) => party.id === copy)) return refuse('text.party-unknown', { party: copy });
  const printed = printedText({ detail, charter, copy, mark: MARK, words: means.words });
  if (printed === undefined) return refuse('text.unknown');
  const bundle = await means.bundle(node, text);
  const attachments = bundle.ok ? [{ name: fileName(detail, 'alternat'), media: 'application/zip', description: 'Alternat TEXT bundle', bytes: bundle.value }] : [];
  return ok({ ...file('application/pdf', fileName(detail, `${copy}.pdf`), await means.print(printed, attachments)), disposition: 'inline' });
}

async function wordedText({ node }: HandlerContext, detail: TextDetail): Promise<WordedText | undefined> {
  const { charter } = await node.charter();
  const { languages: order } = copyOrder(charter, node.party);
  const columns = order.flatMap((lang) => {
    const found = detail.languages.find((one) => one.lang === lang);
    const shown = found?.local ?? found?.revision;
    return shown === undefined ? [] : [{ lang, title: shown.title, clauses: shown.clauses }];
  });
  if (columns.length === 0) return undefined;
  return { exercise: charter.exercise ? languages.map((lang) => ({ lang, text: exerciseWords[lang] })) : [], mark: MARK, columns };
}

/** What would be taken over: columns that say their language; a document without one is for `lang`. */
function preview(node: Node, detail: TextDetail, lang: Language, read: ReadDocument) {
  const versions = read.columns.map((column) => {
    const target = column.lang ?? lang;
    const version = detail.languages.find((one) => one.lang === target);
    const now = version?.local ?? version?.revision;
    return takeOver(target, column.title ?? now?.title ?? '', column.clauses, now?.clauses ?? [], () => freshClause(node));
  });
  return { versions: versions.map((one) => ({ ...one, clauses: [...one.clauses], missing: [...one.missing] })), ignored: [...read.ignored] };
}

function freshClause(node: Node): string {
  return clauseIdShape.parse(toHex(node.mint.random(4)));
}
