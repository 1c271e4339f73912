import { Body as BodyText } from '../../../parts/Body';
import { text, valueOf, type Body } from '../document/model';
import { Pairs } from './Pairs';

/** What a request sends. */
export function BodyDocs({ body }: { body: Body | null | undefined }) {
  if (!body || body['disabled'] === true) return null;
  switch (body.mode) {
    case 'raw':
      return body.raw ? <BodyText text={text(body.raw)} name="body.txt" /> : null;
    case 'urlencoded':
      return (
        <Pairs
          title="Body: form, URL-encoded"
          pairs={Array.isArray(body.urlencoded) ? body.urlencoded : [{ key: 'raw', value: body.urlencoded }]}
        />
      );
    case 'formdata':
      return <Pairs title="Body: form data" pairs={Array.isArray(body.formdata) ? body.formdata : []} />;
    case 'graphql':
      return (
        <>
          <BodyText title="Body: GraphQL query" text={text(body.graphql?.query)} name="query.graphql" />
          {body.graphql?.variables && (
            <BodyText
              title="GraphQL variables"
              text={valueOf(body.graphql.variables)}
              name="variables.json"
            />
          )}
        </>
      );
    case 'file':
      return <Pairs title="Body: file" pairs={[{ key: 'src', value: valueOf(body.file?.src) }]} />;
    default:
      return null;
  }
}
