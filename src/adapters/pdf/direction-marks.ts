/**
 * Marks that keep Latin runs and numbers in place inside Arabic: on the page and in the extracted text.
 * A bracketed run gets left-to-right marks on both sides (the brackets stay with it), and each run a
 * right-to-left mark after it; so does every mark of punctuation that extractors take for part of a
 * number. All of them are removed again by whoever drops the bidi controls.
 */
const LRM = '\u200e';
const RLM = '\u200f';
const WORD = "[([«“]?[A-Za-zÀ-ɏ0-9](?:[A-Za-zÀ-ɏ0-9.:/+@_’'-]*[A-Za-zÀ-ɏ0-9+])?[)\\]»”%]?";
// Latin words that stand together stay together; bare numbers beside each other keep the reading order of the line.
const LETTERED = `(?=\\S*[A-Za-zÀ-ɏ:-])${WORD}`;
const RUN = new RegExp(`${LETTERED}(?: ${LETTERED})*|${WORD}|[،,.:؛؟%;]`, 'g');

/**
 * The Arabic text with direction marks; other directions are returned as they are. The closing
 * left-to-right mark is set only where a run ends in a bracket or sign: some extractors drop a
 * character that such a mark follows, and letters and digits do not need it.
 */
export function withDirectionMarks(text: string, direction: 'rtl' | 'ltr'): string {
  if (direction === 'ltr') return text;
  return text.replaceAll(RUN, (run) => {
    if (!/[A-Za-zÀ-ɏ0-9]/.test(run)) return `${run}${RLM}`;
    return /[)\]»”%]$/.test(run) || /^[([«“]/.test(run) ? `${LRM}${run}${LRM}${RLM}` : `${run}${RLM}`;
  });
}
