// What the page asks of the server that it came from.

/** @returns the answer's JSON; a failure is an Error with one sentence for the person in front of the page. */
export async function get(path, parameters, signal) {
  return (await fetched(`api/${path}`, parameters, signal)).json();
}

/** The body of a record, as text. */
export async function bodyText(parameters, signal) {
  return (await fetched('body', { ...parameters, view: 'text' }, signal)).text();
}

/** Where a record's body is, for a frame or a picture. */
export function bodyAddress(parameters, view) {
  return `body?${new URLSearchParams({ ...parameters, view })}`;
}

async function fetched(path, parameters, signal) {
  const query = new URLSearchParams(Object.entries(parameters ?? {}).filter(([, value]) => value));
  let response;
  try {
    response = await fetch(query.size ? `${path}?${query}` : path, { signal });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Error('Fetchline does not answer: has it been stopped?');
  }
  if (!response.ok) {
    throw new Error((await response.text()).trim());
  }
  return response;
}
