/** What the product's document promises of replies: the statuses and, field by field, what stands in them and nothing else. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { World } from '#tests/support/world.ts';
import type { Reply } from './call.ts';

/** Tells what of a reply is not as the document says, if anything is; routes that the document leaves out promise nothing. */
export type Contract = (
  route: string,
  reply: Pick<Reply, 'status' | 'headers' | 'text'>,
) => string | undefined;

type Content = Readonly<Record<string, unknown>>;
type Operation = { responses: Readonly<Record<string, { content?: Content }>> };
type Document = { paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

/** Reads the document of a running product. */
export async function contractOf({ url }: World): Promise<Contract> {
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as Document;
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
  ajv.addSchema(document, 'api');
  return (route, { status, headers, text }) => {
    const [method = '', pattern = ''] = route.split(' ');
    const at = ['paths', pattern.replace(/:(\w+)/g, '{$1}'), method.toLowerCase(), 'responses'];
    const responses = document.paths[at[1] ?? '']?.[at[2] ?? '']?.responses;
    if (!responses) return undefined;
    const response = responses[String(status)];
    const type = headers['content-type']?.split(';')[0] ?? '';
    if (!response) return `${status} is not in the document`;
    if (text === '' && !response.content) return undefined;
    if (!response.content?.[type]) return `${status} with '${type}', which is not in the document`;
    if (!type.endsWith('json') || type.endsWith('ndjson')) return undefined;
    return misfitOf(ajv, [...at, String(status), 'content', type, 'schema'], text);
  };
}

function misfitOf(ajv: Ajv2020, at: readonly string[], text: string): string | undefined {
  const pointer = at.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
  const fits = ajv.getSchema(`api#/${encodeURI(pointer)}`);
  if (!fits) return `no schema at ${pointer}`;
  return fits(JSON.parse(text)) ? undefined : `does not fit its schema: ${ajv.errorsText(fits.errors)}`;
}
