import type { z } from 'zod';
import type { RefusalCode } from '#src/domain/refusals.ts';
import type { Right } from '#src/domain/rights.ts';
import type { Actor } from '../actor.ts';
import { type ExportFormat, exportFormats, exportList, type ListExport } from '../exports/list-export.ts';
import { type Endpoint, endpoint } from './endpoint.ts';

const types = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

type Definition<Params extends z.ZodObject | undefined, Query extends z.ZodObject, Row, Who> = {
  /** The path of the list; the files stand beside it, with their ending. */
  path: string;
  /** What the file is called, without its ending. */
  name: string;
  summary: string;
  tag: string;
  access: { kinds: readonly Actor['kind'][]; right: Right };
  params?: Params;
  query: Query;
  refusals?: readonly RefusalCode[];
  shape: ListExport<Who, z.output<Query> & (Params extends z.ZodObject ? z.output<Params> : unknown), Row>;
};

/** A list as CSV and as XLSX: two endpoints that want a fresh proof of who one is and leave a word in the audit trail. */
export const exportEndpoints = <Params extends z.ZodObject | undefined, Query extends z.ZodObject, Row, Who>(
  definition: Definition<Params, Query, Row, Who>,
): readonly Endpoint[] => exportFormats.map((format) => exportEndpoint(definition, format));

function exportEndpoint<Params extends z.ZodObject | undefined, Query extends z.ZodObject, Row, Who>(
  { path, name, summary, tag, access, params, query, refusals, shape }: Definition<Params, Query, Row, Who>,
  format: ExportFormat,
): Endpoint {
  return endpoint({
    method: 'GET',
    path: `${path}.${format}`,
    summary: `${summary} (${format.toUpperCase()})`,
    ...{ tag, access, query },
    ...(params && { params }),
    stepUp: true,
    status: 200,
    streams: { gives: types[format] },
    refusals: refusals ?? ['invalid_request'],
    stream: (acting, actor: Actor, input, { locale, setHeader }) => {
      setHeader('content-disposition', `attachment; filename="${name}.${format}"`);
      // The server has read the input by the very schemas that the list is defined for, and asked who may call.
      const filter = input as Parameters<typeof shape.list>[2];
      const subjects = Object.keys(params?.shape ?? {}).map((key) => String(input[key as never]));
      return exportList(acting, shape, { actor: actor as Who, filter, subjects, locale, format });
    },
  });
}
