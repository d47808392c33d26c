// A form with data-passkey asks the device for a passkey before it is sent: "create" makes a new
// one, "get" uses one. Options stand in data-options, or are fetched from the form's address.
// The form stays hidden where the browser knows no passkeys.
const bytes = (text) => {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

// The JSON of the WebAuthn standard has base64url where the browser wants bytes, and back.
function asked({ publicKey }) {
  const known = (list) => list?.map((each) => ({ ...each, id: bytes(each.id) }));
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
      ...(publicKey.excludeCredentials && { excludeCredentials: known(publicKey.excludeCredentials) }),
      ...(publicKey.allowCredentials && { allowCredentials: known(publicKey.allowCredentials) }),
    },
  };
}

function answered(credential) {
  const response = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } });
  return (await answer.json()).request_options;
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const failed = form.querySelector('[data-passkey-failed]');
      failed.hidden = true;
      try {
        const found = await navigator.credentials[form.dataset.passkey](asked(await options(form)));
        form.elements.credential.value = JSON.stringify(answered(found));
        form.submit(); // does not come here again
      } catch {
        failed.hidden = false;
      }
    });
  }
}
