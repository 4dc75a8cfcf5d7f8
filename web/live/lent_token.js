/** How a projector's page, in the same browser, is signed in by the page of the teacher who opened it. */

const CHANNEL = "neurolearn.token";
const ANSWER_MS_MAX = 1_500;

export class NoLenderError extends Error {
  name = "NoLenderError";
}

/** Hands an access token of `account` to whoever asks for this lesson, until the returned function is called. */
export function lendToken(account, lessonId) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = async ({ data }) => {
    if (data.wanted === lessonId) channel.postMessage({ lent: lessonId, token: await account.token() });
  };
  return () => channel.close();
}

/** Rejects with {@link NoLenderError} where no page of this browser has the lesson open. */
export async function borrowToken(lessonId) {
  const channel = new BroadcastChannel(CHANNEL);
  const { promise, resolve, reject } = Promise.withResolvers();
  const timer = setTimeout(() => reject(new NoLenderError("the lesson is open in no other tab")), ANSWER_MS_MAX);
  channel.onmessage = ({ data }) => data.lent === lessonId && resolve(data.token);
  channel.postMessage({ wanted: lessonId });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    channel.close();
  }
}
