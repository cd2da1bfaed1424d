// Preloaded into the local gateway. In the cloud a body that is no text reaches a function in base64, whatever its type is
// called; the local gateway does so for two types alone and reads every other body as UTF-8, which breaks a workbook that is
// posted as what it is, or without a type as curl does. It looks at the type only here; functions see the header as sent.
import { Server } from 'node:http';

const WHOLE = 'application/octet-stream';
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;
const { emit } = Server.prototype;

const wholeType = (type) =>
  type === undefined || type === '' ? WHOLE : JSON_TYPE.test(type) ? type : `${type};${WHOLE}`;

Server.prototype.emit = function emitWhole(name, request, ...rest) {
  if (name === 'request') request.headers['content-type'] = wholeType(request.headers['content-type']);
  return emit.call(this, name, request, ...rest);
};
