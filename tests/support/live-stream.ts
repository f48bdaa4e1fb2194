import { type Caller, proofOf, type World } from './world.ts';

type Heard = { event: string; data: { received?: number; cases?: { caseId: string; sequence: number }[] } };

/** A stream as a browser has it: what was heard so far, and whether it is still open. */
export type LiveStream = { status: number; heard: Heard[]; isEnded: () => boolean; cut: () => void };

/** Opens the stream of somebody, and hears until it ends or is cut. */
export async function openStream(
  { url, address }: Pick<World, 'url' | 'address'>,
  caller: Caller,
  onHeard: (heard: Heard) => void = () => undefined,
): Promise<LiveStream> {
  const cutting = new AbortController();
  const response = await fetch(`${url}/api/v1/live`, {
    headers: { 'x-forwarded-for': address, ...proofOf(caller) },
    signal: cutting.signal,
  });
  const heard: Heard[] = [];
  let isEnded = response.status !== 200;
  const read = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      text += decoder.decode(piece, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, event] = /^event: (.*)$/m.exec(block) ?? [];
        const [, data = '{}'] = /^data: (.*)$/m.exec(block) ?? [];
        if (!event) continue;
        const one: Heard = { event, data: JSON.parse(data) as Heard['data'] };
        heard.push(one);
        onHeard(one);
      }
    }
  };
  if (!isEnded)
    void read()
      .catch(() => undefined)
      .finally(() => {
        isEnded = true;
      });
  return { status: response.status, heard, isEnded: () => isEnded, cut: () => cutting.abort() };
}
