// The natives that Rust lends us, and which script is under way. The natives are
//   library(name)          the function of a bundle, or undefined if there is none of that name
//   scope(part)            what the script under way can see; scope.js has the names of the parts
//   body(script, response) the body of a response as an ArrayBuffer; undefined if the script is over
//   text(script, response) the same as text, from UTF-8
//   source()               the text of the script under way
//   dynamicVariable(name)  the value of `$guid` and its kin, or undefined
//   random(count)          an ArrayBuffer of random bytes
//   now()                  milliseconds of a monotonic clock
//   parseUrl(text, base)   the parts of an absolute URL as JSON, or undefined
//   setUrl(href, part, v)  the parts of a URL after a change
//   decode(buffer, fatal)  text from UTF-8; undefined if it must be valid and is not
//   encode(text)           UTF-8 from text, as an ArrayBuffer
export let host = null;
export let current = null;

export function connect(natives) {
  host = natives;
}

export function setCurrent(execution) {
  current = execution;
}
