// What a response says of its content, by Postman's own means: they know a thousand types, so they wait until they are asked for.
import { loadBundle } from '../libraries.js';

export const contentInfo = (response) => loadBundle('content-info').contentInfo(response);
